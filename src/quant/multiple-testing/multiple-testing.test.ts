import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { rejectionCount } from "../stats/benjamini-hochberg.ts";
import { adjustedPValues, type PValueAdjustment } from "./adjusted-p-values.ts";

const methods: readonly { readonly method: PValueAdjustment; readonly golden: string }[] = [
  { method: "bonferroni", golden: "multitest/bonferroni" },
  { method: "holm", golden: "multitest/holm" },
  { method: "benjamini-hochberg", golden: "multitest/fdr_bh" },
  { method: "benjamini-yekutieli", golden: "multitest/fdr_by" },
];
const cases = methods.flatMap(({ method, golden }) =>
  goldenCases("clustering", golden).map((one) => ({ ...one, method })),
);
const pValueLists = fc.float64Array({ min: 0, max: 1, noNaN: true, maxLength: 40 });

describe("adjustedPValues", () => {
  test.each(cases)("agrees with statsmodels: $case", (golden) => {
    const adjusted = adjustedPValues(goldenInput(golden, "p"), golden.method);
    const expected = golden.expected["p_adjusted"] as readonly number[];
    expected.forEach((value, i) => {
      expectWithin(`test ${i}`, adjusted[i]!, value, golden.tolerance);
    });
    const level = Number(golden.params?.["alpha"]);
    expect(rejectionCount(adjusted, level)).toBe(golden.expected["n_reject"]);
  });

  test.each(methods)("keeps the order and only raises: $method", ({ method }) => {
    fc.assert(
      fc.property(pValueLists, (pValues) => {
        const adjusted = adjustedPValues(pValues, method);
        const order = [...pValues.keys()].sort((i, j) => pValues[i]! - pValues[j]!);
        order.forEach((index, rank) => {
          expect(adjusted[index]!).toBeGreaterThanOrEqual(pValues[index]! * (1 - 1e-15));
          expect(adjusted[index]!).toBeLessThanOrEqual(1);
          if (rank > 0)
            expect(adjusted[index]!).toBeGreaterThanOrEqual(adjusted[order[rank - 1]!]!);
        });
      }),
    );
  });

  test("Hochberg rejects most, then Holm, then Bonferroni; Yekutieli less than Hochberg", () => {
    fc.assert(
      fc.property(pValueLists, (pValues) => {
        const [one, holm, hochberg, yekutieli] = methods.map(({ method }) =>
          adjustedPValues(pValues, method),
        );
        pValues.forEach((_, i) => {
          expect(holm![i]!).toBeLessThanOrEqual(one![i]!);
          expect(hochberg![i]!).toBeLessThanOrEqual(holm![i]! * (1 + 1e-15));
          expect(hochberg![i]!).toBeLessThanOrEqual(yekutieli![i]!);
        });
      }),
    );
  });

  test.each(methods)("leaves a single test as it is: $method", ({ method }) => {
    expect(adjustedPValues(Float64Array.of(0.03), method)).toEqual(Float64Array.of(0.03));
  });

  test.each(methods)("refuses what is no probability: $method", ({ method }) => {
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => adjustedPValues(Float64Array.of(0.5, p), method)).toThrow(
        expect.objectContaining({ code: "out-of-range" }),
      );
    }
  });
});
