import { InvalidInputError } from "../../invalid-input-error.ts";
import type { RowRange } from "./fold.ts";

/**
 * The cut next to a wished one that does not part rows of the same time.
 *
 * @param timeMs ascending times of the rows
 * @param row wished place, 0 … rows
 * @returns the first place ≥ row at which a new time begins; the number of rows at the end
 */
export function cutAt(timeMs: Float64Array, row: number): number {
  let cut = row;
  while (cut > 0 && cut < timeMs.length && timeMs[cut] === timeMs[cut - 1]) cut++;
  return cut;
}

/**
 * Runs of rows of nearly the same size, one after the other, none of which shares a time with another.
 *
 * @param timeMs ascending times of the rows
 * @param from first row
 * @param count of runs, ≥ 1
 * @returns runs that together cover from … rows; none is empty
 * @throws {InvalidInputError} "too-short": there are fewer times than runs
 *
 * Cost: O(count + rows that share a time).
 */
export function equalRuns(timeMs: Float64Array, from: number, count: number): readonly RowRange[] {
  const rows = timeMs.length - from;
  const runs: RowRange[] = [];
  let start = from;
  for (let k = 1; k <= count; k++) {
    const end = k === count ? timeMs.length : cutAt(timeMs, from + Math.round((k * rows) / count));
    if (end <= start) {
      throw new InvalidInputError("too-short", `there are too few rows for ${count} folds`);
    }
    runs.push({ from: start, to: end });
    start = end;
  }
  return runs;
}
