/**
 * Value at risk, historical: the loss of a bar that only a given share of the bars exceeds.
 *
 * Minus the `tail` quantile of the returns, by linear interpolation between order statistics.
 *
 * @param returns simple returns, one a bar
 * @param tail share of the worst bars, in (0, 1); 0.05 is the usual "95 % VaR"
 * @returns a fraction, positive is a loss; null without returns
 *
 * Cost: O(n log n). Convention: matches minus numpy.percentile(r, 5). Checked:
 * golden/performance.json.
 */
export function valueAtRisk(returns: Float64Array, tail = 0.05): number | null {
  if (returns.length === 0) return null;
  const ascending = returns.slice().sort();
  const position = tail * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return -(low + (position - below) * (high - low));
}
