import type { MarketCalendar } from "../series/market-calendar.ts";

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
 * Continuous: 365 days of 24 hours, so 8,760 hourly bars. Weekdays: 252 sessions a year, of one bar when
 * bars are daily, and of `barsPerSession` when they are shorter: 7 hourly bars of a stock make 1,764;
 * longer bars (weeks) fill the calendar year.
 *
 * @param intervalMs length of a bar, positive
 * @param calendar when the market is open
 * @param options.barsPerSession bars that a trading day was seen to have (barsPerSession of the bars that
 *   are measured), ≥ 1; the default is a session of 6.5 hours, which the bars of few markets fill exactly
 * @returns bars a year, not rounded
 */
export function periodsPerYear(
  intervalMs: number,
  calendar: MarketCalendar,
  options: { readonly barsPerSession?: number } = {},
): number {
  if (calendar === "continuous" || intervalMs > DAY_MS) return (DAYS_OF_YEAR * DAY_MS) / intervalMs;
  if (intervalMs === DAY_MS) return TRADING_DAYS_OF_YEAR;
  return TRADING_DAYS_OF_YEAR * (options.barsPerSession ?? SESSION_MS / intervalMs);
}
