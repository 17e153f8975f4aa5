import type {
  BacktestReport,
  BacktestSeries,
  BacktestView,
  CostAttribution,
  TradeLeg,
  TradeRow,
  WindowResult,
} from "#contracts/backtest.ts";
import type { ChartLine } from "#contracts/market-data.ts";
import { ownReportResult, reportConfig, reportPlan } from "#contracts/report-settings.ts";
import {
  type FullReport,
  type FullTrade,
  type ReportAnalysis,
  type ReportTradeLeg,
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
 *   strategy as a file and the hashes from which sizes could be found by trying are left out. With lots of
 *   the venue figures are rounded too: exact ones of many trades have the lot as their common step
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
    report:
      includeSizes || config.costs.lots === "none"
        ? sharedResult(report, includeSizes)
        : rounded(sharedResult(report, includeSizes)),
    sizesShown: includeSizes,
    copyable: includeSizes ? copyable : null,
  };
}

/** Columns of money and of positions with the decimals that are kept where figures are rounded. */
const DECIMALS: Readonly<Record<string, number>> = {
  ...{ equity: 2, drawdown: 4, grossExposure: 3, netExposure: 3, rollingSharpe: 2 },
};
const BENCHMARK_COLUMN = /^benchmark\.\d+$/;
const OTHER_COLUMN = /^[A-Za-z]\w*\.\d+$/;

/** What a link makes of the values of a column; decimals null: as many as there are. */
export type SharedColumn = { readonly scale: number; readonly decimals: number | null };

/** How the series of a report are shown behind a link. */
export type SeriesScope = {
  readonly initialEquity: number;
  readonly includeSizes: boolean;
  readonly hasVenueLots: boolean;
};

/** What a link makes of a column of a series: equity and benchmarks are money; null: it is not shown. */
export function sharedColumn(
  name: string,
  { initialEquity, includeSizes, hasVenueLots }: SeriesScope,
): SharedColumn | null {
  const moneyScale = includeSizes ? 1 : SHARED_INITIAL_EQUITY / initialEquity;
  const decimals = Object.hasOwn(DECIMALS, name) ? (DECIMALS[name] ?? null) : null;
  const isMoney = name === "equity" || BENCHMARK_COLUMN.test(name);
  if (!isMoney && decimals === null && !OTHER_COLUMN.test(name)) return null;
  const isRounded = hasVenueLots && !includeSizes;
  return { scale: isMoney ? moneyScale : 1, decimals: isRounded ? decimals : null };
}

/** A value of a column as a link shows it. */
export function sharedValue(value: number, { scale, decimals }: SharedColumn): number {
  if (decimals === null) return value * scale;
  const steps = 10 ** decimals;
  return Math.round(value * scale * steps) / steps;
}

/** Series of a report as a link shows them. */
export function sharedSeries(series: BacktestSeries, scope: SeriesScope): BacktestSeries {
  const lines = Object.entries(series.lines).flatMap(([name, line]): [string, ChartLine][] => {
    const column = sharedColumn(name, scope);
    return column === null ? [] : [[name, sharedLine(line, column)]];
  });
  return { ...series, lines: Object.fromEntries(lines) };
}

function sharedLine(line: ChartLine, column: SharedColumn): ChartLine {
  if (column.scale === 1 && column.decimals === null) return line;
  const values = line.values.map((value) =>
    value === null ? null : chartDigits(sharedValue(value, column)),
  );
  return { ...line, values };
}

/** Figures of the market and of the strategy, which say nothing of sizes, and the whole of the money. */
const EXACT = new Set([
  ...["entryPrice", "exitPrice", "entryFigure", "exitFigure", "hedgeRatio", "intercept"],
  ...["pValue", "halfLifeBars", "periodsPerYear", "finalEquity"],
]);
const TRADED_MONEY = new Set([
  ...["grossPnl", "slippage", "slippageCost", "fees", "funding", "borrow", "dividends"],
  ...["liquidationFee", "liquidationFees", "netPnl"],
]);
const FIGURE_DIGITS = 4;
const TRADED_MONEY_DIGITS = 3;

/** A result, or a part of one, with so few digits that no common step of many quantities can be found in it. */
function rounded<Result extends FullReport | readonly ReportTradeLeg[]>(result: Result): Result {
  const text = JSON.stringify(result, (key, value: unknown) => {
    if (typeof value !== "number" || Number.isInteger(value) || EXACT.has(key)) return value;
    const digits = TRADED_MONEY.has(key) ? TRADED_MONEY_DIGITS : FIGURE_DIGITS;
    return Number(value.toPrecision(digits));
  });
  return JSON.parse(text) as Result;
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

function sharedResult(report: BacktestReport, sizesShown: boolean): FullReport {
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

function scaledTrade(trade: TradeRow, scale: number): FullTrade {
  return {
    ...trade,
    legs: trade.legs.map((leg) => scaledLeg(leg, scale)),
    netPnl: trade.netPnl * scale,
  };
}

function scaledLeg(leg: TradeLeg, scale: number): ReportTradeLeg {
  return {
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
  };
}

/** Legs of a trade as a link shows them: as they stand in sharedProjection. */
export function sharedLegs(
  legs: readonly TradeLeg[],
  { initialEquity, includeSizes, hasVenueLots }: SeriesScope,
): readonly ReportTradeLeg[] {
  if (includeSizes) return legs;
  const scaled = legs.map((leg) => scaledLeg(leg, SHARED_INITIAL_EQUITY / initialEquity));
  return hasVenueLots ? rounded(scaled) : scaled;
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
