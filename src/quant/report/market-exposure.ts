import { turnoverOfNotional } from "../performance/turnover.ts";
import { mean } from "../stats/mean.ts";
import { type ReportedRun, tradedEquity } from "./reported-run.ts";

/**
 * How much of the market a run held. Series have one value a traded bar, as multiples of equity at its
 * close, NaN where equity is zero or below; what is opened and closed inside one bar is not seen by them.
 * Averages are over the bars with a value, null without one. `turnoverAnnual` counts every fill, of open
 * positions too.
 */
export type MarketExposure = {
  readonly grossLeverage: Float64Array;
  readonly netLeverage: Float64Array;
  /** Share of the bars that closed with a position. */
  readonly shareInMarket: number | null;
  readonly averageGrossLeverage: number | null;
  readonly averageNetLeverage: number | null;
  readonly grossLeverageMax: number | null;
  readonly tradedNotional: number;
  readonly turnoverAnnual: number | null;
};

/**
 * Exposure of a run over time: how often, how much, on what side, and how much was traded for it.
 *
 * @param reported the run
 * @returns see MarketExposure
 *
 * Cost: O(bars + fills).
 */
export function marketExposure(reported: ReportedRun): MarketExposure {
  const { run, tradingStartBar, periodsPerYear } = reported;
  const { equity } = tradedEquity(reported);
  const leverage = (exposure: Float64Array): Float64Array =>
    equity.map((value, i) => (value > 0 ? exposure[tradingStartBar + i]! / value : Number.NaN));
  const grossLeverage = leverage(run.grossExposure);
  const netLeverage = leverage(run.netExposure);
  const known = grossLeverage.filter((value) => !Number.isNaN(value));
  const knownNet = netLeverage.filter((value) => !Number.isNaN(value));
  const traded = run.fills.quantity.reduce(
    (sum, quantity, i) => sum + Math.abs(quantity) * run.fills.price[i]!,
    0,
  );
  const held = run.grossExposure.subarray(tradingStartBar).filter((value) => value > 0).length;
  return {
    grossLeverage,
    netLeverage,
    shareInMarket: equity.length === 0 ? null : held / equity.length,
    averageGrossLeverage: known.length === 0 ? null : mean(known),
    averageNetLeverage: knownNet.length === 0 ? null : mean(knownNet),
    grossLeverageMax: known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b)),
    tradedNotional: traded,
    turnoverAnnual: turnoverOfNotional(traded, equity, periodsPerYear),
  };
}
