/**
 * Lower bound: the index of the first element that is not less than the target.
 *
 * @param ascending values in ascending order, without NaN
 * @param target value to find a place for, in the unit of the values
 * @returns index in [0, length]; length when every element is less
 *
 * Cost: O(log n).
 */
export function lowerBound(ascending: Float64Array, target: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
