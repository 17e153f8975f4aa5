import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { sampleStandardDeviation } from "./sample-standard-deviation.ts";

/** How returns become yearly figures; the risk-free rate is a fraction a bar, 0 unless told. */
export type Annualisation = {
  readonly periodsPerYear: number;
  readonly riskFreeRatePerPeriod?: number;
};

/**
 * Sharpe ratio: mean return above the risk-free rate per unit of its deviation, a year.
 *
 * (mean(r) − rf) / std(r, ddof 1) · √periodsPerYear.
 *
 * @param returns simple returns, one a bar
 * @param annualisation bars of a year and the risk-free rate
 * @returns dimensionless; null when n < 2 or the returns do not vary
 *
 * Cost: O(n). Convention: matches empyrical sharpe_ratio.
 * Source: Sharpe (1994). Checked: golden/performance.json.
 */
export function sharpeRatio(returns: Float64Array, annualisation: Annualisation): number | null {
  const { periodsPerYear, riskFreeRatePerPeriod = 0 } = annualisation;
  const deviation = sampleStandardDeviation(returns);
  if (deviation === null) return null;
  const average = mean(returns);
  const n = returns.length;
  if (isRoundingNoise(deviation ** 2 * (n - 1), n, average)) return null;
  return ((average - riskFreeRatePerPeriod) / deviation) * Math.sqrt(periodsPerYear);
}
