import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawdownSeries } from "./drawdown-series.ts";
import { maximumDrawdown } from "./maximum-drawdown.ts";
import {
  PERFORMANCE_METRICS,
  type PerformanceInput,
  performanceSummary,
} from "./performance-summary.ts";
import { periodsPerYear } from "./periods-per-year.ts";

const trade = (netPnl: number) => ({ netPnl, barsHeld: 2, tradedNotional: 50 });
const base: PerformanceInput = {
  equity: Float64Array.of(101, 99, 103, 102),
  initialEquity: 100,
  trades: [trade(3), trade(-1)],
  periodsPerYear: 8,
};
const EQUITY = fc
  .array(fc.integer({ min: -20, max: 500 }), { maxLength: 60 })
  .map((values) => Float64Array.from(values));

describe("performanceSummary", () => {
  test("gives every figure when nothing is missing", () => {
    const summary = performanceSummary(base);
    expect(summary.undefinedReasons).toEqual({});
    expect(summary.metrics.totalReturn).toBeCloseTo(0.02, 12);
    expect(summary.metrics.annualisedReturn).toBeCloseTo(1.02 ** 2 - 1, 12);
    expect(summary.metrics.drawdownMax).toBeCloseTo(2 / 101, 12);
    expect(summary.metrics.expectancy).toBe(1);
    expect(summary.metrics.profitFactor).toBe(3);
    expect(summary.metrics.exposure).toBe(1);
    expect(summary.metrics.turnover).toBeCloseTo((100 / 101.25) * 2, 12);
  });

  const rows = [
    {
      name: "no trades",
      changes: { trades: [] },
      reasons: { winRate: "no-trades", profitFactor: "no-trades", expectancy: "no-trades" },
    },
    {
      name: "no losing trade",
      changes: { trades: [trade(1)] },
      reasons: { profitFactor: "no-losing-trades" },
    },
    {
      name: "equity that never moves",
      changes: { equity: Float64Array.of(100, 100, 100) },
      reasons: {
        sharpeRatio: "no-variance",
        sortinoRatio: "no-downside",
        calmarRatio: "no-drawdown",
        omegaRatio: "no-downside",
      },
    },
    {
      name: "a single rising bar",
      changes: { equity: Float64Array.of(101) },
      reasons: {
        annualisedVolatility: "too-few-bars",
        sharpeRatio: "too-few-bars",
        sortinoRatio: "no-downside",
        calmarRatio: "no-drawdown",
        omegaRatio: "no-downside",
      },
    },
    {
      name: "one bar of growth that no year can compound",
      changes: { equity: Float64Array.of(200), periodsPerYear: 8760 },
      reasons: {
        annualisedReturn: "too-few-bars",
        annualisedVolatility: "too-few-bars",
        sharpeRatio: "too-few-bars",
        sortinoRatio: "no-downside",
        calmarRatio: "too-few-bars",
        omegaRatio: "no-downside",
      },
    },
    {
      name: "ruin",
      changes: { equity: Float64Array.of(50, -10, -10) },
      reasons: {
        annualisedReturn: "ruin",
        annualisedVolatility: "ruin",
        sharpeRatio: "ruin",
        sortinoRatio: "ruin",
        calmarRatio: "ruin",
        omegaRatio: "ruin",
        valueAtRisk: "ruin",
        conditionalValueAtRisk: "ruin",
      },
    },
  ];
  test.each(rows)("names the reason: $name", ({ changes, reasons }) => {
    expect(performanceSummary({ ...base, ...changes }).undefinedReasons).toEqual(reasons);
  });

  test("a figure is a finite number, or null with a reason", () => {
    const trades = fc.array(fc.integer({ min: -5, max: 5 }).map(trade), { maxLength: 4 });
    fc.assert(
      fc.property(EQUITY, trades, (equity, someTrades) => {
        const summary = performanceSummary({ ...base, equity, trades: someTrades });
        for (const key of PERFORMANCE_METRICS) {
          const value = summary.metrics[key];
          if (value === null) expect(summary.undefinedReasons[key]).toBeDefined();
          else expect(Number.isFinite(value)).toBe(true);
          if (value !== null) expect(summary.undefinedReasons[key]).toBeUndefined();
        }
      }),
    );
  });
});

describe("drawdown", () => {
  test("its maximum is the maximum of its series, in [0, 1]", () => {
    fc.assert(
      fc.property(EQUITY, (equity) => {
        const drawdowns = drawdownSeries(equity, 100);
        const { drawdownMax, peakIndex, troughIndex } = maximumDrawdown(equity, 100);
        expect(drawdownMax).toBe(Math.max(0, ...drawdowns));
        expect(drawdownMax).toBeLessThanOrEqual(1);
        expect(peakIndex).toBeLessThanOrEqual(troughIndex);
      }),
    );
  });

  test("says when the peak was reached again", () => {
    const { recoveryIndex, underwaterBarsMax } = maximumDrawdown(
      Float64Array.of(110, 90, 95, 110, 108),
      100,
    );
    expect(recoveryIndex).toBe(3);
    expect(underwaterBarsMax).toBe(2);
  });
});

const HOUR_MS = 3_600_000;
test.each([
  { intervalMs: HOUR_MS, calendar: "continuous", is: 8760 },
  { intervalMs: 24 * HOUR_MS, calendar: "continuous", is: 365 },
  { intervalMs: 24 * HOUR_MS, calendar: "weekdays", is: 252 },
  { intervalMs: HOUR_MS, calendar: "weekdays", is: 1638 },
  { intervalMs: 168 * HOUR_MS, calendar: "weekdays", is: 365 / 7 },
] as const)("a $calendar year has $is bars of $intervalMs ms", ({ intervalMs, calendar, is }) => {
  expect(periodsPerYear(intervalMs, calendar)).toBeCloseTo(is, 10);
});

test("a session of shorter bars counts as many as it was seen to have", () => {
  expect(periodsPerYear(HOUR_MS, "weekdays", { barsPerSession: 7 })).toBe(1_764);
  expect(periodsPerYear(24 * HOUR_MS, "weekdays", { barsPerSession: 1 })).toBe(252);
  expect(periodsPerYear(HOUR_MS, "continuous", { barsPerSession: 7 })).toBe(8_760);
});
