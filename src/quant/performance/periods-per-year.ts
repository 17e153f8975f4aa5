/** When a market is open: always, or on weekdays as a stock exchange is. */
export type MarketCalendar = "continuous" | "weekdays";

const DAY_MS = 86_400_000;
const DAYS_OF_YEAR = 365;

/**
 * Trading days a year and hours a day of the United States' stock exchanges, the convention of the
 * field.
 */
const TRADING_DAYS_OF_YEAR = 252;
const SESSION_MS = 6.5 * 3_600_000;

/**
 * Periods per year: how many bars of an interval a year of a market has.
 *
 * Continuous: 365 days of 24 hours, so 8,760 hourly bars. Weekdays: 252 daily bars; shorter bars
 * fill sessions of 6.5 hours on those days; longer bars (weeks) fill the calendar year.
 *
 * @param intervalMs length of a bar, positive
 * @param calendar when the market is open
 * @returns bars a year, not rounded
 */
export function periodsPerYear(intervalMs: number, calendar: MarketCalendar): number {
  if (calendar === "continuous" || intervalMs > DAY_MS) return (DAYS_OF_YEAR * DAY_MS) / intervalMs;
  if (intervalMs === DAY_MS) return TRADING_DAYS_OF_YEAR;
  return (TRADING_DAYS_OF_YEAR * SESSION_MS) / intervalMs;
}
