import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, goldenSeries, randomWalk } from "../golden/load-golden.test-support.ts";
import { simpleOls } from "../stats/ols.ts";
import { createRandom } from "../synthetic/random.ts";
import { hedgeRatioBreak, supremumWaldPValue } from "./hedge-ratio-break.ts";

/** The same statistic from a regression of each part, bar by bar. */
function bruteForce(y: Float64Array, x: Float64Array, trim: number): number {
  const n = y.length;
  const squares = (from: number, to: number): number =>
    simpleOls(y.slice(from, to), x.slice(from, to)).residualSumOfSquares;
  const margin = Math.floor(n * trim);
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = margin; k <= n - margin; k++) {
    smallest = Math.min(smallest, squares(0, k) + squares(k, n));
  }
  return ((squares(0, n) - smallest) * (n - 4)) / smallest;
}

describe("hedgeRatioBreak", () => {
  test("agrees with a regression of each part", () => {
    const y = goldenSeries("break_500.y").map(Math.log);
    const x = goldenSeries("break_500.x").map(Math.log);
    const found = hedgeRatioBreak(y, x);
    expectWithin("statistic", found.statistic, bruteForce(y, x, 0.15), { rtol: 1e-8, atol: 0 });
    const first = found.breakIndex + 1;
    const tight = { rtol: 1e-9, atol: 0 };
    const before = simpleOls(y.slice(0, first), x.slice(0, first)).slope;
    const after = simpleOls(y.slice(first), x.slice(first)).slope;
    expectWithin("before", found.hedgeRatioBefore, before, tight);
    expectWithin("after", found.hedgeRatioAfter, after, tight);
  });

  test("is no smaller than that of any one bar, and moves with the units of the legs", () => {
    const inputs = fc.record({
      n: fc.integer({ min: 30, max: 120 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      scaleY: fc.double({ min: 0.01, max: 100, noNaN: true }),
      scaleX: fc.double({ min: 0.01, max: 100, noNaN: true }),
      level: fc.double({ min: -100, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(inputs, ({ n, seed, scaleY, scaleX, level }) => {
        const y = randomWalk(n, seed);
        const x = randomWalk(n, seed + 1);
        const found = hedgeRatioBreak(y, x);
        const tolerance = { rtol: 1e-6, atol: 1e-9 };
        expectWithin("brute force", found.statistic, bruteForce(y, x, 0.15), tolerance);
        const moved = hedgeRatioBreak(
          y.map((value) => level + scaleY * value),
          x.map((value) => scaleX * value - level),
        );
        expect(moved.breakIndex).toBe(found.breakIndex);
        expectWithin("statistic", moved.statistic, found.statistic, tolerance);
        const unit = scaleY / scaleX;
        expectWithin("before", moved.hedgeRatioBefore, unit * found.hedgeRatioBefore, {
          rtol: 1e-6,
          atol: 1e-9 * unit,
        });
      }),
      { numRuns: 40 },
    );
  });

  test("finds where the hedge ratio changed", () => {
    const { gaussian } = createRandom(2);
    const x = randomWalk(400, 3);
    const y = x.map((value, i) => (i <= 149 ? 1.2 : 0.7) * value + gaussian());
    const found = hedgeRatioBreak(y, x);
    expect(Math.abs(found.breakIndex - 149)).toBeLessThanOrEqual(5);
    expect(found.pValue).toBeLessThan(1e-10);
    expectWithin("before", found.hedgeRatioBefore, 1.2, { rtol: 0.1, atol: 0 });
    expectWithin("after", found.hedgeRatioAfter, 0.7, { rtol: 0.1, atol: 0 });
  });

  test("rejects one in twenty of the lines that hold", () => {
    let rejections = 0;
    for (let seed = 1; seed <= 800; seed++) {
      const { gaussian } = createRandom(seed);
      const x = Float64Array.from({ length: 400 }, gaussian);
      const y = x.map((value) => value + gaussian());
      if (hedgeRatioBreak(y, x).pValue < 0.05) rejections++;
    }
    expectWithin("size", rejections / 800, 0.05, { rtol: 0, atol: 0.025 });
  });

  test("rejects nearly always when residuals depend on each other, as its docstring warns", () => {
    let rejections = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { gaussian } = createRandom(seed);
      let residual = 0;
      const x = randomWalk(250, seed);
      const y = x.map((value) => {
        residual = 0.9 * residual + gaussian();
        return value + residual;
      });
      if (hedgeRatioBreak(y, x).pValue < 0.05) rejections++;
    }
    expect(rejections).toBeGreaterThan(50);
  });

  // The corrected values of Andrews (2003), Econometrica 71, for a trim of 0.15.
  test.each([
    { coefficients: 1 as const, level: 0.1, critical: 7.12 },
    { coefficients: 1 as const, level: 0.05, critical: 8.68 },
    { coefficients: 1 as const, level: 0.01, critical: 12.16 },
    { coefficients: 2 as const, level: 0.1, critical: 10.0 },
    { coefficients: 2 as const, level: 0.05, critical: 11.72 },
    { coefficients: 2 as const, level: 0.01, critical: 15.56 },
  ])("has p = $level at $critical with $coefficients coefficients", (row) => {
    const pValue = supremumWaldPValue(row.critical, row.coefficients, 0.15);
    expectWithin("p", pValue, row.level, { rtol: 0, atol: 0.002 });
  });

  const line = Float64Array.from({ length: 40 }, (_, i) => i);
  const wave = line.map((i) => Math.sin(i * i));
  const flatStart = wave.map((value, i) => (i < 10 ? 0.1 : value));
  test.each([
    { name: "nine bars", y: wave.slice(0, 9), x: line.slice(0, 9), trim: 0.15, code: "too-short" },
    { name: "no trim", y: wave, x: line, trim: 0, code: "out-of-range" },
    {
      name: "a leg that stands still at first",
      y: wave,
      x: flatStart,
      trim: 0.15,
      code: "constant",
    },
    {
      name: "a perfect line",
      y: line.map((i) => 2 * i + 0.1),
      x: line,
      trim: 0.15,
      code: "collinear",
    },
    { name: "unequal lengths", y: wave, x: line.slice(1), trim: 0.15, code: "length-mismatch" },
  ])("refuses $name", ({ y, x, trim, code }) => {
    expect(() => hedgeRatioBreak(y, x, { trim })).toThrow(expect.objectContaining({ code }));
  });
});
