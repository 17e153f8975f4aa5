import { isStraightRelation } from "./straight-relation.ts";

/** A class of fewer rows may stand apart by chance. */
const ROWS_MIN = 20;

/**
 * Whether a column alone tells the answer without error: its values of each class lie apart from those of
 * the others, or it is a number's answer but for scale and offset.
 *
 * @param column one value a row; one that lacks some tells nothing here
 * @param target aligned with it: a class, or a number when classCount is 0
 * @param classCount 0, or ≥ 2
 * @returns whether it does; false when a class has fewer than 20 rows
 *
 * Cost: O(rows).
 */
export function isTelling(column: Float64Array, target: Float64Array, classCount: number): boolean {
  if (classCount === 0) return isStraightRelation(column, target);
  const ranges = Array.from({ length: classCount }, () => ({
    rows: 0,
    low: Infinity,
    high: -Infinity,
  }));
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) return false;
    const range = ranges[target[i]!]!;
    range.rows++;
    if (value < range.low) range.low = value;
    if (value > range.high) range.high = value;
  }
  const seen = ranges.filter(({ rows }) => rows > 0).toSorted((a, b) => a.low - b.low);
  if (seen.length < 2 || seen.some(({ rows }) => rows < ROWS_MIN)) return false;
  return seen.every(({ low }, k) => k === 0 || seen[k - 1]!.high < low);
}
