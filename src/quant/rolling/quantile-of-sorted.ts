/**
 * Quantile of an ascending run of numbers, by linear interpolation between order statistics.
 *
 * @param ascending numbers in ascending order
 * @param share 0 … 1: 0 is the smallest, 0.5 the median, 1 the largest
 * @param length how many of them count, from the first, ≥ 1; all unless told
 * @returns the quantile, unit of the numbers
 *
 * Cost: O(1). Convention: matches numpy.quantile (type 7 of Hyndman and Fan, 1996).
 */
export function quantileOfSorted(
  ascending: Float64Array,
  share: number,
  length = ascending.length,
): number {
  const position = share * (length - 1);
  const below = Math.floor(position);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, length - 1)]!;
  return low + (position - below) * (high - low);
}
