import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { maximumDrawdown } from "./maximum-drawdown.ts";
import { pairedDifference } from "./paired-difference.ts";
import { performanceIntervals } from "./performance-intervals.ts";
import { barsPerStep, STEPS_MAX, stepReturns } from "./resampled-steps.ts";
import { riskFreeRatePerPeriod } from "./risk-free-rate.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import { stationaryBootstrap } from "./stationary-bootstrap.ts";
import { totalReturn } from "./total-return.ts";

const YEAR = { periodsPerYear: 252, riskFreeRatePerPeriod: 1e-5 };

function noise(seed: number, n: number, drift = 0): Float64Array {
  const { gaussian } = createRandom(seed);
  return Float64Array.from({ length: n }, () => drift + 0.01 * gaussian());
}

/** Growth of one unit. */
function growthOf(returns: Float64Array): Float64Array {
  let growth = 1;
  return returns.map((value) => {
    growth *= 1 + value;
    return growth;
  });
}

describe("performanceIntervals", () => {
  test("are those of the stationary bootstrap of each figure", () => {
    const returns = noise(1, 400, 0.0005);
    const options = { seed: 5, replications: 300, confidence: 0.9 };
    const made = performanceIntervals(returns, YEAR, options);
    if (made.kind !== "intervals") throw new Error("it varies");
    const figures = {
      totalReturn,
      sharpeRatio: (drawn: Float64Array) => sharpeRatio(drawn, YEAR),
      drawdownMax: (drawn: Float64Array) => maximumDrawdown(growthOf(drawn), 1).drawdownMax,
    };
    for (const name of ["totalReturn", "sharpeRatio", "drawdownMax"] as const) {
      const expected = stationaryBootstrap(returns, figures[name], options);
      for (const end of ["lower", "median", "upper"] as const) {
        expect(made[name]?.[end]).toBeCloseTo(Number(expected?.[end]), 9);
      }
      expect(made.meanBlockBars).toBe(expected?.meanBlockBars);
    }
    expect(made.lossShare).toBeGreaterThan(0);
    expect(performanceIntervals(returns, YEAR, options)).toEqual(made);
  });

  test("a record too long to draw from is compounded into fewer steps, and says so", () => {
    const returns = noise(2, 2 * STEPS_MAX + 1);
    const made = performanceIntervals(returns, YEAR, { seed: 1, replications: 100 });
    if (made.kind !== "intervals") throw new Error("it varies");
    expect(made.barsPerStep).toBe(3);
    const all = sharpeRatio(returns, YEAR) ?? 0;
    expect(Number(made.sharpeRatio?.lower)).toBeLessThan(all);
    expect(Number(made.sharpeRatio?.upper)).toBeGreaterThan(all);
  });

  test.each([
    { name: "nineteen bars", returns: noise(1, 19), reason: "too-few-bars" },
    { name: "returns that are all 0", returns: new Float64Array(50), reason: "no-variance" },
  ])("refuses $name", ({ returns, reason }) => {
    expect(performanceIntervals(returns, YEAR, { seed: 1 })).toEqual({ kind: "refused", reason });
  });

  test.each([{ replications: 99 }, { replications: 10_001 }, { confidence: 1 }])(
    "refuses %o",
    (options) => {
      expect(() => performanceIntervals(noise(1, 50), YEAR, { seed: 1, ...options })).toThrow(
        expect.objectContaining({ code: "out-of-range" }),
      );
    },
  );
});

test("steps compound to the same total", () => {
  const returns = noise(3, 1_000, 0.001);
  for (const bars of [1, 3, 7, 999, 1_000]) {
    expect(totalReturn(stepReturns(returns, bars))).toBeCloseTo(totalReturn(returns), 12);
  }
  expect([STEPS_MAX, STEPS_MAX + 1].map(barsPerStep)).toEqual([1, 2]);
});

describe("pairedDifference", () => {
  test("what moves both is in neither interval", () => {
    const market = noise(4, 1_000);
    const own = noise(5, 1_000);
    const a = market.map((value, i) => value + 0.05 * own[i]! + 0.0003);
    const made = pairedDifference(a, market, YEAR, { seed: 3, replications: 300 });
    if (made.kind !== "difference") throw new Error("they differ");
    // The market's own deviation of a year would make it ± 0.16 · 1.96 / √(1000 / 252).
    const width = Number(made.returnAnnual?.upper) - Number(made.returnAnnual?.lower);
    expect(width).toBeLessThan(0.03);
    expect(made.returnAnnual?.difference).toBeCloseTo(0.0756, 1);
    expect(made.returnAnnual?.aheadShare).toBe(1);
    expect(made.sharpeRatio?.aheadShare).toBeGreaterThan(0.95);
  });

  test("two that are alike are ahead half of the time", () => {
    const made = pairedDifference(noise(6, 2_000), noise(7, 2_000), YEAR, { seed: 3 });
    if (made.kind !== "difference") throw new Error("they differ");
    expect(Number(made.returnAnnual?.lower)).toBeLessThan(0);
    expect(Number(made.returnAnnual?.upper)).toBeGreaterThan(0);
  });

  test("a run that never traded has no Sharpe ratio to compare", () => {
    const made = pairedDifference(noise(6, 100), new Float64Array(100), YEAR, { seed: 3 });
    expect(made).toMatchObject({ kind: "difference", sharpeRatio: null });
  });

  test("refuses series of different lengths", () => {
    expect(() => pairedDifference(noise(1, 50), noise(1, 51), YEAR, { seed: 1 })).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
  });
});

test("the rate of a bar compounds to that of a year", () => {
  expect((1 + riskFreeRatePerPeriod(0.05, 252)) ** 252).toBeCloseTo(1.05, 12);
  expect(riskFreeRatePerPeriod(0, 8_760)).toBe(0);
  expect(() => riskFreeRatePerPeriod(-1, 252)).toThrow();
});
