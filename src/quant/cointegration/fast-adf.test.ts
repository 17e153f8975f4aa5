import fc from "fast-check";
import { expect, test } from "vitest";
import { expectWithin, seededUniform } from "../golden/load-golden.test-support.ts";
import { augmentedDickeyFuller } from "./adf.ts";
import { fastAugmentedDickeyFuller } from "./fast-adf.ts";
import type { LagOption } from "./lag-selection.ts";

/** AR(1) noise about a level; a root of one makes a walk from there. */
function autoregression(n: number, options: { root: number; level: number; seed: number }) {
  const random = seededUniform(options.seed);
  let deviation = 0;
  return Float64Array.from({ length: n }, () => {
    deviation = options.root * deviation + random() - 0.5;
    return options.level + deviation;
  });
}

const lagOption: fc.Arbitrary<LagOption> = fc.oneof(
  fc.constantFrom<LagOption>({ kind: "aic" }, { kind: "bic" }, { kind: "t-stat" }),
  fc.record({ kind: fc.constant("fixed" as const), lags: fc.integer({ min: 0, max: 10 }) }),
);

test("gives the answer of augmentedDickeyFuller, wherever the series lies", () => {
  const inputs = fc.record({
    n: fc.integer({ min: 40, max: 600 }),
    root: fc.double({ min: -0.95, max: 1, noNaN: true }),
    level: fc.constantFrom(0, -3, 1e4),
    seed: fc.integer(),
    lags: lagOption,
  });
  fc.assert(
    fc.property(inputs, ({ n, lags, ...options }) => {
      const series = autoregression(n, options);
      const fast = fastAugmentedDickeyFuller(series, lags);
      const slow = augmentedDickeyFuller(series, { lags });
      expect(fast.lags).toBe(slow.lags);
      expect(fast.observations).toBe(slow.observations);
      for (const field of ["statistic", "coefficient", "standardError", "pValue"] as const) {
        expectWithin(field, fast[field], slow[field], { rtol: 1e-8, atol: 1e-9 });
      }
    }),
    { numRuns: 300 },
  );
});

test("falls back where moments would lose the digits, and refuses a constant", () => {
  const random = seededUniform(7);
  const wave = Float64Array.from(
    { length: 500 },
    (_, i) => Math.sin(i / 40) + 1e-7 * (random() - 0.5),
  );
  const lags = { kind: "fixed", lags: 6 } as const;
  expect(fastAugmentedDickeyFuller(wave, lags)).toEqual(augmentedDickeyFuller(wave, { lags }));
  expect(() => fastAugmentedDickeyFuller(new Float64Array(100).fill(0.1))).toThrow(/constant/);
});
