import { expect, test } from "vitest";
import type { BacktestComparison, MetricName } from "#contracts/backtest.ts";
import { bestPlaces, letterOf } from "./comparison-rows.ts";

type Metrics = BacktestComparison["backtests"][number]["metrics"];

const NONE = { value: null, reason: "no trade" };
const NO_METRICS: Metrics = {
  totalReturn: NONE,
  annualisedReturn: NONE,
  annualisedVolatility: NONE,
  sharpeRatio: NONE,
  sortinoRatio: NONE,
  calmarRatio: NONE,
  omegaRatio: NONE,
  drawdownMax: NONE,
  drawdownDurationBars: NONE,
  valueAtRisk95: NONE,
  conditionalValueAtRisk95: NONE,
  winRate: NONE,
  profitFactor: NONE,
  expectancy: NONE,
  averageHoldingBars: NONE,
  turnover: NONE,
  exposure: NONE,
  tradeCount: NONE,
};

function backtests(name: MetricName, values: (number | null)[]) {
  return values.map((value) => ({ metrics: { ...NO_METRICS, [name]: { value, reason: null } } }));
}

function best(name: MetricName, values: (number | null)[]): number[] {
  return [...bestPlaces(backtests(name, values), name)];
}

test("more is better for returns and ratios, less for risk", () => {
  expect(best("sharpeRatio", [1, 3, 2])).toEqual([1]);
  expect(best("drawdownMax", [0.3, 0.1, 0.2])).toEqual([1]);
});

test("nothing is marked where nothing is better", () => {
  expect(best("tradeCount", [10, 20])).toEqual([]);
  expect(best("sharpeRatio", [2, 2])).toEqual([]);
  expect(best("sharpeRatio", [2, null])).toEqual([]);
});

test("a tie at the top marks all that share it, and what has no value is passed over", () => {
  expect(best("sharpeRatio", [2, null, 1, 2])).toEqual([0, 3]);
});

test("the compared are called A to F", () => {
  expect([0, 5].map(letterOf)).toEqual(["A", "F"]);
});
