import type { EventTrade } from "../backtest/event-trade.ts";
import { type PerformanceSummary, performanceSummary } from "../performance/performance-summary.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";

/** A span of a run. */
export type RunPeriod = {
  /** After each bar of the span. */
  readonly equity: Float64Array;
  readonly grossExposure: Float64Array;
  readonly equityBefore: number;
  readonly trades: readonly EventTrade[];
  readonly periodsPerYear: number;
  /** Fraction a year. */
  readonly riskFreeRateAnnual: number;
};

/**
 * Performance of a span in which several books may trade at a time.
 *
 * @param period equity, exposure and the trades that were made in it
 * @returns the summary of performanceSummary, but for `exposure`: the share of the bars after which anything
 *   was held
 *
 * Cost: O(n log n).
 */
export function periodPerformance(period: RunPeriod): PerformanceSummary {
  const { equity, grossExposure, equityBefore, trades, periodsPerYear, riskFreeRateAnnual } =
    period;
  const summary = performanceSummary({
    equity,
    initialEquity: equityBefore,
    trades: trades.map(({ netPnl, entryFillBar, exitFillBar, legs }) => ({
      netPnl,
      barsHeld: exitFillBar - entryFillBar,
      tradedNotional: legs.reduce((sum, leg) => sum + leg.tradedNotional, 0),
    })),
    periodsPerYear,
    riskFreeRatePerPeriod: riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear),
  });
  const held = grossExposure.reduce((bars, gross) => (gross > 0 ? bars + 1 : bars), 0);
  const { exposure: _, ...reasons } = summary.undefinedReasons;
  return equity.length === 0
    ? summary
    : {
        ...summary,
        metrics: { ...summary.metrics, exposure: held / equity.length },
        undefinedReasons: reasons,
      };
}
