/**
 * Differences over a lag: how far a series moved in `lag` bars.
 *
 * @param values n values, oldest first
 * @param lag whole number of bars, 1 ≤ lag ≤ n
 * @returns n − lag values, element i is values[i + lag] − values[i]
 *
 * Cost: O(n). Convention: matches numpy x[lag:] − x[:-lag].
 */
export function lagDifferences(values: Float64Array, lag: number): Float64Array {
  const result = new Float64Array(values.length - lag);
  for (let i = 0; i < result.length; i++) result[i] = values[i + lag]! - values[i]!;
  return result;
}
