import { barsPerSession } from "../series/bars-per-session.ts";
import { axisCalendar, type MarketCalendar } from "../series/market-calendar.ts";
import { periodsPerYear } from "./periods-per-year.ts";

/**
 * What of a market decides how many bars a year of it has, besides its bars. Of several markets the calendar
 * is "weekdays" when any of them closes; whether their common axis does is seen from the bars.
 */
export type SessionTerms = { readonly intervalMs: number; readonly calendar: MarketCalendar };

/**
 * Periods per year as given bars tell it: see periodsPerYear.
 *
 * What decides a trade (a size by volatility, a choice of parameters) takes the bars that were known then
 * and no others: the sessions of a market get longer and shorter.
 *
 * @param openTimeMs of the bars that were known, strictly ascending, UTC milliseconds; possibly none
 * @param terms interval and calendar
 * @returns bars a year; without a bar on a weekday that of the default session
 *
 * Cost: O(n).
 */
export function seenPeriodsPerYear(
  openTimeMs: Float64Array,
  { intervalMs, calendar }: SessionTerms,
): number {
  const seen = barsPerSession(openTimeMs);
  return periodsPerYear(
    intervalMs,
    axisCalendar(openTimeMs, calendar),
    seen === null ? {} : { barsPerSession: seen },
  );
}
