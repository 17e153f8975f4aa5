import type { TimestampUnit } from "#contracts/upload.ts";
import { parseNumber } from "./parse-number.ts";

/** A moment as a cell states it: UTC milliseconds, and the offset of the clock that it was written by. */
export type CellTime = { readonly utcMs: number; readonly offsetMin: number };

/** Times before 1970 or from 2100 on are a wrong unit, not data. */
const TIME_MAX_MS = Date.UTC(2100, 0, 1);

const DATE = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/;
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads a time in a given unit. Text without an offset is UTC.
 *
 * @returns null when the text is no time in that unit, or not between 1970 and 2100
 */
export function parseTime(text: string, unit: TimestampUnit): CellTime | null {
  const time = unparsedRange(text, unit);
  if (time === null || !(time.utcMs >= 0 && time.utcMs < TIME_MAX_MS)) return null;
  return time;
}

function unparsedRange(text: string, unit: TimestampUnit): CellTime | null {
  switch (unit) {
    case "s":
      return atUtcMs(Math.round(parseNumber(text) * 1_000));
    case "ms":
      return atUtcMs(Math.floor(parseNumber(text)));
    case "us":
      // Divided, not multiplied by 0.001: only the division is exact for whole milliseconds.
      return atUtcMs(Math.floor(parseNumber(text) / 1_000));
    case "ns":
      return nanosecondTime(text);
    case "iso":
      return parseDateTime(text) ?? parseDate(text);
    case "date":
      return parseDate(text);
  }
}

function atUtcMs(utcMs: number): CellTime | null {
  return Number.isNaN(utcMs) ? null : { utcMs, offsetMin: 0 };
}

/** Nineteen digits are more than a double holds, so those of the milliseconds are cut off as text. */
function nanosecondTime(text: string): CellTime | null {
  const isWhole = /^\d{7,25}$/.test(text);
  return atUtcMs(isWhole ? Number(text.slice(0, -6)) : Math.floor(parseNumber(text) / 1e6));
}

function parseDate(text: string): CellTime | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [, year, , month, day] = match;
  const utcMs = dateUtcMs(Number(year), Number(month), Number(day));
  return utcMs === null ? null : { utcMs, offsetMin: 0 };
}

function parseDateTime(text: string): CellTime | null {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds = "0", fraction = "0", zone = "Z"] = match;
  const date = dateUtcMs(Number(year), Number(month), Number(day));
  const isClock = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (date === null || !isClock) return null;
  const offsetMin = zoneOffsetMin(zone);
  const clockMs =
    ((Number(hours) * 60 + Number(minutes) - offsetMin) * 60 + Number(seconds)) * 1_000;
  const fractionMs = Math.floor(Number(`0.${fraction}`) * 1_000);
  return { utcMs: date + clockMs + fractionMs, offsetMin };
}

/** UTC midnight of a date of the calendar; null for 30 February. */
function dateUtcMs(year: number, month: number, day: number): number | null {
  const utcMs = Date.UTC(year, month - 1, day);
  const date = new Date(utcMs);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? utcMs : null;
}

function zoneOffsetMin(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || "0"));
}
