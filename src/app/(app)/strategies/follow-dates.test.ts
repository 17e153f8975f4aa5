import { expect, test } from "vitest";
import { followDates } from "./follow-dates.ts";

const EMPTY = { startMs: null, endMs: null };
const FIRST = { formation: { startMs: 1, endMs: 20 }, trading: { startMs: 20, endMs: 30 } };
const SECOND = { formation: { startMs: 5, endMs: 25 }, trading: { startMs: 25, endMs: 35 } };

test("regression: another leg reset dates that were typed", () => {
  const typed = { formation: { startMs: 1, endMs: 18 }, trading: FIRST.trading };
  expect(followDates(typed, FIRST, SECOND)).toEqual({
    formation: { startMs: 5, endMs: 18 },
    trading: SECOND.trading,
  });
});

test("dates that nobody chose are those of the legs", () => {
  const none = { formation: EMPTY, trading: EMPTY };
  expect(followDates(none, none, FIRST)).toEqual(FIRST);
});
