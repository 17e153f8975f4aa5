/** A row that does not stand where its time belongs. Rows are numbered from 0 in the order of the file. */
export type OrderFault =
  | { readonly kind: "duplicate"; readonly row: number; readonly firstRow: number }
  | { readonly kind: "out-of-order"; readonly row: number; readonly previousRow: number };

/** Rows in ascending order of time, and those that were left out. */
export type AscendingRows = {
  readonly kept: Uint32Array;
  readonly faults: readonly OrderFault[];
  /** The file was newest first. */
  readonly isReversed: boolean;
};

/**
 * Rows that make a strictly ascending time axis.
 *
 * Of rows with one time the first stands. Of the others the fewest are left out that can be: one row
 * with a time far ahead costs itself, not all that follow. A file that runs downwards as a whole is
 * taken newest first.
 *
 * Cost: O(n) for a file in order, else O(n log n).
 */
export function ascendingRows(times: Float64Array): AscendingRows {
  const steps = countSteps(times);
  if (steps.up === times.length - 1 || times.length < 2) {
    return { kept: identity(times.length), faults: [], isReversed: false };
  }
  const isReversed = steps.down > steps.up;
  if (isReversed && steps.down === times.length - 1) {
    return { kept: identity(times.length).reverse(), faults: [], isReversed };
  }
  const { unique, duplicates } = withoutDuplicates(times);
  const direction = isReversed ? -1 : 1;
  const { kept, outOfOrder } = longestAscent(times, unique, direction);
  const faults = [...duplicates, ...outOfOrder].sort((a, b) => a.row - b.row);
  return { kept: isReversed ? kept.reverse() : kept, faults, isReversed };
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

/** Rows with a time of their own or the first with it, in file order; the others as faults. */
function withoutDuplicates(times: Float64Array): {
  readonly unique: Uint32Array;
  readonly duplicates: OrderFault[];
} {
  const byTime = identity(times.length).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const duplicates: OrderFault[] = [];
  const isDuplicate = new Uint8Array(times.length);
  let firstRow = byTime[0] ?? 0;
  for (const row of byTime.subarray(1)) {
    if (times[row] === times[firstRow]) {
      duplicates.push({ kind: "duplicate", row, firstRow });
      isDuplicate[row] = 1;
    } else {
      firstRow = row;
    }
  }
  return { unique: identity(times.length).filter((row) => isDuplicate[row] === 0), duplicates };
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
  return split(rows, isKept);
}

function firstTailAtLeast(
  tails: Uint32Array,
  length: number,
  value: number,
  valueAt: (index: number) => number,
): number {
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
): { readonly kept: Uint32Array; readonly outOfOrder: OrderFault[] } {
  const outOfOrder: OrderFault[] = [];
  const kept = rows.filter((row, index) => {
    if (isKept[index] === 1) return true;
    outOfOrder.push({ kind: "out-of-order", row, previousRow: rows[Math.max(0, index - 1)] ?? 0 });
    return false;
  });
  return { kept, outOfOrder };
}
