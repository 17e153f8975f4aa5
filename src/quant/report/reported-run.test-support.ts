import { type EventBacktest, type EventRun, runEventEngine } from "../backtest/event-engine.ts";
import { randomBacktest } from "../backtest/random-backtest.test-support.ts";
import { HOUR_MS } from "../backtest/scripted-book.test-support.ts";
import type { ReportedRun } from "./reported-run.ts";

/** A run of a backtest, which nothing cancels, on hourly bars of a market that never closes. */
export function reportedOf(
  backtest: EventBacktest,
  changes: Partial<ReportedRun> = {},
): ReportedRun {
  const run = runEventEngine(backtest);
  if (run === null) throw new Error("nothing cancels it");
  return {
    run,
    bars: backtest.bars,
    initialCash: backtest.rules.initialCash,
    tradingStartBar: backtest.tradingStartBar,
    intervalMs: HOUR_MS,
    calendar: "continuous",
    periodsPerYear: 8_760,
    riskFreeRateAnnual: 0.02,
    ...changes,
  };
}

/** A restless run on random bars, see randomBacktest. */
export function randomRun(seed: number, bars = 60): ReportedRun {
  return reportedOf(randomBacktest(seed, bars));
}

/** A run of which the equity is told and nothing else has happened. */
export function runOfEquity(
  equity: readonly number[],
  changes: Partial<ReportedRun> = {},
): ReportedRun {
  const n = equity.length;
  const zeros = (): Float64Array => new Float64Array(n);
  const none = new Float64Array();
  const openTimeMs = Float64Array.from({ length: n }, (_, i) => i * HOUR_MS);
  const run: EventRun = {
    openTimeMs,
    equity: Float64Array.from(equity),
    cash: Float64Array.from(equity),
    grossExposure: zeros(),
    netExposure: zeros(),
    fills: {
      bar: none,
      slot: none,
      quantity: none,
      price: none,
      fee: none,
      slippageCost: none,
      isMaker: none,
    },
    cashEntries: {
      bar: new Int32Array(),
      slot: new Int32Array(),
      cause: new Uint8Array(),
      amount: none,
    },
    asks: { bar: none, slot: none, value: none },
    trades: [],
    refusals: [],
    costs: [],
    figures: [],
    isRuined: false,
    liquidations: 0,
  };
  return {
    run,
    bars: { openTimeMs, instruments: [] },
    initialCash: 100,
    tradingStartBar: 0,
    intervalMs: HOUR_MS,
    calendar: "continuous",
    periodsPerYear: 8_760,
    riskFreeRateAnnual: 0,
    ...changes,
  };
}
