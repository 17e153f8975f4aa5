import { mean } from "../stats/mean.ts";
import type { Annualisation } from "./sharpe-ratio.ts";

/**
 * Sortino ratio: mean return above the risk-free rate per unit of downside deviation, a year.
 *
 * (mean(r) − rf) / √mean(min(r − rf, 0)²) · √periodsPerYear; the mean of the denominator is over
 * all n returns, not over the losing ones alone.
 *
 * @param returns simple returns, one a bar
 * @param annualisation bars of a year and the risk-free rate, which is the minimum acceptable
 *   return
 * @returns dimensionless; null without returns or without a return below the rate
 *
 * Cost: O(n). Convention: matches empyrical sortino_ratio.
 * Source: Sortino and Price (1994). Checked: golden/performance.json.
 */
export function sortinoRatio(returns: Float64Array, annualisation: Annualisation): number | null {
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = annualisation;
  let squares = 0;
  for (const value of returns) squares += Math.min(value - riskFreeRatePerPeriod, 0) ** 2;
  if (squares === 0) return null;
  const downsideDeviation = Math.sqrt(squares / returns.length);
  return ((mean(returns) - riskFreeRatePerPeriod) / downsideDeviation) * Math.sqrt(periodsPerYear);
}
