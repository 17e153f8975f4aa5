import { expect, test } from "vitest";
import { naiveTestCost } from "#quant/pairs/naive-test-cost.ts";
import { NAIVE_COST_RUN, NAIVE_COST_SHARES } from "./naive-cost-figures.ts";

const PAIRS = 800;

test("other walks give the shares that the page shows, within four standard errors", () => {
  const found = naiveTestCost({ ...NAIVE_COST_RUN, pairs: PAIRS, seed: 7 });
  for (const [name, share] of Object.entries(NAIVE_COST_SHARES)) {
    const tolerance = 4 * Math.sqrt((share * (1 - share)) / PAIRS);
    expect(Math.abs(Reflect.get(found, name) - share), name).toBeLessThan(tolerance);
  }
});
