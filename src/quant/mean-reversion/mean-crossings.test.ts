import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { meanCrossings } from "./mean-crossings.ts";

describe("meanCrossings", () => {
  test.each(goldenCases("mean-reversion", "mean_crossings/"))(
    "agrees with the counts in numpy: $case",
    (golden) => {
      const x = goldenInput(golden, "x");
      expect(meanCrossings(x)).toBe(golden.expected["sign_changes"]);
      expect(meanCrossings(x, { compat: "thesis" })).toBe(golden.expected["thesis"]);
    },
  );

  test.each([
    { name: "passing over the mean", values: [-1, 0, 1], crossings: 1, thesis: 1 },
    { name: "touching the mean", values: [1, 0, 1, -2], crossings: 1, thesis: 2 },
    { name: "a constant", values: [3, 3, 3], crossings: 0, thesis: 2 },
  ])("counts $name", ({ values, crossings, thesis }) => {
    const series = Float64Array.from(values);
    expect(meanCrossings(series)).toBe(crossings);
    expect(meanCrossings(series, { compat: "thesis" })).toBe(thesis);
  });

  test("is the same read backwards", () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(values, (list) => {
        // Times the length the sum is a whole number: the mean is exact in both directions.
        const series = Float64Array.from(list, (value) => value * list.length);
        expect(meanCrossings(series.toReversed())).toBe(meanCrossings(series));
      }),
    );
  });
});
