import { InvalidInputError } from "../../invalid-input-error.ts";

/**
 * What every row reads, in real time (open times of bars, UTC milliseconds), so that rows of several pairs
 * can be kept apart: features read [featureStartMs, timeMs], labels (timeMs, labelEndMs].
 */
export type RowTimes = {
  /** Open time of the row's own bar; ascending, several rows may share one. */
  readonly timeMs: Float64Array;
  /** ≤ timeMs; −∞ where features read the whole past. */
  readonly featureStartMs: Float64Array;
  /** ≥ timeMs; equal where the label reads nothing ahead. */
  readonly labelEndMs: Float64Array;
};

/**
 * Times of some rows.
 *
 * @param times any
 * @param rows their places, ascending
 * @returns times of those rows only
 */
export function rowTimesOf(times: RowTimes, rows: Int32Array): RowTimes {
  const taken = (values: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => values[row]!);
  return {
    timeMs: taken(times.timeMs),
    featureStartMs: taken(times.featureStartMs),
    labelEndMs: taken(times.labelEndMs),
  };
}

/**
 * Times of rows whose model also looks at rows before them, as a recurrent network does.
 *
 * @param times of the rows
 * @param groups group of each row
 * @param rowsBack how many rows of its group before its own a model looks at, ≥ 0
 * @returns times in which features begin with those of the earliest of these rows
 *
 * Cost: O(rows).
 */
export function readingRowsBack(times: RowTimes, groups: Int32Array, rowsBack: number): RowTimes {
  if (rowsBack === 0) return times;
  const { featureStartMs } = times;
  const starts = new Float64Array(featureStartMs.length);
  const seen = new Map<number, number[]>();
  for (let row = 0; row < starts.length; row++) {
    const rows = seen.get(groups[row]!) ?? [];
    if (rows.length === 0) seen.set(groups[row]!, rows);
    rows.push(row);
    starts[row] = featureStartMs[rows[Math.max(0, rows.length - 1 - rowsBack)]!]!;
  }
  return { ...times, featureStartMs: starts };
}

/**
 * Entry check of rows that are to be split.
 *
 * @param times any
 * @throws {InvalidInputError} "length-mismatch"; "too-short": fewer than two rows; "out-of-range": rows out
 *   of order, or a row that reads backwards
 *
 * Cost: O(rows).
 */
export function requireRowTimes({ timeMs, featureStartMs, labelEndMs }: RowTimes): void {
  const rows = timeMs.length;
  if (featureStartMs.length !== rows || labelEndMs.length !== rows) {
    throw new InvalidInputError("length-mismatch", "every row must have its times");
  }
  if (rows < 2) throw new InvalidInputError("too-short", "there are fewer than two rows to split");
  for (let i = 0; i < rows; i++) {
    const time = timeMs[i]!;
    // Also false of NaN.
    const isOrdered = i === 0 ? Number.isFinite(time) : time >= timeMs[i - 1]!;
    if (!(isOrdered && featureStartMs[i]! <= time && labelEndMs[i]! >= time)) {
      throw new InvalidInputError("out-of-range", `the times of row ${i} are out of order`);
    }
  }
}
