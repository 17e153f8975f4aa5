/**
 * When a market is open: "continuous" has a bar every interval, "weekdays" closes at weekends and, where
 * bars are shorter than a day, overnight.
 */
export type MarketCalendar = "continuous" | "weekdays";

const DAY_MS = 86_400_000;

/** 1970-01-01 was a Thursday; Sunday is 0. */
const WEEKDAY_OF_EPOCH = 4;
const SUNDAY = 0;
const SATURDAY = 6;

/**
 * Share of weekend bars below which a market is one that closes. A market that never closes has 2 of 7; a
 * stock exchange has a special session now and then; currencies open on Sunday evening, 3 of 120 hours.
 */
const WEEKEND_SHARE_MAX = 0.03;

/** Fewer bars without a weekend may be chance. */
const BARS_MIN = 6;

/**
 * Detect calendar: whether a series comes from a market that closes at weekends.
 *
 * Weekdays when less than 3 % of the bars open on a Saturday or Sunday (UTC) although the series spans at
 * least one whole day of a weekend; continuous otherwise. One special session on a Saturday, or one bar
 * with a wrong date, does not open a market.
 *
 * @param openTimeMs open times, strictly ascending, UTC milliseconds
 * @returns the calendar; "continuous" for fewer than 6 bars or a series within one week
 *
 * Cost: O(n).
 */
export function detectCalendar(openTimeMs: Float64Array): MarketCalendar {
  const n = openTimeMs.length;
  if (n < BARS_MIN || !spansWeekendDay(openTimeMs[0]!, openTimeMs[n - 1]!)) return "continuous";
  return isOpenAtWeekends(openTimeMs) ? "continuous" : "weekdays";
}

/**
 * Axis calendar: when there are bars on an axis that markets share.
 *
 * Where one market closes and another does not, their union has the bars of weekends and is continuous.
 *
 * @param openTimeMs open times of the axis, strictly ascending, UTC milliseconds
 * @param calendar "weekdays" when any market of the axis closes
 * @returns "weekdays" when less than 3 % of the bars of such markets open on a Saturday or Sunday (UTC)
 *
 * Cost: O(n).
 */
export function axisCalendar(openTimeMs: Float64Array, calendar: MarketCalendar): MarketCalendar {
  return calendar === "weekdays" && isOpenAtWeekends(openTimeMs) ? "continuous" : calendar;
}

function isOpenAtWeekends(openTimeMs: Float64Array): boolean {
  let weekendBars = 0;
  for (const timeMs of openTimeMs) if (isWeekend(timeMs)) weekendBars += 1;
  return weekendBars > 0 && weekendBars >= WEEKEND_SHARE_MAX * openTimeMs.length;
}

/**
 * Is weekend: whether a time is on a Saturday or Sunday.
 *
 * @param timeMs UTC milliseconds since 1970
 * @returns true on both days of the weekend, by the calendar of UTC
 */
export function isWeekend(timeMs: number): boolean {
  const weekday = (Math.floor(timeMs / DAY_MS) + WEEKDAY_OF_EPOCH) % 7;
  return weekday === SUNDAY || weekday === SATURDAY;
}

/** The first whole days of a span are enough to look at: a weekend is never a week away. */
function spansWeekendDay(firstMs: number, lastMs: number): boolean {
  for (let day = Math.ceil(firstMs / DAY_MS) * DAY_MS; day + DAY_MS <= lastMs; day += DAY_MS) {
    if (isWeekend(day)) return true;
  }
  return false;
}
