import { expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { halfLifeFromZero } from "./half-life-from-zero.ts";

const cases = goldenCases("mean-reversion", "half_life/");

test.each(cases)("takes the bar before the first for zero: $case", (golden) => {
  const { linearBars } = halfLifeFromZero(goldenInput(golden, "x"));
  // The earlier software gave a negative half-life to a series that moves away; that is none.
  if (Number(golden.expected["half_life_thesis"]) < 0) expect(linearBars).toBeNull();
  else expectGolden(golden, "half_life_thesis", linearBars ?? Number.NaN);
});
