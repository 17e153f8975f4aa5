/**
 * Probabilities of classes from numbers of any size: eˣ / Σ eˣ.
 *
 * @param from the numbers
 * @param to overwritten in the same places; may be the same array
 * @param start the first of them
 * @param count ≥ 1, how many
 * @returns ln Σ eˣ
 *
 * Cost: O(count). The largest is taken off first, so that nothing overflows.
 */
export function softmax(
  from: Float64Array,
  to: Float64Array,
  start: number,
  count: number,
): number {
  const end = start + count;
  let largest = from[start]!;
  for (let j = start + 1; j < end; j++) largest = Math.max(largest, from[j]!);
  let total = 0;
  for (let j = start; j < end; j++) {
    const share = Math.exp(from[j]! - largest);
    to[j] = share;
    total += share;
  }
  for (let j = start; j < end; j++) to[j]! /= total;
  return largest + Math.log(total);
}
