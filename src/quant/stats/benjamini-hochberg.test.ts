import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { benjaminiHochberg, rejectionCount } from "./benjamini-hochberg.ts";

describe("benjaminiHochberg", () => {
  test.each(goldenCases("clustering", "multitest/fdr_bh"))(
    "agrees with statsmodels: $case",
    (golden) => {
      const qValues = benjaminiHochberg(goldenInput(golden, "p"));
      const expected = golden.expected["p_adjusted"] as readonly number[];
      expected.forEach((value, i) => {
        expectWithin(`test ${i}`, qValues[i]!, value, golden.tolerance);
      });
      const level = Number(golden.params?.["alpha"]);
      expect(rejectionCount(qValues, level)).toBe(golden.expected["n_reject"]);
    },
  );

  test("keeps the order of the p-values and never falls below them", () => {
    const pValues = fc.float64Array({ min: 0, max: 1, noNaN: true, maxLength: 60 });
    fc.assert(
      fc.property(pValues, (p) => {
        const q = benjaminiHochberg(p);
        for (let i = 0; i < p.length; i++) {
          expect(q[i]!).toBeGreaterThanOrEqual(p[i]! * (1 - 1e-15));
          expect(q[i]!).toBeLessThanOrEqual(1);
          for (let j = 0; j < p.length; j++) {
            if (p[i]! <= p[j]!) expect(q[i]!).toBeLessThanOrEqual(q[j]!);
          }
        }
      }),
    );
  });

  test.each([-0.1, 1.1, Number.NaN])("refuses the p-value %f", (p) => {
    expect(() => benjaminiHochberg(Float64Array.of(0.5, p))).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
