import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { annualisedVolatility } from "./annualised-volatility.ts";
import { rollingSharpeRatio, rollingVolatility } from "./rolling-sharpe-ratio.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";

const YEAR = { periodsPerYear: 8_760, riskFreeRatePerPeriod: 1e-6 };

/** Returns of a strategy that is out of the market at times, and now and then has a shock. */
function returnsOf(seed: number, n: number): Float64Array {
  const { uniform, gaussian } = createRandom(seed);
  let isHeld = false;
  return Float64Array.from({ length: n }, () => {
    if (uniform() < 0.05) isHeld = !isHeld;
    const shock = uniform() < 0.01 ? 50 : 1;
    return isHeld ? 0.001 * shock * gaussian() : 0;
  });
}

describe("rolling figures", () => {
  test("are those of every window by itself", () => {
    const cases = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      n: fc.integer({ min: 0, max: 300 }),
      windowBars: fc.integer({ min: 2, max: 90 }),
    });
    fc.assert(
      fc.property(cases, ({ seed, n, windowBars }) => {
        const returns = returnsOf(seed, n);
        const sharpe = rollingSharpeRatio(returns, windowBars, YEAR);
        const volatility = rollingVolatility(returns, windowBars, YEAR.periodsPerYear);
        for (let end = 1; end <= n; end++) {
          const window = returns.subarray(Math.max(0, end - windowBars), end);
          const isFull = window.length === windowBars;
          const expected = isFull ? (sharpeRatio(window, YEAR) ?? Number.NaN) : Number.NaN;
          const scale = Math.max(1, Math.abs(expected));
          if (Number.isNaN(expected)) expect(sharpe[end - 1]).toBeNaN();
          else expect(Math.abs(sharpe[end - 1]! - expected)).toBeLessThan(1e-9 * scale);
          if (!isFull) expect(volatility[end - 1]).toBeNaN();
          else {
            const full = Number(annualisedVolatility(window, YEAR.periodsPerYear));
            expect(Math.abs(volatility[end - 1]! - full)).toBeLessThan(1e-9 * Math.max(1, full));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("a window longer than the record has no value, one bar is no window", () => {
    expect(rollingSharpeRatio(Float64Array.of(1, 2), 1e9, YEAR).every(Number.isNaN)).toBe(true);
    expect(() => rollingVolatility(Float64Array.of(1, 2), 1, 252)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
