import type { BacktestReport, BacktestSeries, BacktestView } from "#contracts/backtest.ts";
import {
  type ReportResult,
  type ReportTrade,
  type ReportVersion,
  SHARED_INITIAL_EQUITY,
  type SharedReport,
} from "#contracts/report-view.ts";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { chartDigits } from "./chart-series.ts";

/**
 * A report as a link shows it. What surrounds the report is named here one by one, so that nothing which
 * a view gains later leaves through a link by itself; the report proper has no ids.
 *
 * @param sizesShown false: money is scaled to an initial equity of 100; quantities, notional and the hash
 *   of the settings, from which they could be found by trying, are left out
 */
export function sharedProjection(
  view: BacktestView,
  report: BacktestReport,
  sizesShown: boolean,
): SharedReport {
  return {
    strategyName: view.strategyName,
    strategyVersion: sharedVersion(view.strategyVersion, sizesShown),
    synthetic: view.synthetic,
    report: sharedResult(report, sizesShown),
    sizesShown,
  };
}

/** Series of a report as a link shows them: equity is money, the other lines are not. */
export function sharedSeries(
  series: BacktestSeries,
  initialEquity: number,
  sizesShown: boolean,
): BacktestSeries {
  const { equity } = series.lines;
  if (sizesShown || equity === undefined) return series;
  const scale = SHARED_INITIAL_EQUITY / initialEquity;
  const values = equity.values.map((value) => (value === null ? null : chartDigits(value * scale)));
  return { ...series, lines: { ...series.lines, equity: { ...equity, values } } };
}

function sharedVersion(version: StrategyVersionView, sizesShown: boolean): ReportVersion {
  const { config, legY, legX } = version;
  const { instrumentY: _y, instrumentX: _x, ...settings } = config;
  return {
    version: version.version,
    config: sizesShown ? settings : { ...settings, notional: null, initialEquity: null },
    configHash: sizesShown ? version.configHash : null,
    legY: { symbol: legY.symbol, venue: legY.venue },
    legX: { symbol: legX.symbol, venue: legX.venue },
  };
}

function sharedResult(report: BacktestReport, sizesShown: boolean): ReportResult {
  if (sizesShown) return report;
  const scale = SHARED_INITIAL_EQUITY / report.initialEquity;
  const { costs, metrics } = report;
  const { expectancy } = metrics;
  return {
    ...report,
    metrics: {
      ...metrics,
      expectancy: {
        ...expectancy,
        value: expectancy.value === null ? null : expectancy.value * scale,
      },
    },
    costs: {
      feesY: costs.feesY * scale,
      feesX: costs.feesX * scale,
      slippage: costs.slippage * scale,
      grossPnl: costs.grossPnl * scale,
      netPnl: costs.netPnl * scale,
    },
    initialEquity: SHARED_INITIAL_EQUITY,
    finalEquity: report.finalEquity * scale,
    trades: report.trades.map(
      (trade): ReportTrade => ({
        ...trade,
        quantityY: null,
        quantityX: null,
        pnlY: trade.pnlY * scale,
        pnlX: trade.pnlX * scale,
        feesY: trade.feesY * scale,
        feesX: trade.feesX * scale,
        slippageCost: trade.slippageCost * scale,
        netPnl: trade.netPnl * scale,
      }),
    ),
    manifest: { ...report.manifest, configHash: null },
  };
}
