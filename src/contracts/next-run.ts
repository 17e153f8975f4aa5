/** When a universe is scanned again, in UTC: every day, or on one day of the week (1 Monday … 7 Sunday). */
export type Cadence =
  | { readonly kind: "daily"; readonly hourUtc: number }
  | { readonly kind: "weekly"; readonly weekday: number; readonly hourUtc: number };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;

/** 1 January 1970 was a Thursday. */
const WEEKDAY_OF_EPOCH = 4;

/** ISO number of the weekday of a UTC time: 1 Monday … 7 Sunday. */
export function isoWeekday(timeMs: number): number {
  const days = Math.floor(timeMs / DAY_MS);
  return ((((days + WEEKDAY_OF_EPOCH - 1) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1;
}

/**
 * Next run: the first moment of the cadence that lies after a given one.
 *
 * Whole UTC days are 24 hours long, so no clock change moves a run.
 *
 * @param afterMs UTC milliseconds; a run due at this very moment is not the next one
 * @returns UTC milliseconds on a whole hour
 */
export function nextRunMs(cadence: Cadence, afterMs: number): number {
  const midnightMs = Math.floor(afterMs / DAY_MS) * DAY_MS;
  const daysAhead =
    cadence.kind === "daily"
      ? 0
      : (cadence.weekday - isoWeekday(midnightMs) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
  const candidateMs = midnightMs + daysAhead * DAY_MS + cadence.hourUtc * HOUR_MS;
  if (candidateMs > afterMs) return candidateMs;
  return candidateMs + (cadence.kind === "daily" ? DAY_MS : DAYS_OF_WEEK * DAY_MS);
}
