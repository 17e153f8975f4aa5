import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./calendar.ts";

/** A kline interval: where a bar begins, and where the next one does. UTC ms. */
export type Interval = {
  readonly label: string;
  readonly openOf: (timeMs: number) => number;
  readonly next: (openMs: number) => number;
};

const fixed = (label: string, lengthMs: number, anchorMs = 0): Interval => ({
  label,
  openOf: (timeMs) => Math.floor((timeMs - anchorMs) / lengthMs) * lengthMs + anchorMs,
  next: (openMs) => openMs + lengthMs,
});

const MONTH: Interval = {
  label: "1M",
  openOf: (timeMs) => monthStart(timeMs, 0),
  next: (openMs) => monthStart(openMs, 1),
};

function monthStart(timeMs: number, monthsLater: number): number {
  const date = new Date(timeMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1);
}

/** 1970-01-01 was a Thursday; Binance's weeks begin on Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Intervals of spot klines; USD-M has them all but 1s. */
export const INTERVALS: ReadonlyMap<string, Interval> = new Map(
  [
    fixed("1s", SECOND_MS),
    fixed("1m", MINUTE_MS),
    fixed("3m", 3 * MINUTE_MS),
    fixed("5m", 5 * MINUTE_MS),
    fixed("15m", 15 * MINUTE_MS),
    fixed("30m", 30 * MINUTE_MS),
    fixed("1h", HOUR_MS),
    fixed("2h", 2 * HOUR_MS),
    fixed("4h", 4 * HOUR_MS),
    fixed("6h", 6 * HOUR_MS),
    fixed("8h", 8 * HOUR_MS),
    fixed("12h", 12 * HOUR_MS),
    fixed("1d", DAY_MS),
    fixed("3d", 3 * DAY_MS),
    fixed("1w", 7 * DAY_MS, FIRST_MONDAY_MS),
    MONTH,
  ].map((interval) => [interval.label, interval]),
);

/** The interval in another time zone: bars begin so much earlier in UTC. */
export function shifted(interval: Interval, offsetMs: number): Interval {
  if (offsetMs === 0) return interval;
  return {
    label: interval.label,
    openOf: (timeMs) => interval.openOf(timeMs + offsetMs) - offsetMs,
    next: (openMs) => interval.next(openMs + offsetMs) - offsetMs,
  };
}
