import { expect, test } from "vitest";
import { barsPerSession } from "./bars-per-session.ts";
import { axisCalendar, detectCalendar, isWeekend } from "./market-calendar.ts";
import { missingBars } from "./missing-bars.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2024-01-01, a Monday. */
const START_MS = Date.UTC(2024, 0, 1);

function every(stepMs: number, days: number): number[] {
  return Array.from({ length: (days * DAY_MS) / stepMs }, (_, i) => START_MS + i * stepMs);
}

/** Seven hourly bars a weekday from 14:30 UTC, an hour earlier in the second half of each year. */
function stockHours(days: number): number[] {
  return every(DAY_MS, days)
    .filter((day) => !isWeekend(day))
    .flatMap((day) => {
      const isSummer = Math.floor((day - START_MS) / DAY_MS) % 364 >= 182;
      const openMs = (isSummer ? 13.5 : 14.5) * HOUR_MS;
      return Array.from({ length: 7 }, (_, i) => day + openMs + i * HOUR_MS);
    });
}

/** Hourly from Sunday 21:00 to Friday 21:00 UTC, as currencies trade. */
function currencyHours(days: number): number[] {
  return every(HOUR_MS, days).filter((time) => {
    const hourOfWeek = ((time - START_MS) / HOUR_MS) % 168;
    return hourOfWeek < 117 || hourOfWeek >= 165;
  });
}

const weekdays = every(DAY_MS, 3_000).filter((day) => !isWeekend(day));

test.each([
  { name: "bars every hour", times: every(HOUR_MS, 30), calendar: "continuous" },
  { name: "bars every day", times: every(DAY_MS, 30), calendar: "continuous" },
  { name: "bars every hour within one week", times: every(HOUR_MS, 5), calendar: "continuous" },
  { name: "five daily bars", times: weekdays.slice(0, 5), calendar: "continuous" },
  { name: "six daily bars over a weekend", times: weekdays.slice(0, 6), calendar: "weekdays" },
  { name: "currencies, open on Sunday evening", times: currencyHours(60), calendar: "weekdays" },
  { name: "no bars", times: [], calendar: "continuous" },
] as const)("$name: $calendar", ({ times, calendar }) => {
  expect(detectCalendar(Float64Array.from(times))).toBe(calendar);
});

test.each([
  { name: "of stocks and coins", times: every(HOUR_MS, 30), is: "continuous" },
  { name: "of daily stocks and coins", times: every(DAY_MS, 30), is: "continuous" },
  { name: "of stocks", times: stockHours(30), is: "weekdays" },
  { name: "of stocks within one week", times: weekdays.slice(0, 4), is: "weekdays" },
  { name: "of currencies", times: currencyHours(60), is: "weekdays" },
  { name: "without bars", times: [], is: "weekdays" },
] as const)("an axis $name is $is", ({ times, is }) => {
  const openTimeMs = Float64Array.from(times);
  expect(axisCalendar(openTimeMs, "weekdays")).toBe(is);
  expect(axisCalendar(openTimeMs, "continuous")).toBe("continuous");
});

test("regression: one Saturday bar in years of weekdays made the market continuous", () => {
  const saturday = START_MS + 5 * DAY_MS;
  const times = Float64Array.from([...weekdays, saturday]).sort();
  expect(detectCalendar(times)).toBe("weekdays");
  expect(missingBars(times, { intervalMs: DAY_MS, calendar: "weekdays" }, 9).missingBars).toBe(0);
});

test("regression: a year of seven bars a weekday was taken for a market that never closes", () => {
  const times = Float64Array.from(stockHours(364));
  const schedule = { intervalMs: HOUR_MS, calendar: detectCalendar(times) };
  expect(schedule.calendar).toBe("weekdays");
  expect(barsPerSession(times)).toBe(7);
  // The clocks change in the middle of it, which is no gap either.
  expect(missingBars(times, schedule, 9)).toEqual({ missingBars: 0, runs: [] });
});

test("bars missing within a session, over a night and on a whole day are runs of their own", () => {
  const complete = stockHours(60);
  const gone = new Set([8, 9, 20, 21, ...Array.from({ length: 7 }, (_, i) => 70 + i)]);
  const times = Float64Array.from(complete.filter((_, i) => !gone.has(i)));
  expect(missingBars(times, { intervalMs: HOUR_MS, calendar: "weekdays" }, 9)).toEqual({
    missingBars: 11,
    runs: [
      { startMs: complete[8], missingBars: 2 },
      { startMs: complete[20], missingBars: 2 },
      { startMs: complete[70], missingBars: 7 },
    ],
  });
});

test("what lies before the first bar and after the last is not missing", () => {
  const times = Float64Array.from(stockHours(60).slice(3, -3));
  expect(missingBars(times, { intervalMs: HOUR_MS, calendar: "weekdays" }, 9).missingBars).toBe(0);
});

test("a break at noon is no gap", () => {
  const times = Float64Array.from(stockHours(60).filter((_, i) => i % 7 !== 3));
  expect(missingBars(times, { intervalMs: HOUR_MS, calendar: "weekdays" }, 9).missingBars).toBe(0);
  expect(barsPerSession(times)).toBe(6);
});

test("a market that never closes misses every interval without a bar", () => {
  const times = Float64Array.from(every(HOUR_MS, 3).filter((_, i) => i % 10 !== 5));
  const missing = missingBars(times, { intervalMs: HOUR_MS, calendar: "continuous" }, 2);
  expect(missing).toEqual({
    missingBars: 7,
    runs: [5, 15].map((i) => ({ startMs: START_MS + i * HOUR_MS, missingBars: 1 })),
  });
});

test("half days and cut days do not change how many bars a session has", () => {
  const complete = stockHours(28);
  expect(barsPerSession(Float64Array.from(complete.slice(4)))).toBe(7);
  expect(barsPerSession(Float64Array.from(complete.filter((_, i) => i < 35 || i > 38)))).toBe(7);
  expect(barsPerSession(new Float64Array())).toBeNull();
});
