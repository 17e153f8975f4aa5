import { expect, test } from "vitest";
import { isAheadOfVenue } from "./is-ahead-of-venue.ts";

const NOW_MS = Date.UTC(2026, 0, 5, 10);
const clock = { offsetMs: 0, nowMs: () => NOW_MS };
const MINUTE_MS = 60_000;

test.each([
  { name: "the past", timeMs: NOW_MS - MINUTE_MS, lastMs: NOW_MS, isAhead: false },
  {
    name: "a clock that is a little off",
    timeMs: NOW_MS + MINUTE_MS,
    lastMs: null,
    isAhead: false,
  },
  {
    name: "an hour ahead of everything",
    timeMs: NOW_MS + 60 * MINUTE_MS,
    lastMs: NOW_MS,
    isAhead: true,
  },
  {
    name: "an hour ahead, of the first trade",
    timeMs: NOW_MS + 60 * MINUTE_MS,
    lastMs: null,
    isAhead: true,
  },
  {
    name: "a fast recording, whose trades run ahead together",
    timeMs: NOW_MS + 60 * MINUTE_MS,
    lastMs: NOW_MS + 59 * MINUTE_MS,
    isAhead: false,
  },
])(
  "regression: one wrong time ahead closed bars until then ($name)",
  ({ timeMs, lastMs, isAhead }) => {
    expect(isAheadOfVenue(timeMs, clock, lastMs)).toBe(isAhead);
  },
);

test("nothing is ahead of a clock that was never asked", () => {
  const unasked = { offsetMs: null, nowMs: () => 0 };
  expect(isAheadOfVenue(NOW_MS, unasked, null)).toBe(false);
});
