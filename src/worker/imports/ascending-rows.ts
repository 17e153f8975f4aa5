import { REJECTIONS_KEPT_MAX } from "./row-limits.ts";
import { rowsByTime } from "./rows-by-time.ts";

/** A row that does not stand where its time belongs. Rows are numbered from 0 in the order of the file. */
export type OrderFault =
  | { readonly kind: "duplicate"; readonly row: number; readonly firstRow: number }
  | { readonly kind: "out-of-order"; readonly row: number; readonly previousRow: number };

/** Rows in ascending order of time, and those that were left out. */
export type AscendingRows = {
  readonly kept: Uint32Array;
  /** The first of the file's duplicates and of its rows out of order, at most FAULTS_KEPT_MAX of each. */
  readonly faults: readonly OrderFault[];
  readonly duplicateCount: number;
  readonly outOfOrderCount: number;
  /** The file was newest first. */
  readonly isReversed: boolean;
};

/** A file of fifteen million duplicates is possible; objects for all would be gigabytes. */
export const FAULTS_KEPT_MAX = REJECTIONS_KEPT_MAX;

/**
 * Rows that make a strictly ascending time axis.
 *
 * Of rows with one time the first stands. Of the others the fewest are left out that can be: one row
 * with a time far ahead costs itself, not all that follow. A file that runs downwards as a whole is
 * taken newest first.
 *
 * Cost: O(n) for a file in order, else O(n log n); at most 20 bytes a row.
 */
export function ascendingRows(times: Float64Array): AscendingRows {
  const steps = countSteps(times);
  const orderly = { faults: [], duplicateCount: 0, outOfOrderCount: 0 };
  if (steps.up === times.length - 1 || times.length < 2) {
    return { ...orderly, kept: identity(times.length), isReversed: false };
  }
  const isReversed = steps.down > steps.up;
  if (isReversed && steps.down === times.length - 1) {
    return { ...orderly, kept: identity(times.length).reverse(), isReversed };
  }
  const { unique, duplicates } = withoutDuplicates(times);
  const { kept, outOfOrder } = longestAscent(times, unique, isReversed ? -1 : 1);
  return {
    kept: isReversed ? kept.reverse() : kept,
    faults: [...duplicates, ...outOfOrder].sort((a, b) => a.row - b.row),
    duplicateCount: times.length - unique.length,
    outOfOrderCount: unique.length - kept.length,
    isReversed,
  };
}

function countSteps(times: Float64Array): { readonly up: number; readonly down: number } {
  let up = 0;
  let down = 0;
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] ?? 0) - (times[i - 1] ?? 0);
    if (step > 0) up += 1;
    if (step < 0) down += 1;
  }
  return { up, down };
}

function identity(length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  return rows;
}

/** Rows with a time of their own or the first with it, in file order; the first others as faults. */
function withoutDuplicates(times: Float64Array): {
  readonly unique: Uint32Array;
  readonly duplicates: OrderFault[];
} {
  const isFirst = firstWithTheirTime(times);
  const unique = new Uint32Array(isFirst.reduce((count, flag) => count + flag, 0));
  const duplicates: { kind: "duplicate"; row: number; firstRow: number }[] = [];
  let count = 0;
  for (let row = 0; row < times.length; row++) {
    if (isFirst[row] === 1) unique[count++] = row;
    else if (duplicates.length < FAULTS_KEPT_MAX) {
      duplicates.push({ kind: "duplicate", row, firstRow: row });
    }
  }
  const firstRowOf = new Map(duplicates.map(({ row }) => [times[row] ?? 0, row]));
  for (const row of unique) {
    const time = times[row] ?? 0;
    if (firstRowOf.has(time)) firstRowOf.set(time, row);
  }
  for (const fault of duplicates) fault.firstRow = firstRowOf.get(times[fault.row] ?? 0) ?? 0;
  return { unique, duplicates };
}

/** A flag for each row: 1 for the first of the file with its time, 0 for the others. */
function firstWithTheirTime(times: Float64Array): Uint8Array {
  const flags = new Uint8Array(times.length);
  let before = Number.NaN;
  for (const row of rowsByTime(times)) {
    const time = times[row] ?? 0;
    if (time !== before) flags[row] = 1;
    before = time;
  }
  return flags;
}

/**
 * Longest strictly ascending (direction −1: descending) subsequence, by patience sorting.
 * Source: Fredman (1975), "On computing the length of longest increasing subsequences".
 */
function longestAscent(
  times: Float64Array,
  rows: Uint32Array,
  direction: 1 | -1,
): { readonly kept: Uint32Array; readonly outOfOrder: OrderFault[] } {
  const valueAt = (index: number) => direction * (times[rows[index] ?? 0] ?? 0);
  const tails = new Uint32Array(rows.length);
  const previous = new Int32Array(rows.length);
  let length = 0;
  for (let index = 0; index < rows.length; index++) {
    const place = firstTailAtLeast(tails, length, valueAt(index), valueAt);
    previous[index] = place === 0 ? -1 : (tails[place - 1] ?? -1);
    tails[place] = index;
    if (place === length) length += 1;
  }
  const isKept = new Uint8Array(rows.length);
  for (let index = tails[length - 1] ?? 0; index >= 0; index = previous[index] ?? -1) {
    isKept[index] = 1;
  }
  return split(rows, isKept, length);
}

function firstTailAtLeast(
  tails: Uint32Array,
  length: number,
  value: number,
  valueAt: (index: number) => number,
): number {
  // Rows mostly follow each other: the end is looked at first.
  const last = length - 1;
  if (length > 0 && valueAt(tails[last] ?? 0) < value) return length;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(tails[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function split(
  rows: Uint32Array,
  isKept: Uint8Array,
  keptCount: number,
): { readonly kept: Uint32Array; readonly outOfOrder: OrderFault[] } {
  const kept = new Uint32Array(keptCount);
  const outOfOrder: OrderFault[] = [];
  let count = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    if (isKept[index] === 1) kept[count++] = row;
    else if (outOfOrder.length < FAULTS_KEPT_MAX) {
      outOfOrder.push({
        kind: "out-of-order",
        row,
        previousRow: rows[Math.max(0, index - 1)] ?? 0,
      });
    }
  }
  return { kept, outOfOrder };
}
