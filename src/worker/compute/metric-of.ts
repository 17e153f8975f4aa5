import type { Metric, MetricName } from "#contracts/backtest.ts";
import type { PerformanceSummary } from "#quant/performance/performance-summary.ts";
import type { ReturnsReason } from "#quant/performance/returns-summary.ts";
import type { EventRunReason, EventRunSummary } from "#quant/report/event-run-summary.ts";

const REASON_WORDS: Record<EventRunReason | ReturnsReason, string> = {
  "no-bars": "there are no bars",
  "too-few-bars": "there are too few bars",
  "no-variance": "the returns do not vary",
  "no-downside": "there are no losing bars",
  "no-drawdown": "there is no drawdown",
  "no-trades": "there are no trades",
  "no-losing-trades": "no trade lost",
  "no-excess-return": "the Sharpe ratio is not above 0",
  "zero-quantile": "the middle of the returns is 0",
  "no-prices": "it has no prices here",
  "no-benchmark": "there is no benchmark",
  "constant-benchmark": "the benchmark does not vary",
  "constant-run": "the run does not vary",
  "constant-difference": "the run is the benchmark",
  ruin: "equity fell to zero",
};

/** A figure as a report has it; JSON has no infinity, so one that overflows has no value. */
export function metricOf(
  value: number | null | undefined,
  reason: EventRunReason | ReturnsReason | null | undefined,
): Metric {
  if (value !== null && value !== undefined && Number.isFinite(value)) {
    return { value, reason: null };
  }
  if (reason !== null && reason !== undefined) return { value: null, reason: REASON_WORDS[reason] };
  return { value: null, reason: "it is too large for a number" };
}

/** The figures of a whole run. */
export function metricsOfRun(summary: EventRunSummary): Record<MetricName, Metric> {
  const { metrics, undefinedReasons } = summary;
  return metricsBy((name) => metricOf(metrics[name], undefinedReasons[name]), {
    drawdownDurationBars: metricOf(metrics.drawdownBarsMax, undefinedReasons.drawdownBarsMax),
    averageHoldingBars: metricOf(metrics.averageHoldingBars, undefinedReasons.averageHoldingBars),
    tradeCount: { value: summary.trades.trades, reason: null },
  });
}

/** The figures of a part of a run. @param holdings bars that each of its trades was held */
export function metricsOfPeriod(
  summary: PerformanceSummary,
  holdings: readonly number[] | null,
): Record<MetricName, Metric> {
  const { metrics, undefinedReasons, drawdown, trades } = summary;
  const holding =
    holdings === null || holdings.length === 0
      ? { value: null, reason: holdings === null ? "it is not kept" : REASON_WORDS["no-trades"] }
      : { value: holdings.reduce((sum, bars) => sum + bars, 0) / holdings.length, reason: null };
  return metricsBy((name) => metricOf(metrics[name], undefinedReasons[name]), {
    drawdownDurationBars: { value: drawdown.underwaterBarsMax, reason: null },
    averageHoldingBars: holding,
    tradeCount: { value: trades.trades, reason: null },
  });
}

/** Figures of a period in which nothing could be traded. */
export function metricsOfNothing(reason: string): Record<MetricName, Metric> {
  const none: Metric = { value: null, reason };
  return metricsBy(() => none, {
    drawdownDurationBars: none,
    averageHoldingBars: none,
    tradeCount: { value: 0, reason: null },
  });
}

type OwnMetric = "drawdownDurationBars" | "averageHoldingBars" | "tradeCount";

function metricsBy(
  metric: (name: keyof PerformanceSummary["metrics"]) => Metric,
  own: Record<OwnMetric, Metric>,
): Record<MetricName, Metric> {
  return {
    totalReturn: metric("totalReturn"),
    annualisedReturn: metric("annualisedReturn"),
    annualisedVolatility: metric("annualisedVolatility"),
    sharpeRatio: metric("sharpeRatio"),
    sortinoRatio: metric("sortinoRatio"),
    calmarRatio: metric("calmarRatio"),
    omegaRatio: metric("omegaRatio"),
    drawdownMax: metric("drawdownMax"),
    valueAtRisk95: metric("valueAtRisk"),
    conditionalValueAtRisk95: metric("conditionalValueAtRisk"),
    winRate: metric("winRate"),
    profitFactor: metric("profitFactor"),
    expectancy: metric("expectancy"),
    turnover: metric("turnover"),
    exposure: metric("exposure"),
    ...own,
  };
}
