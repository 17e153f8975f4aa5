/**
 * Dot product of two series.
 *
 * Four partial sums: the additions do not wait for each other, and rounding grows more slowly.
 *
 * @param a n values
 * @param b n values
 * @returns Σ aᵢ bᵢ
 *
 * Cost: O(n).
 */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
