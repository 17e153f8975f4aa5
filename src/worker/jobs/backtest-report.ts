import type { BacktestReport, Metric, MetricName, TradeRow } from "#contracts/backtest.ts";
import type { Calendar } from "#contracts/interval.ts";
import type { Manifest } from "#contracts/manifest.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { PairBacktest } from "#quant/backtest/pair-backtest.ts";
import type { PairTrade } from "#quant/backtest/pair-trade.ts";
import {
  type PerformanceMetric,
  type PerformanceSummary,
  performanceSummary,
  type UndefinedReason,
} from "#quant/performance/performance-summary.ts";
import { periodsPerYear } from "#quant/performance/periods-per-year.ts";
import { barsPerSession } from "#quant/series/bars-per-session.ts";
import { DAY_MS } from "../imports/bar-interval.ts";
import { backtestWindowWarnings, type UsedWindow } from "./backtest-window-warnings.ts";

type FinishedBacktest = Extract<PairBacktest, { kind: "finished" }>;

/** The report of a finished backtest, as the contract has it. */
export function backtestReport(
  result: FinishedBacktest,
  config: StrategyConfig,
  made: {
    /** Of the bars that both legs have. */
    readonly calendar: Calendar;
    readonly manifest: Manifest;
    readonly durationMs: number;
  },
): BacktestReport {
  const { series, trades, costs, formation } = result;
  const sessionBars = barsPerSession(series.openTimeMs) ?? 1;
  const annualBars = periodsPerYear(config.intervalMs, made.calendar, {
    barsPerSession: sessionBars,
  });
  const summary = performanceSummary({
    equity: series.equity,
    initialEquity: config.initialEquity,
    trades,
    periodsPerYear: annualBars,
  });
  const bars = series.openTimeMs.length;
  const trading = {
    startMs: series.openTimeMs[0] ?? config.trading.startMs,
    endMs: series.openTimeMs[bars - 1] ?? config.trading.endMs,
    bars,
  };
  return {
    metrics: metricsOf(summary, trades),
    periodsPerYear: annualBars,
    fillConvention: result.fillConvention,
    formation,
    trading,
    costs: {
      feesY: costs.feesY,
      feesX: costs.feesX,
      slippage: costs.slippageY + costs.slippageX,
      grossPnl: sum(trades.map((trade) => trade.grossPnl)),
      netPnl: sum(trades.map((trade) => trade.netPnl)),
    },
    initialEquity: config.initialEquity,
    finalEquity: series.equity[bars - 1] ?? config.initialEquity,
    trades: trades.map(tradeRow),
    warnings: [
      ...result.warnings.map(({ message }) => message),
      ...backtestWindowWarnings(
        [usedWindow("formation", config, formation), usedWindow("trading", config, trading)],
        { intervalMs: config.intervalMs, calendar: made.calendar },
      ),
      ...annualisationNotes(made.calendar, config.intervalMs, sessionBars),
    ],
    manifest: made.manifest,
    durationMs: made.durationMs,
  };
}

function usedWindow(
  field: UsedWindow["field"],
  config: StrategyConfig,
  used: { readonly startMs: number; readonly endMs: number },
): UsedWindow {
  return { field, window: config[field], firstMs: used.startMs, lastMs: used.endMs };
}

/** Of how many bars a session has there is no convention, so the report says what was counted. */
function annualisationNotes(calendar: Calendar, intervalMs: number, sessionBars: number): string[] {
  if (calendar === "continuous" || intervalMs >= DAY_MS) return [];
  const bars = sessionBars === 1 ? "1 bar" : `${sessionBars} bars`;
  return [
    `Annual figures count 252 sessions a year, each of ${bars}: the median of the trading period.`,
  ];
}

function tradeRow(trade: PairTrade): TradeRow {
  const { legY, legX } = trade;
  return {
    side: trade.side,
    entrySignalMs: trade.entrySignalTimeMs,
    entryMs: trade.entryFillTimeMs,
    exitSignalMs: trade.exitReason === "end" ? null : trade.exitSignalTimeMs,
    exitMs: trade.exitFillTimeMs,
    entryZScore: trade.entryZScore,
    exitZScore: Number.isNaN(trade.exitZScore) ? null : trade.exitZScore,
    quantityY: legY.quantity,
    quantityX: legX.quantity,
    entryPriceY: legY.entryPrice,
    entryPriceX: legX.entryPrice,
    exitPriceY: legY.exitPrice,
    exitPriceX: legX.exitPrice,
    pnlY: legY.grossPnl,
    pnlX: legX.grossPnl,
    feesY: legY.fees,
    feesX: legX.fees,
    slippageCost: trade.slippageCost,
    netPnl: trade.netPnl,
    barsHeld: trade.barsHeld,
    exitReason: trade.exitReason,
  };
}

const REASON_WORDS: Record<UndefinedReason, string> = {
  "no-bars": "there are no bars",
  "too-few-bars": "there are too few bars",
  "no-variance": "the returns do not vary",
  "no-downside": "there are no losing bars",
  "no-drawdown": "there is no drawdown",
  "no-trades": "there are no trades",
  "no-losing-trades": "no trade lost",
  ruin: "equity fell to zero",
};

function metricsOf(
  summary: PerformanceSummary,
  trades: readonly PairTrade[],
): Record<MetricName, Metric> {
  const metric = (name: PerformanceMetric): Metric => {
    const reason = summary.undefinedReasons[name];
    return {
      value: finite(summary.metrics[name]),
      reason: reason === undefined ? null : REASON_WORDS[reason],
    };
  };
  return {
    totalReturn: metric("totalReturn"),
    annualisedReturn: metric("annualisedReturn"),
    annualisedVolatility: metric("annualisedVolatility"),
    sharpeRatio: metric("sharpeRatio"),
    sortinoRatio: metric("sortinoRatio"),
    calmarRatio: metric("calmarRatio"),
    omegaRatio: metric("omegaRatio"),
    drawdownMax: metric("drawdownMax"),
    drawdownDurationBars: { value: summary.drawdown.underwaterBarsMax, reason: null },
    valueAtRisk95: metric("valueAtRisk"),
    conditionalValueAtRisk95: metric("conditionalValueAtRisk"),
    winRate: metric("winRate"),
    profitFactor: metric("profitFactor"),
    expectancy: metric("expectancy"),
    averageHoldingBars: averageHolding(trades),
    turnover: metric("turnover"),
    exposure: metric("exposure"),
    tradeCount: { value: trades.length, reason: null },
  };
}

function averageHolding(trades: readonly PairTrade[]): Metric {
  if (trades.length === 0) return { value: null, reason: REASON_WORDS["no-trades"] };
  return { value: sum(trades.map(({ barsHeld }) => barsHeld)) / trades.length, reason: null };
}

/** JSON has no infinity; a figure that overflows has no value. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
