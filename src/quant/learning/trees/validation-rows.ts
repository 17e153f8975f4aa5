import { InvalidInputError } from "../../invalid-input-error.ts";

/** Rows that are learned from, and later ones that say when to stop; both ascending. */
export type RowParts = { readonly training: Int32Array; readonly validation: Int32Array };

/** How the last rows are taken. */
export type ValidationSplit = {
  /** Share of the rows, in [0, 1). */
  readonly share: number;
  /** Rows before them that are left out. */
  readonly gapRows: number;
  /** Time of each row of the table; null: they stand in time order. */
  readonly times: Float64Array | null;
};

/**
 * Divides rows in time: the last of them are for validation, never a drawn share, since neighbours in
 * time know of each other.
 *
 * Rows of one time stay together, so that several pairs of one bar are on one side.
 *
 * @param rows indices, ascending
 * @param split share, gap and times
 * @returns both parts; no validation when the share is 0
 * @throws {InvalidInputError} "too-short": a part would be empty
 *
 * Cost: O(rows log rows) with times, else O(rows).
 */
export function validationRows(rows: Int32Array, split: ValidationSplit): RowParts {
  const { share, gapRows, times } = split;
  if (share === 0) return { training: rows, validation: new Int32Array(0) };
  const order = times === null ? rows : rows.toSorted((a, b) => times[a]! - times[b]! || a - b);
  let cut = order.length - Math.round(share * order.length);
  if (times !== null && cut < order.length) {
    while (cut > 0 && times[order[cut - 1]!] === times[order[cut]!]) cut--;
  }
  const training = order.slice(0, Math.max(0, cut - gapRows)).sort();
  const validation = order.slice(cut).sort();
  if (training.length === 0 || validation.length === 0) {
    throw new InvalidInputError("too-short", "there are too few rows to keep some for validation");
  }
  return { training, validation };
}
