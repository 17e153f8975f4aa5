import { InvalidInputError } from "../../invalid-input-error.ts";
import type { FeatureTable } from "../training-data.ts";

/**
 * A trained model, as explanations see it: what it says of the rows at some places of a table. A row may be
 * predicted from the rows before it too.
 *
 * @returns of each place one value, or the probabilities of all classes one after the other
 */
export type RowPredictor = (table: FeatureTable, places: Int32Array) => Float64Array;

/** Rows that are predicted at once: few enough that progress is told, and cancelling heard, often. */
const ROWS_AT_ONCE = 1_000;

/**
 * Predictions of many rows, told in parts.
 *
 * @param predict the model
 * @param table all rows
 * @param places those to predict, ≥ 1
 * @param onPart called with the share done after each part; throws to cancel
 * @returns as the model's, for all places
 * @throws {InvalidInputError} "length-mismatch": the model does not answer each place alike
 */
export function predictInParts(
  predict: RowPredictor,
  table: FeatureTable,
  places: Int32Array,
  onPart: (share: number) => void,
): Float64Array {
  let all: Float64Array | null = null;
  let width = 0;
  for (let from = 0; from < places.length; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, places.length);
    const part = predict(table, places.subarray(from, to));
    if (all === null) {
      width = part.length / (to - from);
      all = new Float64Array(places.length * width);
    }
    if (!(Number.isInteger(width) && width >= 1 && part.length === (to - from) * width)) {
      throw new InvalidInputError("length-mismatch", "the model does not answer each row alike");
    }
    all.set(part, from * width);
    onPart(to / places.length);
  }
  return all ?? new Float64Array(0);
}

/**
 * Table with some columns replaced; the others are shared, not copied.
 *
 * @param table any
 * @param replaced new columns by place
 * @returns a table of the same rows
 */
export function withColumns(
  table: FeatureTable,
  replaced: ReadonlyMap<number, Float64Array>,
): FeatureTable {
  return { ...table, columns: table.columns.map((column, j) => replaced.get(j) ?? column) };
}

/**
 * Entry check of places.
 *
 * @param table any
 * @param places ≥ 1 rows of it
 * @throws {InvalidInputError} "too-short": none; "out-of-range": there is no such row
 */
export function requirePlaces(table: FeatureTable, places: Int32Array): void {
  if (places.length === 0) throw new InvalidInputError("too-short", "there are no rows to explain");
  for (const place of places) {
    if (place < 0 || place >= table.rowCount) {
      throw new InvalidInputError("out-of-range", `there is no row ${place}`);
    }
  }
}
