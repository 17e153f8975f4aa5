/** How often a schedule comes round; "bar" is every bar. Days and weeks are UTC, weeks begin on Monday. */
export type CalendarPeriod = "bar" | "day" | "week" | "month";

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const EPOCH_DAYS_AFTER_MONDAY = 3;

/**
 * Number of the period that a time lies in: two times with the same number share it.
 *
 * The first bar of a new number is due. So a schedule depends on the calendar, not on where the bars
 * begin, and needs no later bar to be known.
 *
 * @param period of a schedule
 * @param timeMs UTC milliseconds
 * @returns a whole number, larger for later periods; for "bar" the time itself
 */
export function periodNumber(period: CalendarPeriod, timeMs: number): number {
  const days = Math.floor(timeMs / DAY_MS);
  switch (period) {
    case "bar":
      return timeMs;
    case "day":
      return days;
    case "week":
      return Math.floor((days + EPOCH_DAYS_AFTER_MONDAY) / 7);
    case "month": {
      const date = new Date(timeMs);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
  }
}
