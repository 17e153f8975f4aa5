import { InvalidInputError } from "../../invalid-input-error.ts";

/** Windows of consecutive rows, by reference: rows that windows share are stored once. */
export type SequenceWindows = {
  /** One a channel, of equal lengths, a value a row. */
  readonly columns: readonly Float64Array[];
  /** Row at which each window ends; the window is that row and the lengthBars − 1 before it. */
  readonly ends: Int32Array;
  readonly lengthBars: number;
};

/**
 * Entry check of windows.
 *
 * @param windows any
 * @throws {InvalidInputError} "too-short": no columns; "length-mismatch": columns of unequal lengths;
 *   "out-of-range": a window without a bar or beyond the rows; "not-finite": a value in a window
 *
 * Cost: O(windows · lengthBars · channels).
 */
export function requireSequenceWindows(windows: SequenceWindows): void {
  const { columns, ends, lengthBars } = windows;
  const rowCount = columns[0]?.length;
  if (rowCount === undefined) throw new InvalidInputError("too-short", "there are no channels");
  if (columns.some((column) => column.length !== rowCount)) {
    throw new InvalidInputError("length-mismatch", "all channels must have as many rows");
  }
  if (!(Number.isInteger(lengthBars) && lengthBars >= 1)) {
    throw new InvalidInputError("out-of-range", "a window must have a whole number of bars");
  }
  for (const end of ends) {
    if (end < lengthBars - 1 || end >= rowCount) {
      throw new InvalidInputError("out-of-range", "a window reaches beyond the rows");
    }
  }
  for (const column of columns) requireFiniteWindows(column, ends, lengthBars);
}

function requireFiniteWindows(column: Float64Array, ends: Int32Array, lengthBars: number): void {
  for (const end of ends) {
    for (let row = end - lengthBars + 1; row <= end; row++) {
      if (Number.isFinite(column[row])) continue;
      throw new InvalidInputError("not-finite", "a window has a value that is not finite");
    }
  }
}

/**
 * Copies some windows into the layout that a network computes on.
 *
 * @param windows checked windows
 * @param places which of them: `count` of these from `first` on
 * @param inputs overwritten: steps × count × channels, the oldest step first
 *
 * Cost: O(count · lengthBars · channels).
 */
export function gatherWindows(
  windows: SequenceWindows,
  places: { readonly order: Int32Array; readonly first: number; readonly count: number },
  inputs: Float64Array,
): void {
  const { columns, ends, lengthBars } = windows;
  const { order, first, count } = places;
  const channels = columns.length;
  for (let channel = 0; channel < channels; channel++) {
    const column = columns[channel]!;
    for (let i = 0; i < count; i++) {
      const start = ends[order[first + i]!]! - lengthBars + 1;
      for (let t = 0; t < lengthBars; t++) {
        inputs[(t * count + i) * channels + channel] = column[start + t]!;
      }
    }
  }
}
