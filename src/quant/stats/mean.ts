/**
 * Arithmetic mean of a series.
 *
 * A second pass adds the mean of the deviations, which takes back the rounding of the first sum:
 * the centred sums of the regressions are only as good as this number.
 *
 * @param values n ≥ 1 finite values
 * @returns the mean, in the unit of the values
 *
 * Cost: O(n). Source: Chan, Golub, LeVeque (1983), corrected two-pass algorithm.
 */
export function mean(values: Float64Array): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const first = sum / n;
  let deviation = 0;
  for (let i = 0; i < n; i++) deviation += values[i]! - first;
  return first + deviation / n;
}
