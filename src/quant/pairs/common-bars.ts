/**
 * Bars that both series have: the inner join of two rows of a common axis.
 *
 * @param a one value a bar, NaN where there is none
 * @param b aligned with a
 * @returns both without the bars that one of them lacks; never filled
 *
 * Cost: O(n).
 */
export function commonBars(
  a: Float64Array,
  b: Float64Array,
): { readonly a: Float64Array; readonly b: Float64Array } {
  const isCommon = (_: number, t: number) => !(Number.isNaN(a[t]!) || Number.isNaN(b[t]!));
  return { a: a.filter(isCommon), b: b.filter(isCommon) };
}
