import type { BarColumns, RawColumn } from "../features/feature-source.ts";

/** Why a bar gives no row, in the order of their codes, which begin with 1. */
export const ABSENCE_REASONS = [
  /** Too few bars before it. */
  "look-back",
  /** A bar that is read is missing. */
  "gap",
  /** The label would read past the end of the data. */
  "past-end",
  /** All bars are there, and yet there is no value: a flat window, a quotient by 0. */
  "undefined",
] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

/** Codes of a column of reasons; PRESENT is none. */
export const PRESENT = 0;
export const LOOK_BACK = 1;
export const GAP = 2;
export const PAST_END = 3;
export const UNDEFINED = 4;

/**
 * Last bar up to each bar at which something was missing.
 *
 * @param bars aligned columns, n bars
 * @param read those that count
 * @returns n places; −1 while nothing has been missing
 *
 * Cost: O(columns · n).
 */
export function lastGaps(bars: BarColumns, read: readonly RawColumn[]): Int32Array {
  const n = bars.openTimeMs.length;
  const gaps = new Int32Array(n).fill(-1);
  for (const name of read) {
    const column = bars.columns[name];
    if (column === undefined) continue;
    for (let t = 0; t < n; t++) if (Number.isNaN(column[t]!)) gaps[t] = t;
  }
  for (let t = 1; t < n; t++) gaps[t] = Math.max(gaps[t]!, gaps[t - 1]!);
  return gaps;
}

/**
 * Why a value is missing at a bar.
 *
 * @param gaps see lastGaps
 * @param bar place of the bar
 * @param warmUpBars first bar that can have the value when none is missing
 * @returns LOOK_BACK, GAP or UNDEFINED
 */
export function absenceAt(gaps: Int32Array, bar: number, warmUpBars: number): number {
  if (bar < warmUpBars) return LOOK_BACK;
  const gap = gaps[bar]!;
  return gap >= 0 && bar - gap <= warmUpBars ? GAP : UNDEFINED;
}
