/**
 * Simple returns of an equity curve: what each bar made of the equity before it.
 *
 * returnₜ = equityₜ / equityₜ₋₁ − 1, with initialEquity before the first bar.
 *
 * @param equity equity after each bar, oldest first, positive
 * @param initialEquity equity before the first bar, positive
 * @returns one fraction a bar
 *
 * Cost: O(n).
 */
export function simpleReturns(equity: Float64Array, initialEquity: number): Float64Array {
  return equity.map((value, i) => value / (i === 0 ? initialEquity : equity[i - 1]!) - 1);
}
