import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";

/** Rounding of columns that say the same and were computed in different ways. */
const MARGIN = 1e-11;

/**
 * Whether two columns are the same but for scale and offset: correlation 1 or −1 to the rounding.
 *
 * @param a n values, NaN where missing
 * @param b n values, aligned with a
 * @returns false also where fewer than three rows have both, or one does not vary
 *
 * Cost: O(n), two passes.
 */
export function isStraightRelation(a: Float64Array, b: Float64Array): boolean {
  let rows = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue;
    rows++;
    sumA += a[i]!;
    sumB += b[i]!;
  }
  if (rows < 3) return false;
  const meanA = sumA / rows;
  const meanB = sumB / rows;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]! + b[i]!)) continue;
    const da = a[i]! - meanA;
    const db = b[i]! - meanB;
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  if (isRoundingNoise(aa, rows, meanA) || isRoundingNoise(bb, rows, meanB)) return false;
  return Math.abs(ab) / (Math.sqrt(aa) * Math.sqrt(bb)) >= 1 - MARGIN;
}
