import { sampleStandardDeviation } from "./sample-standard-deviation.ts";

/**
 * Annualised volatility: standard deviation of the returns, scaled by the square root of time.
 *
 * std(r, ddof 1) · √periodsPerYear.
 *
 * @param returns simple returns, one a bar
 * @param periodsPerYear bars of a year
 * @returns a fraction a year; null when n < 2
 *
 * Cost: O(n). Convention: matches empyrical annual_volatility. Checked: golden/performance.json.
 */
export function annualisedVolatility(returns: Float64Array, periodsPerYear: number): number | null {
  const deviation = sampleStandardDeviation(returns);
  return deviation === null ? null : deviation * Math.sqrt(periodsPerYear);
}
