import { expect, test } from "vitest";
import { expectWithin } from "#quant/golden/load-golden.test-support.ts";
import { trialColumns } from "#quant/optimisation/trial-columns.ts";
import { HOUR_MS, pairStrategy } from "./pair-strategy.test-support.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { sizingOf, strategyMarket } from "./strategy-market.ts";
import { tradeStrategy } from "./trade-strategy.ts";
import { createTrialRunner, type TrialRunner } from "./trial-runner.ts";

const NEAR = { rtol: 1e-9, atol: 1e-9 };
const HOURS = Float64Array.from({ length: 1_500 }, (_, hour) => hour * HOUR_MS);
const STRATEGY: StrategyInput = { ...pairStrategy(HOURS), calendar: "continuous" };

function runnerOf(strategy: StrategyInput): TrialRunner {
  const market = strategyMarket(strategy);
  const { bars, tradingFrom, periodsPerYear } = market;
  const sizing = sizingOf(strategy, bars.openTimeMs.subarray(0, tradingFrom));
  const { finer } = market;
  const own = { bars, places: market, sizing, finer, periodsPerYear };
  return createTrialRunner({ ...strategy, ...own });
}

/** Compares the equity after every bar, and the figures; the number of trades. */
function expectBacktest(runner: TrialRunner, strategy: StrategyInput): number {
  const { report, series } = tradeStrategy(
    { strategy, benchmark: null, earlierTrials: 0 },
    () => {},
  );
  const equity = runner.run(strategy.parameters);
  const columns = trialColumns({ parameters: [], capacity: 1, bars: equity.length });
  runner.write(columns, 0);
  expect(equity).toHaveLength(series["equity"]?.length ?? 0);
  equity.forEach((value, bar) => {
    expectWithin(`equity of bar ${bar}`, value, Number(series["equity"]?.[bar]), NEAR);
  });
  expect(columns.figures.trades[0]).toBe(report.trades.length);
  for (const name of ["sharpeRatio", "totalReturn"] as const) {
    const [own, reported] = [columns.figures[name][0], report.metrics[name].value];
    expectWithin(name, Number(own), Number(reported), NEAR);
  }
  return report.trades.length;
}

test("regression: a trial sized by volatility knew no bars before those its strategy warms up on", () => {
  const sizing = { ...STRATEGY.sizing, windowBars: 250 };
  const strategy = { ...STRATEGY, sizing };
  const runner = runnerOf(strategy);
  expect(runner.isFast).toBe(true);
  // One after the other on one runner, the first once more at the end: warm-ups differ.
  for (const zScoreWindowBars of [48, 20, 400, 48]) {
    const parameters = { ...strategy.parameters, zScoreWindowBars };
    expect(expectBacktest(runner, { ...strategy, parameters })).toBeGreaterThan(10);
  }
});

test.each([
  { name: "a fixed worth", changes: {}, isFast: true },
  { name: "a rolling hedge", changes: { hedgeMethod: "rolling" }, isFast: true },
  { name: "a Kalman hedge", changes: { hedgeMethod: "kalman" }, isFast: true },
  { name: "margin, by the event engine", changes: {}, isFast: false },
])("a trial is the backtest of its configuration: $name", ({ changes, isFast }) => {
  const strategy: StrategyInput = {
    ...STRATEGY,
    sizing: { kind: "notional", amount: { kind: "quote", value: 50_000 } },
    parameters: { ...STRATEGY.parameters, ...changes },
    rules: {
      ...STRATEGY.rules,
      margin: isFast ? null : { initialRate: 0.1, maintenanceRate: 0.05, liquidationFeeRate: 0 },
    },
  };
  const runner = runnerOf(strategy);
  expect(runner.isFast).toBe(isFast);
  expect(expectBacktest(runner, strategy)).toBeGreaterThan(10);
});

test("a strategy with stops inside bars is tried by the engine, and as it is backtested", () => {
  const strategy = { ...STRATEGY, protection: { stopLoss: 0.004, takeProfit: null } };
  const runner = runnerOf(strategy);
  expect(runner.isFast).toBe(false);
  expect(expectBacktest(runner, strategy)).toBeGreaterThan(10);
  const free = tradeStrategy({ strategy: STRATEGY, benchmark: null, earlierTrials: 0 }, () => {});
  const stopped = tradeStrategy({ strategy, benchmark: null, earlierTrials: 0 }, () => {});
  const reasons = stopped.report.trades.map(({ exitReason }) => exitReason);
  expect(reasons).toContain("protective-stop");
  expect(stopped.report.finalEquity).not.toBe(free.report.finalEquity);
});

test("regression: the time in the market of several pairs was their sum, and more than all of it", () => {
  // Both ways round they are held at the same time.
  const strategy: StrategyInput = {
    ...STRATEGY,
    books: [
      [0, 1],
      [1, 0],
    ],
    parameters: { ...STRATEGY.parameters, entryZScore: 0.3, exitZScore: 0, stopZScore: null },
  };
  const runner = runnerOf(strategy);
  const { report, series } = tradeStrategy(
    { strategy, benchmark: null, earlierTrials: 0 },
    () => {},
  );
  const bars = series["equity"]?.length ?? 0;
  const inTrades = report.trades.reduce((sum, { barsHeld }) => sum + barsHeld, 0);
  expect(inTrades).toBeGreaterThan(bars);
  runner.run(strategy.parameters);
  const columns = trialColumns({ parameters: [], capacity: 1, bars });
  runner.write(columns, 0);
  expect(columns.figures.exposure[0]).toBeLessThanOrEqual(1);
  expect(columns.figures.exposure[0]).toBeCloseTo(Number(report.metrics.exposure.value), 12);
});
