import { totalReturn } from "./total-return.ts";

/**
 * Annualised return (compound annual growth rate): the constant yearly return with the same end.
 *
 * Π(1 + rₜ)^(periodsPerYear / n) − 1.
 *
 * @param returns simple returns, one a bar
 * @param periodsPerYear bars of a year, see periodsPerYear
 * @returns a fraction a year; null without returns, when all is lost, or when the
 *   returns are so few that compounding them to a year overflows
 *
 * Cost: O(n). Convention: matches empyrical cagr. Checked: golden/performance.json.
 */
export function annualisedReturn(returns: Float64Array, periodsPerYear: number): number | null {
  const growth = 1 + totalReturn(returns);
  if (returns.length === 0 || growth <= 0) return null;
  const annualised = growth ** (periodsPerYear / returns.length) - 1;
  // A few good bars compounded over a year of thousands overflow, and mean nothing well before
  // that.
  return Number.isFinite(annualised) ? annualised : null;
}
