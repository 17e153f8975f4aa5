import type { MarketCalendar } from "../series/market-calendar.ts";
import { isWeekend } from "../series/market-calendar.ts";
import type { EquityCurve } from "./reported-run.ts";

/**
 * What a month or a year made of the equity before it. `value` is a fraction, null where that equity was
 * zero or below (ruin). `isPartial` says that the record begins after the period did, or ends before it.
 */
export type PeriodReturn = {
  readonly startEquity: number;
  readonly endEquity: number;
  readonly value: number | null;
  readonly bars: number;
  readonly isPartial: boolean;
};

/** A row of the monthly table: twelve months, null where there is no bar, and the year itself. */
export type YearOfReturns = {
  readonly year: number;
  readonly months: readonly (PeriodReturn | null)[];
  readonly total: PeriodReturn;
};

const DAY_MS = 86_400_000;
const MONTHS_OF_YEAR = 12;

/**
 * Weekdays that may be missing at the edge of a whole month: New Year's Day, Good Friday and the like fall
 * there, never two in a row on weekdays of the exchanges that we know.
 */
const HOLIDAYS_AT_EDGE = 1;

/**
 * Returns by calendar month and year (UTC): the monthly table of a report.
 *
 * A bar belongs to the month in which it opens; a month runs from the last equity before its first bar to
 * its own last. A month is partial when the record leaves out an edge of it: an interval or more of a
 * continuous market, more than one weekday of one that closes.
 *
 * @param curve equity on its bars, open times ascending, UTC milliseconds
 * @param market.intervalMs length of a bar
 * @param market.calendar when the market is open
 * @returns a row for each year from the first bar to the last, also for one without bars; months compound
 *   to their year, and years to the total return
 *
 * Cost: O(n).
 */
export function periodReturns(
  curve: EquityCurve,
  market: { readonly intervalMs: number; readonly calendar: MarketCalendar },
): readonly YearOfReturns[] {
  const { openTimeMs, equity, initialEquity } = curve;
  const n = openTimeMs.length;
  if (n === 0) return [];
  const firstMs = openTimeMs[0]!;
  const endMs = openTimeMs[n - 1]! + market.intervalMs;
  const isPartial = (fromMs: number, toMs: number): boolean =>
    isCut(fromMs, firstMs, market) || isCut(endMs, toMs, market);
  const firstYear = yearOf(firstMs);
  const years = yearOf(openTimeMs[n - 1]!) - firstYear + 1;
  let bar = 0;
  let before = initialEquity;
  return Array.from({ length: years }, (_, index) => {
    const year = firstYear + index;
    const yearStart = { bar, equity: before };
    const months = Array.from({ length: MONTHS_OF_YEAR }, (__, month) => {
      const start = { bar, equity: before };
      const toMs = Date.UTC(year, month + 1);
      while (bar < n && openTimeMs[bar]! < toMs) bar += 1;
      if (bar === start.bar) return null;
      before = equity[bar - 1]!;
      return returnOf(start, { bar, equity: before }, isPartial(Date.UTC(year, month), toMs));
    });
    const end = { bar, equity: before };
    const total = returnOf(yearStart, end, isPartial(Date.UTC(year, 0), Date.UTC(year + 1, 0)));
    return { year, months, total };
  });
}

type Moment = { readonly bar: number; readonly equity: number };

function returnOf(start: Moment, end: Moment, isPartial: boolean): PeriodReturn {
  return {
    startEquity: start.equity,
    endEquity: end.equity,
    value: start.equity > 0 ? end.equity / start.equity - 1 : null,
    bars: end.bar - start.bar,
    isPartial,
  };
}

function yearOf(timeMs: number): number {
  return new Date(timeMs).getUTCFullYear();
}

/** Whether a market would have had bars between two times. */
function isCut(
  fromMs: number,
  toMs: number,
  market: { readonly intervalMs: number; readonly calendar: MarketCalendar },
): boolean {
  if (market.calendar === "continuous") return toMs - fromMs >= market.intervalMs;
  let weekdays = 0;
  // A session is over before its day is, so a day that has begun counts as there.
  const firstDay = Math.ceil(fromMs / DAY_MS) * DAY_MS;
  for (let day = firstDay; day + DAY_MS <= toMs && weekdays <= HOLIDAYS_AT_EDGE; day += DAY_MS) {
    if (!isWeekend(day)) weekdays += 1;
  }
  return weekdays > HOLIDAYS_AT_EDGE;
}
