import {
  PERFORMANCE_METRICS,
  type PerformanceSummary,
  performanceSummary,
  type UndefinedReason,
} from "../performance/performance-summary.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import { mean } from "../stats/mean.ts";
import type { Benchmark } from "./benchmark-equity.ts";
import {
  type BenchmarkReport,
  benchmarkReport,
  type ComparisonReason,
} from "./benchmark-report.ts";
import { marketExposure } from "./market-exposure.ts";
import { type ReportedRun, tradedEquity } from "./reported-run.ts";
import { type NoEvidenceReason, type SharpeEvidence, sharpeEvidence } from "./sharpe-evidence.ts";
import { type TradeCountVerdict, tradeCountVerdict } from "./trade-count-verdict.ts";

/** Figures of a run against its benchmark. */
const BENCHMARK_METRICS = [
  "alphaAnnualised",
  "beta",
  "informationRatio",
  "trackingError",
  "correlation",
] as const;

/** Every figure of a report in its order. */
export const EVENT_RUN_METRICS = [
  ...PERFORMANCE_METRICS,
  "drawdownBarsMax",
  "averageHoldingBars",
  "averageGrossLeverage",
  "probabilisticSharpeRatio",
  "minimumTrackRecordBars",
  ...BENCHMARK_METRICS,
] as const;

/** The name of a figure. */
export type EventRunMetric = (typeof EVENT_RUN_METRICS)[number];

/** Why a figure has no value. */
export type EventRunReason = UndefinedReason | NoEvidenceReason | ComparisonReason | "no-benchmark";

/**
 * All figures of a run; `undefinedReasons` has an entry for each that is null, and for no other.
 *
 * As in PerformanceMetrics, but `exposure` is the share of the bars that closed with a position, and
 * `turnover` counts every fill, of open positions too. `drawdownBarsMax` is the longest time under water,
 * `averageHoldingBars` counts from fill to fill, alpha is compounded to a year.
 */
export type EventRunSummary = {
  readonly metrics: Readonly<Record<EventRunMetric, number | null>>;
  readonly undefinedReasons: Readonly<Partial<Record<EventRunMetric, EventRunReason>>>;
  readonly drawdown: PerformanceSummary["drawdown"];
  readonly trades: PerformanceSummary["trades"];
  readonly verdict: TradeCountVerdict;
  readonly evidence: SharpeEvidence;
  readonly benchmark: BenchmarkReport | null;
  readonly periodsPerYear: number;
  readonly bars: number;
};

/**
 * Summary of an event run: every headline figure with the benchmark's, or the reason why it has none.
 *
 * Figures begin with the first traded bar. Trades are the finished round trips; what is open at the end is
 * in the equity, the exposure and the turnover, and not among them.
 *
 * @param reported the run
 * @param benchmark what it is held against; null leaves alpha, beta and the like out
 * @returns see EventRunSummary
 * @throws {InvalidInputError} as benchmarkEquity and riskFreeRatePerPeriod
 *
 * Cost: O(n log n + n · instruments).
 */
export function eventRunSummary(
  reported: ReportedRun,
  benchmark: Benchmark | null,
): EventRunSummary {
  const { periodsPerYear, riskFreeRateAnnual, run } = reported;
  const { equity, initialEquity } = tradedEquity(reported);
  const trades = run.trades.map(({ netPnl, entryFillBar, exitFillBar, legs }) => ({
    netPnl,
    barsHeld: exitFillBar - entryFillBar,
    tradedNotional: legs.reduce((sum, leg) => sum + leg.tradedNotional, 0),
  }));
  const summary = performanceSummary({
    equity,
    initialEquity,
    trades,
    periodsPerYear,
    riskFreeRatePerPeriod: riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear),
  });
  const exposure = marketExposure(reported);
  const evidence = sharpeEvidence(reported);
  const beside = benchmark === null ? null : benchmarkReport(reported, benchmark);
  const holdings = Float64Array.from(trades, ({ barsHeld }) => barsHeld);
  const metrics: EventRunSummary["metrics"] = {
    ...summary.metrics,
    exposure: exposure.shareInMarket,
    turnover: exposure.turnoverAnnual,
    drawdownBarsMax: equity.length === 0 ? null : summary.drawdown.underwaterBarsMax,
    averageHoldingBars: holdings.length === 0 ? null : mean(holdings),
    averageGrossLeverage: exposure.averageGrossLeverage,
    probabilisticSharpeRatio: evidence.probabilisticSharpeRatio,
    minimumTrackRecordBars: evidence.minimumTrackRecordBars,
    alphaAnnualised: beside?.comparison?.alphaAnnualised ?? null,
    beta: beside?.comparison?.beta ?? null,
    informationRatio: beside?.comparison?.informationRatio ?? null,
    trackingError: beside?.comparison?.trackingError ?? null,
    correlation: beside?.comparison?.correlation ?? null,
  };
  return {
    metrics,
    undefinedReasons: reasonsOf(metrics, { summary, evidence, beside }),
    drawdown: summary.drawdown,
    trades: summary.trades,
    verdict: tradeCountVerdict(Float64Array.from(trades, ({ netPnl }) => netPnl)),
    evidence,
    benchmark: beside,
    periodsPerYear,
    bars: equity.length,
  };
}

type Sources = {
  readonly summary: PerformanceSummary;
  readonly evidence: SharpeEvidence;
  readonly beside: BenchmarkReport | null;
};

function reasonsOf(
  metrics: EventRunSummary["metrics"],
  { summary, evidence, beside }: Sources,
): EventRunSummary["undefinedReasons"] {
  const besideReason = beside === null ? "no-benchmark" : beside.reason;
  const reasons: Partial<Record<EventRunMetric, EventRunReason>> = {
    ...summary.undefinedReasons,
    ...evidence.reasons,
    drawdownBarsMax: "no-bars",
    averageHoldingBars: "no-trades",
    averageGrossLeverage: metrics.exposure === null ? "no-bars" : "ruin",
    turnover: metrics.exposure === null ? "no-bars" : "ruin",
    exposure: "no-bars",
    ...beside?.reasons,
  };
  for (const metric of BENCHMARK_METRICS) reasons[metric] ??= besideReason ?? "ruin";
  const isNull = EVENT_RUN_METRICS.filter((metric) => metrics[metric] === null);
  return Object.fromEntries(isNull.map((metric) => [metric, reasons[metric]]));
}
