import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { mean } from "../stats/mean.ts";
import { createRandom } from "../synthetic/random.ts";
import { bootstrapBlockLength } from "./bootstrap-block-length.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import { stationaryBootstrap } from "./stationary-bootstrap.ts";

function autoregression(n: number, rho: number, seed: number): Float64Array {
  const { gaussian } = createRandom(seed);
  const series = new Float64Array(n);
  for (let i = 1; i < n; i++) series[i] = rho * series[i - 1]! + gaussian();
  return series;
}

describe("bootstrapBlockLength", () => {
  test.each([0.3, 0.6, -0.5])("of an autoregression of %f is near its law", (rho) => {
    // (2ρ / (1 − ρ²))^(2/3) n^(1/3), the formula with the true autocovariances.
    const expected = Math.cbrt(((2 * rho) / (1 - rho * rho)) ** 2 * 20_000);
    expectWithin("bars", bootstrapBlockLength(autoregression(20_000, rho, 1)), expected, {
      rtol: 0.25,
      atol: 0,
    });
  });

  test("grows with the memory of the series and stays within its bounds", () => {
    const lengths = [0, 0.5, 0.9, 0.999].map((rho) =>
      bootstrapBlockLength(autoregression(1000, rho, 3)),
    );
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths[0]!).toBeGreaterThanOrEqual(1);
    expect(lengths[3]!).toBeLessThanOrEqual(Math.ceil(3 * Math.sqrt(1000)));
  });

  test.each([
    { name: "a constant", values: new Float64Array(50).fill(0.1), code: "constant" },
    { name: "nineteen bars", values: autoregression(19, 0, 1), code: "too-short" },
  ])("refuses $name", ({ values, code }) => {
    expect(() => bootstrapBlockLength(values)).toThrow(expect.objectContaining({ code }));
  });
});

describe("stationaryBootstrap", () => {
  test("of a mean is as wide as the normal law says", () => {
    const returns = autoregression(2000, 0, 5);
    const interval = stationaryBootstrap(returns, mean, { seed: 1, meanBlockBars: 1 });
    const halfWidth = 1.96 / Math.sqrt(2000);
    expectWithin("lower", interval?.lower ?? Number.NaN, mean(returns) - halfWidth, {
      rtol: 0,
      atol: 0.006,
    });
    expectWithin("upper", interval?.upper ?? Number.NaN, mean(returns) + halfWidth, {
      rtol: 0,
      atol: 0.006,
    });
  });

  test("draws series of the same length out of the returns, in runs that follow each other", () => {
    const inputs = fc.record({
      n: fc.integer({ min: 20, max: 120 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      meanBlockBars: fc.integer({ min: 2, max: 15 }),
    });
    fc.assert(
      fc.property(inputs, ({ n, seed, meanBlockBars }) => {
        const bars = Float64Array.from({ length: n }, (_, i) => i);
        const joins: number[] = [];
        const interval = stationaryBootstrap(
          bars,
          (drawn) => {
            expect(drawn).toHaveLength(n);
            let breaks = 0;
            drawn.forEach((value, i) => {
              expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
              // The bar after the last one is the first.
              if (i > 0 && value !== (drawn[i - 1]! + 1) % n) breaks++;
            });
            joins.push(breaks);
            return mean(drawn);
          },
          { seed, meanBlockBars, replications: 40 },
        );
        const { lower, median, upper } = interval ?? { lower: 1, median: 0, upper: 0 };
        expect(lower).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(upper);
        // A run ends at each bar with the probability 1 / its mean length.
        const expected = (n - 1) / meanBlockBars;
        const average = joins.reduce((sum, count) => sum + count, 0) / joins.length;
        expect(Math.abs(average - expected)).toBeLessThan(5 * Math.sqrt(expected / 40) + 0.5);
      }),
      { numRuns: 30 },
    );
  });

  test("is wider for returns that depend on each other, when the blocks are long enough", () => {
    const returns = autoregression(2000, 0.7, 6);
    const width = (meanBlockBars: number): number => {
      const interval = stationaryBootstrap(returns, mean, { seed: 2, meanBlockBars });
      return (interval?.upper ?? Number.NaN) - (interval?.lower ?? Number.NaN);
    };
    expect(width(40)).toBeGreaterThan(1.7 * width(1));
  });

  test("is the same for the same seed and another for another", () => {
    const returns = autoregression(200, 0.2, 7);
    const sharpe = (series: Float64Array) => sharpeRatio(series, { periodsPerYear: 365 });
    const draw = (seed: number) =>
      stationaryBootstrap(returns, sharpe, { seed, replications: 200 });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  test("leaves out series in which the statistic has no value, and has none without half", () => {
    const returns = autoregression(50, 0, 8);
    let calls = 0;
    const everyThird = () => (calls++ % 3 === 0 ? 1 : null);
    expect(stationaryBootstrap(returns, everyThird, { seed: 1 })).toBeNull();
  });

  test.each([
    { name: "no replication", options: { replications: 0 } },
    { name: "certainty", options: { confidence: 1 } },
    { name: "blocks below a bar", options: { meanBlockBars: 0.5 } },
  ])("refuses $name", ({ options }) => {
    expect(() =>
      stationaryBootstrap(autoregression(50, 0, 1), mean, { seed: 1, ...options }),
    ).toThrow(expect.objectContaining({ code: "out-of-range" }));
  });
});
