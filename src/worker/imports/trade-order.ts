import { FAULTS_KEPT_MAX } from "./ascending-rows.ts";
import { rowsByTime } from "./rows-by-time.ts";

/** A trade that stood in the file before. Rows are numbered from 0 in the order of the file. */
export type RepeatedTrade = { readonly row: number; readonly firstRow: number };

/** Rows of trades in order of time, each trade once. */
export type TradeOrder = {
  readonly kept: Uint32Array;
  /** The first of the repeated trades by row, at most FAULTS_KEPT_MAX. */
  readonly repeated: readonly RepeatedTrade[];
  readonly repeatedCount: number;
  /** The file had the trades in this order already. */
  readonly wasInOrder: boolean;
};

/** Columns that tell trades apart, one value a row. */
export type TradeIdentity =
  | { readonly kind: "id"; readonly id: Float64Array }
  /** Without ids: trades of one moment are one trade when all these are equal. */
  | { readonly kind: "values"; readonly values: readonly Float64Array[] };

/**
 * Order of trades and their repeats: the same id, or without ids everything equal. The first in the file
 * stands. Trades of one moment stay in the order of the file.
 *
 * @param times whole milliseconds since 1970, not negative
 *
 * Cost: O(n), O(n log n) when many trades without ids have one time.
 */
export function tradeOrder(times: Float64Array, identity: TradeIdentity): TradeOrder {
  const byTime = ascends(times) ? inFileOrder(times.length) : rowsByTime(times);
  const groups =
    identity.kind === "id"
      ? repeatedIds(identity.id)
      : repeatedValues(times, byTime, identity.values);
  const isRepeat = new Uint8Array(times.length);
  const repeated: RepeatedTrade[] = [];
  let repeatedCount = 0;
  for (const repeat of groups) {
    isRepeat[repeat.row] = 1;
    repeatedCount += 1;
    keepEarliest(repeated, repeat);
  }
  const kept = repeatedCount === 0 ? byTime : byTime.filter((row) => isRepeat[row] === 0);
  return {
    kept,
    repeated: repeated.sort((a, b) => a.row - b.row).slice(0, FAULTS_KEPT_MAX),
    repeatedCount,
    wasInOrder: ascends(kept),
  };
}

/** Whether no value is below the one before it. */
function ascends(values: Float64Array | Uint32Array): boolean {
  for (let i = 1; i < values.length; i++) {
    if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return false;
  }
  return true;
}

function inFileOrder(count: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** Keeps the repeats that stand first in the file, with room to spare so that few of them are sorted. */
function keepEarliest(repeated: RepeatedTrade[], repeat: RepeatedTrade): void {
  repeated.push(repeat);
  if (repeated.length < 4 * FAULTS_KEPT_MAX) return;
  repeated.sort((a, b) => a.row - b.row);
  repeated.length = FAULTS_KEPT_MAX;
}

function* repeatedIds(ids: Float64Array): Generator<RepeatedTrade> {
  // The sort is stable, so that of one id the first row of the file comes first.
  const byId = ascends(ids) ? inFileOrder(ids.length) : rowsByTime(ids);
  let firstRow = byId[0] ?? 0;
  for (let i = 1; i < byId.length; i++) {
    const row = byId[i] ?? 0;
    if (ids[row] === ids[firstRow]) yield { row, firstRow };
    else firstRow = row;
  }
}

function* repeatedValues(
  times: Float64Array,
  byTime: Uint32Array,
  values: readonly Float64Array[],
): Generator<RepeatedTrade> {
  let start = 0;
  for (let end = 1; end <= byTime.length; end++) {
    if (end < byTime.length && times[byTime[end] ?? 0] === times[byTime[start] ?? 0]) continue;
    if (end - start > 1) yield* repeatedAtOnce(byTime.slice(start, end), values);
    start = end;
  }
}

function* repeatedAtOnce(
  rows: Uint32Array,
  values: readonly Float64Array[],
): Generator<RepeatedTrade> {
  const compare = (a: number, b: number) => {
    for (const column of values) {
      const difference = (column[a] ?? 0) - (column[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  // Rows of one moment are in the order of the file, and the sort is stable.
  rows.sort(compare);
  let firstRow = rows[0] ?? 0;
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    if (compare(row, firstRow) === 0) yield { row, firstRow };
    else firstRow = row;
  }
}
