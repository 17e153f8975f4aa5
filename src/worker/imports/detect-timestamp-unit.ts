import type { TimestampUnit } from "#contracts/upload.ts";
import { parseNumber } from "./parse-number.ts";
import { parseTime } from "./parse-time.ts";

/** Bounds of a number of seconds between 1973 and 2286; other units are powers of ten of it. */
const SECONDS_MIN = 1e8;
const SECONDS_END = 1e10;

/**
 * Unit in which most of the cells are times.
 *
 * Numbers are told apart by size: the units do not overlap between 1973 and 2286. Eight digits that make
 * a date of the calendar (20230131) are a date.
 *
 * @returns null when the cells are no times
 */
export function detectTimestampUnit(cells: readonly string[]): TimestampUnit | null {
  const counts = new Map<TimestampUnit, number>();
  for (const cell of cells) {
    const unit = unitOf(cell);
    if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] * 2 > cells.length ? best[0] : null;
}

function unitOf(cell: string): TimestampUnit | null {
  if (parseTime(cell, "date") !== null) return "date";
  if (parseTime(cell, "iso") !== null) return "iso";
  const value = parseNumber(cell);
  if (value >= SECONDS_MIN && value < SECONDS_END) return "s";
  if (value >= SECONDS_MIN * 1e3 && value < SECONDS_END * 1e3) return "ms";
  if (value >= SECONDS_MIN * 1e6 && value < SECONDS_END * 1e6) return "us";
  if (value >= SECONDS_MIN * 1e9 && value < SECONDS_END * 1e9) return "ns";
  return null;
}
