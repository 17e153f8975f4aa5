/**
 * Median of a series: half of the values are below it.
 *
 * @param values n ≥ 1 finite values; left as they are
 * @returns the middle value, or the mean of the two middle ones
 *
 * Cost: O(n log n).
 */
export function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  const upper = sorted[middle]!;
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
}
