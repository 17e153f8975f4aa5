import type { EventRun } from "../backtest/event-engine.ts";

/** A named column of a run. */
export type RunColumn = { readonly name: string; readonly values: Float64Array };

/**
 * Columns that identify a run: what was asked, what was filled and what became of the equity, in a fixed
 * order. Two runs with the same bytes here are the same run.
 *
 * Values are copies in one form: every NaN is the same, and −0 is 0.
 *
 * @param run a finished run
 * @returns asks, fills, equity; names and order are part of the format and do not change
 *
 * Cost: O(bars + asks + fills).
 */
export function runColumns(run: EventRun): readonly RunColumn[] {
  const { asks, fills, equity } = run;
  const columns: readonly (readonly [string, Float64Array])[] = [
    ["asks.bar", asks.bar],
    ["asks.slot", asks.slot],
    ["asks.value", asks.value],
    ["fills.bar", fills.bar],
    ["fills.slot", fills.slot],
    ["fills.quantity", fills.quantity],
    ["fills.price", fills.price],
    ["fills.fee", fills.fee],
    ["fills.slippageCost", fills.slippageCost],
    ["fills.isMaker", fills.isMaker],
    ["equity", equity],
  ];
  return columns.map(([name, values]) => ({ name, values: canonical(values) }));
}

/** Adding 0 turns −0 into 0 and changes nothing else. */
function canonical(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? Number.NaN : value + 0));
}

/** The quiet NaN without payload: engines differ in which bits they write. */
const NAN_HIGH_BITS = 0x7ff80000;

/**
 * Bytes of columns, for a hash: the same on every machine.
 *
 * For each column: length of the name as uint32, its characters (ASCII, a byte each), number of values as
 * uint32, the values as float64; all little-endian. So no value can pass for one of the next column.
 *
 * @param columns see runColumns
 * @returns the bytes
 *
 * Cost: O(values).
 */
export function columnBytes(columns: readonly RunColumn[]): Uint8Array<ArrayBuffer> {
  const size = columns.reduce(
    (sum, { name, values }) => sum + 8 + name.length + values.byteLength,
    0,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { name, values } of columns) {
    view.setUint32(at, name.length, true);
    at += 4;
    for (let i = 0; i < name.length; i++) bytes[at++] = name.charCodeAt(i);
    view.setUint32(at, values.length, true);
    at += 4;
    for (const value of values) {
      if (Number.isNaN(value)) view.setUint32(at + 4, NAN_HIGH_BITS, true);
      else view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return bytes;
}
