/**
 * Sum of a series.
 *
 * Four partial sums, as in dotProduct: the additions do not wait for each other, and rounding grows
 * more slowly.
 *
 * @param values n values
 * @returns Σ valuesᵢ; not finite where a value is not
 *
 * Cost: O(n).
 */
export function total(values: Float64Array): number {
  const n = values.length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += values[i]!;
    s1 += values[i + 1]!;
    s2 += values[i + 2]!;
    s3 += values[i + 3]!;
  }
  for (; i < n; i++) s0 += values[i]!;
  return s0 + s1 + (s2 + s3);
}
