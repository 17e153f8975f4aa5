import { expect, test } from "vitest";
import { isChartGap } from "./is-chart-gap.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FRIDAY = Date.UTC(2024, 0, 5);

test.each([
  { name: "the next bar", calendar: "continuous", beforeMs: 0, afterMs: HOUR_MS, gap: false },
  { name: "a missing bar", calendar: "continuous", beforeMs: 0, afterMs: 2 * HOUR_MS, gap: true },
  {
    name: "a night of a market that closes",
    calendar: "weekdays",
    beforeMs: FRIDAY - 4 * HOUR_MS,
    afterMs: FRIDAY + 14 * HOUR_MS,
    gap: false,
  },
  {
    name: "a long weekend of a market that closes",
    calendar: "weekdays",
    beforeMs: FRIDAY + 20 * HOUR_MS,
    afterMs: FRIDAY + 4 * DAY_MS + 14 * HOUR_MS,
    gap: false,
  },
  {
    name: "an hour missing within a day of a market that closes",
    calendar: "weekdays",
    beforeMs: FRIDAY + 14 * HOUR_MS,
    afterMs: FRIDAY + 16 * HOUR_MS,
    gap: true,
  },
  {
    name: "a week without a market that closes",
    calendar: "weekdays",
    beforeMs: FRIDAY,
    afterMs: FRIDAY + 7 * DAY_MS,
    gap: true,
  },
] as const)("$name: a gap is $gap", ({ calendar, beforeMs, afterMs, gap }) => {
  expect(isChartGap(beforeMs, afterMs, { intervalMs: HOUR_MS, calendar })).toBe(gap);
});
