/**
 * First differences of a series: how much it moved from one bar to the next.
 *
 * @param values n ≥ 1 values, oldest first
 * @returns n − 1 values, element i is values[i + 1] − values[i]; of log prices, the log returns
 *
 * Cost: O(n). Convention: matches numpy.diff.
 */
export function differences(values: Float64Array): Float64Array {
  const result = new Float64Array(Math.max(values.length - 1, 0));
  for (let i = 0; i < result.length; i++) result[i] = values[i + 1]! - values[i]!;
  return result;
}
