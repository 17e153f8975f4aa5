import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, seededUniform } from "../golden/load-golden.test-support.ts";
import { dickeyFullerRegression } from "./adf.ts";
import type { LagOption } from "./lag-selection.ts";
import { residualDickeyFuller } from "./residual-dickey-fuller.ts";

/** AR(2) noise about zero with the given roots; a root of one makes a walk. */
function autoregression(n: number, roots: readonly [number, number], seed: number): Float64Array {
  const random = seededUniform(seed);
  const [first, second] = roots;
  const series = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const before = series[i - 1] ?? 0;
    const twoBefore = series[i - 2] ?? 0;
    series[i] = (first + second) * before - first * second * twoBefore + random() - 0.5;
  }
  return series;
}

const lagOption: fc.Arbitrary<LagOption> = fc.oneof(
  fc.constantFrom<LagOption>({ kind: "aic" }, { kind: "bic" }, { kind: "t-stat" }),
  fc.record({ kind: fc.constant("fixed" as const), lags: fc.integer({ min: 0, max: 10 }) }),
);

describe("residualDickeyFuller", () => {
  test("gives the answer of the slow regression", () => {
    const inputs = fc.record({
      n: fc.integer({ min: 30, max: 400 }),
      root: fc.double({ min: -0.95, max: 1, noNaN: true }),
      other: fc.double({ min: -0.9, max: 0.9, noNaN: true }),
      scale: fc.constantFrom(1e-8, 1, 1e6),
      seed: fc.integer(),
      lags: lagOption,
    });
    fc.assert(
      fc.property(inputs, ({ n, root, other, scale, seed, lags }) => {
        const series = autoregression(n, [root, other], seed).map((value) => scale * value);
        const fast = residualDickeyFuller(series, lags);
        const slow = dickeyFullerRegression(series, "n", lags);
        expect(fast.lags).toBe(slow.lags);
        expect(fast.observations).toBe(slow.observations);
        expectWithin("statistic", fast.statistic, slow.statistic, { rtol: 1e-9, atol: 1e-9 });
        expectWithin("coefficient", fast.coefficient, slow.coefficient, { rtol: 1e-9, atol: 1e-9 });
        expectWithin("error", fast.standardError, slow.standardError, { rtol: 1e-9, atol: 1e-9 });
      }),
      { numRuns: 300 },
    );
  });

  test("falls back where moments would lose the digits: a smooth wave with little noise", () => {
    const random = seededUniform(7);
    const wave = Float64Array.from(
      { length: 500 },
      (_, i) => Math.sin(i / 40) + 1e-7 * (random() - 0.5),
    );
    const lags = { kind: "fixed", lags: 6 } as const;
    expect(residualDickeyFuller(wave, lags)).toEqual(dickeyFullerRegression(wave, "n", lags));
  });
});
