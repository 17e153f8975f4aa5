import type { EventRun } from "../backtest/event-engine.ts";
import type { MarketBars } from "../backtest/market-bars.ts";
import { simpleReturns } from "../performance/simple-returns.ts";
import type { MarketCalendar } from "../series/market-calendar.ts";

/** A finished run with what its figures need to know of how it was made. */
export type ReportedRun = {
  readonly run: EventRun;
  /** The bars that it ran on. */
  readonly bars: MarketBars;
  readonly initialCash: number;
  /** The first bar that was traded; figures begin with it. */
  readonly tradingStartBar: number;
  readonly intervalMs: number;
  readonly calendar: MarketCalendar;
  /** Bars of a year, see periodsPerYear. */
  readonly periodsPerYear: number;
  /** Fraction a year, see riskFreeRatePerPeriod; 0 is no rate. */
  readonly riskFreeRateAnnual: number;
};

/** An equity curve on its bars: one value a bar, after its close, `initialEquity` before the first. */
export type EquityCurve = {
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly initialEquity: number;
};

/**
 * Equity of a run from the first traded bar on: what warms up before is no part of the record.
 *
 * @param reported the run
 * @returns views of the same memory
 */
export function tradedEquity(reported: ReportedRun): EquityCurve {
  const { run, initialCash, tradingStartBar } = reported;
  return {
    openTimeMs: run.openTimeMs.subarray(tradingStartBar),
    equity: run.equity.subarray(tradingStartBar),
    initialEquity: initialCash,
  };
}

/**
 * Returns of an equity curve.
 *
 * @param curve equity on its bars
 * @returns simple returns, one a bar; null once equity has been zero or below, when they have no base
 *
 * Cost: O(n).
 */
export function curveReturns(curve: EquityCurve): Float64Array | null {
  if (curve.equity.some((value) => value <= 0)) return null;
  return simpleReturns(curve.equity, curve.initialEquity);
}
