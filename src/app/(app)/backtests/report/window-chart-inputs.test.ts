import { expect, test } from "vitest";
import { bookPlaceOf, firstPair, windowSpan } from "./window-chart-inputs.ts";

const NO_FIGURES = { fit: null, refusal: null, figures: [] };

test("a pair of a window is found among the books of the report by its legs, in their order", () => {
  const books = [
    { ...NO_FIGURES, instruments: [0, 1] },
    { ...NO_FIGURES, instruments: [1, 0] },
  ];
  expect(bookPlaceOf(books, { instruments: [1, 0] })).toBe(1);
  expect(bookPlaceOf(books, { instruments: [2, 0] })).toBe(-1);
});

test("the last bar of a window is in its span", () => {
  expect(windowSpan({ tradingStartMs: 10, tradingEndMs: 40 }, 5)).toEqual({
    startMs: 10,
    endMs: 45,
  });
});

test("the pair with the most trades is looked at first, one that could not be fitted never before", () => {
  const pair = (tradeCount: number, refusal: string | null = null) => ({ tradeCount, refusal });
  expect(firstPair([pair(1), pair(4), pair(2)])).toBe(1);
  expect(firstPair([pair(0, "too short"), pair(0)])).toBe(1);
  expect(firstPair([])).toBe(0);
});
