import { annualisedReturn } from "./annualised-return.ts";
import { annualisedVolatility } from "./annualised-volatility.ts";
import { calmarRatio } from "./calmar-ratio.ts";
import { conditionalValueAtRisk } from "./conditional-value-at-risk.ts";
import { expectancy } from "./expectancy.ts";
import { exposure } from "./exposure.ts";
import { type MaximumDrawdown, maximumDrawdown } from "./maximum-drawdown.ts";
import { omegaRatio } from "./omega-ratio.ts";
import { profitFactor } from "./profit-factor.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import { simpleReturns } from "./simple-returns.ts";
import { sortinoRatio } from "./sortino-ratio.ts";
import type { TradeOutcome } from "./trade-outcome.ts";
import { type TradeStatistics, tradeStatistics } from "./trade-statistics.ts";
import { turnover } from "./turnover.ts";
import { valueAtRisk } from "./value-at-risk.ts";
import { winRate } from "./win-rate.ts";

/** Why a figure has no value. */
export type UndefinedReason =
  | "no-bars"
  | "too-few-bars"
  | "no-variance"
  | "no-downside"
  | "no-drawdown"
  | "no-trades"
  | "no-losing-trades"
  | "ruin";

/** The headline figures in the order of a report. */
export const PERFORMANCE_METRICS = [
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownMax",
  "valueAtRisk",
  "conditionalValueAtRisk",
  "winRate",
  "profitFactor",
  "expectancy",
  "turnover",
  "exposure",
] as const;

/** The name of a headline figure. */
export type PerformanceMetric = (typeof PERFORMANCE_METRICS)[number];

/**
 * Fractions and dimensionless ratios; expectancy is in quote currency a trade, turnover times a
 * year.
 */
export type PerformanceMetrics = { readonly [Metric in PerformanceMetric]: number | null };

/** Headline figures; `undefinedReasons` has an entry for each that is null, and for no other. */
export type PerformanceSummary = {
  readonly metrics: PerformanceMetrics;
  readonly undefinedReasons: Partial<Record<PerformanceMetric, UndefinedReason>>;
  readonly drawdown: MaximumDrawdown;
  readonly trades: TradeStatistics;
  readonly periodsPerYear: number;
  readonly bars: number;
};

/** What a summary is made of; the risk-free rate is a fraction a bar, 0 unless told. */
export type PerformanceInput = {
  readonly equity: Float64Array;
  readonly initialEquity: number;
  readonly trades: readonly TradeOutcome[];
  readonly periodsPerYear: number;
  readonly riskFreeRatePerPeriod?: number;
};

/**
 * Performance summary: every headline figure of a backtest, or the reason why it has none.
 *
 * Once equity has been zero or below, returns have no base: all figures of returns are null with
 * the reason "ruin", and the total return is that of the equity itself.
 *
 * @param input equity after each bar (initialEquity > 0 before the first), trades, bars of a year
 * @returns metrics with reasons, where the drawdown was, distribution of the trades
 *
 * Cost: O(n log n).
 */
export function performanceSummary(input: PerformanceInput): PerformanceSummary {
  const { equity, initialEquity, trades, periodsPerYear } = input;
  const drawdown = maximumDrawdown(equity, initialEquity);
  const netPnls = Float64Array.from(trades, (trade) => trade.netPnl);
  const hasBars = equity.length > 0;
  const metrics: PerformanceMetrics = {
    totalReturn: hasBars ? equity[equity.length - 1]! / initialEquity - 1 : null,
    ...returnMetrics(input, drawdown.drawdownMax),
    drawdownMax: hasBars ? drawdown.drawdownMax : null,
    winRate: winRate(netPnls),
    profitFactor: profitFactor(netPnls),
    expectancy: expectancy(netPnls),
    turnover: turnover(trades, equity, periodsPerYear),
    exposure: exposure(trades, equity.length),
  };
  return {
    metrics,
    undefinedReasons: undefinedReasons(metrics, input),
    drawdown,
    trades: tradeStatistics(netPnls),
    periodsPerYear,
    bars: equity.length,
  };
}

type ReturnMetric =
  | "annualisedReturn"
  | "annualisedVolatility"
  | "sharpeRatio"
  | "sortinoRatio"
  | "calmarRatio"
  | "omegaRatio"
  | "valueAtRisk"
  | "conditionalValueAtRisk";

const NO_RETURNS: Record<ReturnMetric, null> = {
  annualisedReturn: null,
  annualisedVolatility: null,
  sharpeRatio: null,
  sortinoRatio: null,
  calmarRatio: null,
  omegaRatio: null,
  valueAtRisk: null,
  conditionalValueAtRisk: null,
};

function returnMetrics(
  input: PerformanceInput,
  drawdownMax: number,
): Pick<PerformanceMetrics, ReturnMetric> {
  if (isRuined(input)) return NO_RETURNS;
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = input;
  const returns = simpleReturns(input.equity, input.initialEquity);
  const annualisation = { periodsPerYear, riskFreeRatePerPeriod };
  const growth = annualisedReturn(returns, periodsPerYear);
  return {
    annualisedReturn: growth,
    annualisedVolatility: annualisedVolatility(returns, periodsPerYear),
    sharpeRatio: sharpeRatio(returns, annualisation),
    sortinoRatio: sortinoRatio(returns, annualisation),
    calmarRatio: growth === null ? null : calmarRatio(growth, drawdownMax),
    omegaRatio: omegaRatio(returns, riskFreeRatePerPeriod),
    valueAtRisk: valueAtRisk(returns),
    conditionalValueAtRisk: conditionalValueAtRisk(returns),
  };
}

function isRuined(input: PerformanceInput): boolean {
  return input.equity.some((value) => value <= 0);
}

/** The reason that applies when a figure is null although there are bars, trades and equity. */
const REASON: Record<PerformanceMetric, UndefinedReason> = {
  totalReturn: "no-bars",
  annualisedReturn: "too-few-bars",
  annualisedVolatility: "too-few-bars",
  sharpeRatio: "no-variance",
  sortinoRatio: "no-downside",
  calmarRatio: "no-drawdown",
  omegaRatio: "no-downside",
  drawdownMax: "no-bars",
  valueAtRisk: "no-bars",
  conditionalValueAtRisk: "no-bars",
  winRate: "no-trades",
  profitFactor: "no-losing-trades",
  expectancy: "no-trades",
  turnover: "ruin",
  exposure: "no-bars",
};

const TRADE_METRICS: ReadonlySet<string> = new Set(["winRate", "profitFactor", "expectancy"]);

function undefinedReasons(
  metrics: PerformanceMetrics,
  input: PerformanceInput,
): PerformanceSummary["undefinedReasons"] {
  const reasons: Partial<Record<PerformanceMetric, UndefinedReason>> = {};
  for (const key of PERFORMANCE_METRICS) {
    if (metrics[key] === null) reasons[key] = reasonOf(key, metrics, input);
  }
  return reasons;
}

function reasonOf(
  key: PerformanceMetric,
  metrics: PerformanceMetrics,
  input: PerformanceInput,
): UndefinedReason {
  if (TRADE_METRICS.has(key)) return input.trades.length === 0 ? "no-trades" : REASON[key];
  if (input.equity.length === 0) return "no-bars";
  if (isRuined(input)) return "ruin";
  if (key === "sharpeRatio" && input.equity.length < 2) return "too-few-bars";
  if (key === "calmarRatio" && metrics.annualisedReturn === null) return "too-few-bars";
  return REASON[key];
}
