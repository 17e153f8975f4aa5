import type {
  BacktestReport,
  BacktestSeries,
  BacktestView,
  CostAttribution,
  TradeRow,
  WindowResult,
} from "#contracts/backtest.ts";
import type { ChartLine } from "#contracts/market-data.ts";
import { ownReportResult, reportConfig, reportPlan } from "#contracts/report-settings.ts";
import {
  type ReportAnalysis,
  type ReportResult,
  type ReportTrade,
  SHARED_INITIAL_EQUITY,
  type SharedReport,
} from "#contracts/report-view.ts";
import type { StrategyFile } from "#contracts/strategy.ts";
import type { Verification } from "#contracts/verification.ts";
import { chartDigits } from "./chart-series.ts";

/** What a link shows besides the report itself. */
export type ShareScope = { readonly includeSizes: boolean; readonly includeNotes: boolean };

/**
 * A report as a link shows it. What surrounds the report is named here one by one, so that nothing which
 * a view gains later leaves through a link by itself; the report proper has no ids but those of its
 * instruments, which are left out.
 *
 * @param scope.includeSizes false: money is scaled to an initial equity of 100; quantities, sizing, the
 *   strategy as a file and the hashes from which sizes could be found by trying are left out
 * @param copyable the strategy as a file, without notes
 */
export function sharedProjection(
  view: BacktestView,
  report: BacktestReport,
  { includeSizes, includeNotes }: ShareScope,
  copyable: StrategyFile,
): SharedReport {
  const { version, config, configHash } = view.strategyVersion;
  return {
    strategyName: view.strategyName,
    strategyVersion: {
      version,
      config: reportConfig(config, includeSizes),
      configHash: includeSizes ? configHash : null,
    },
    plan: reportPlan(view.plan),
    notes: includeNotes ? view.notes : null,
    synthetic: view.synthetic,
    report: sharedResult(report, includeSizes),
    sizesShown: includeSizes,
    copyable: includeSizes ? copyable : null,
  };
}

/** Columns of money, and those that are fractions, prices or figures of the strategy. */
const MONEY_COLUMN = /^(equity|benchmark\.\d+)$/;
const OTHER_COLUMN = /^(drawdown|grossExposure|netExposure|rollingSharpe|[A-Za-z]\w*\.\d+)$/;

/**
 * What a column of a series is multiplied by behind a link; null: it is not shown.
 *
 * @param scale of money
 */
export function sharedColumnScale(name: string, scale: number): number | null {
  if (MONEY_COLUMN.test(name)) return scale;
  return OTHER_COLUMN.test(name) ? 1 : null;
}

/** What money is multiplied by behind a link. */
export function sharedMoneyScale(initialEquity: number, includeSizes: boolean): number {
  return includeSizes ? 1 : SHARED_INITIAL_EQUITY / initialEquity;
}

/** Series of a report as a link shows them: equity and benchmarks are money, the other lines are not. */
export function sharedSeries(
  series: BacktestSeries,
  initialEquity: number,
  includeSizes: boolean,
): BacktestSeries {
  const moneyScale = sharedMoneyScale(initialEquity, includeSizes);
  const lines = Object.entries(series.lines).flatMap(([name, line]): [string, ChartLine][] => {
    const scale = sharedColumnScale(name, moneyScale);
    return scale === null ? [] : [[name, scaledLine(line, scale)]];
  });
  return { ...series, lines: Object.fromEntries(lines) };
}

function scaledLine(line: ChartLine, scale: number): ChartLine {
  if (scale === 1) return line;
  const values = line.values.map((value) => (value === null ? null : chartDigits(value * scale)));
  return { ...line, values };
}

/** A verification as a link shows it. Without sizes it says what agrees, and not what the figures are. */
export function sharedVerification(
  verification: Verification,
  includeSizes: boolean,
): Verification {
  const { outcome } = verification;
  if (includeSizes || outcome === null) return verification;
  const hidden = "not shown";
  const parts = outcome.parts.map((part) => ({ ...part, reported: hidden, found: hidden }));
  return { ...verification, outcome: { ...outcome, hashes: null, parts } };
}

function sharedResult(report: BacktestReport, sizesShown: boolean): ReportResult {
  const own = ownReportResult(report);
  if (sizesShown) return own;
  const scale = SHARED_INITIAL_EQUITY / report.initialEquity;
  return {
    ...own,
    metrics: scaledMetrics(report.metrics, scale),
    costs: scaledCosts(report.costs, scale),
    instrumentCosts: report.instrumentCosts.map((costs) => scaledCosts(costs, scale)),
    initialEquity: SHARED_INITIAL_EQUITY,
    finalEquity: report.finalEquity * scale,
    trades: report.trades.map((trade) => scaledTrade(trade, scale)),
    analysis: scaledAnalysis(report.analysis, scale),
    windows: report.windows?.map((window) => scaledWindow(window, scale)) ?? null,
    manifest: { ...report.manifest, configHash: null },
  };
}

/** Of all metrics only the expected profit of a trade is money. */
function scaledMetrics(
  metrics: BacktestReport["metrics"],
  scale: number,
): BacktestReport["metrics"] {
  const { expectancy } = metrics;
  const value = expectancy.value === null ? null : expectancy.value * scale;
  return { ...metrics, expectancy: { ...expectancy, value } };
}

function scaledCosts(costs: CostAttribution, scale: number): CostAttribution {
  return {
    grossPnl: costs.grossPnl * scale,
    slippage: costs.slippage * scale,
    fees: costs.fees * scale,
    funding: costs.funding * scale,
    borrow: costs.borrow * scale,
    dividends: costs.dividends * scale,
    liquidationFees: costs.liquidationFees * scale,
    netPnl: costs.netPnl * scale,
  };
}

function scaledTrade(trade: TradeRow, scale: number): ReportTrade {
  return {
    ...trade,
    legs: trade.legs.map((leg) => ({
      ...leg,
      quantity: null,
      grossPnl: leg.grossPnl * scale,
      fees: leg.fees * scale,
      slippageCost: leg.slippageCost * scale,
      funding: leg.funding * scale,
      borrow: leg.borrow * scale,
      dividends: leg.dividends * scale,
      liquidationFee: leg.liquidationFee * scale,
      netPnl: leg.netPnl * scale,
    })),
    netPnl: trade.netPnl * scale,
  };
}

function scaledAnalysis(
  analysis: BacktestReport["analysis"],
  scale: number,
): ReportAnalysis | null {
  if (analysis === null) return null;
  const { tradeProfits } = analysis;
  return {
    ...analysis,
    tradeProfits:
      tradeProfits === null
        ? null
        : { ...tradeProfits, edges: tradeProfits.edges.map((edge) => edge * scale) },
    intervals: analysis.intervals.map((interval) =>
      interval.metric === "expectancy"
        ? { ...interval, lower: interval.lower * scale, upper: interval.upper * scale }
        : interval,
    ),
    hashes: null,
  };
}

function scaledWindow(window: WindowResult, scale: number): WindowResult {
  return {
    ...window,
    pairs: window.pairs.map((pair) => ({ ...pair, netPnl: pair.netPnl * scale })),
    inSample: scaledMetrics(window.inSample, scale),
    outOfSample: scaledMetrics(window.outOfSample, scale),
  };
}
