import { expect, test } from "vitest";
import type { ReportBook } from "#contracts/backtest.ts";
import { reportTrade } from "./report-trade.test-support.ts";
import { shownBook } from "./shown-book.ts";

function book(instruments: number[], refusal: string | null = null): ReportBook {
  return { instruments, fit: null, refusal, figures: [] };
}

const NOTHING_ASKED = { book: null, instrument: null, trade: null };
const PAIRS = {
  books: [book([0, 1], "No data"), book([1, 2]), book([0, 2])],
  trades: [reportTrade({ book: 2 }), reportTrade({ book: 1 })],
};

test("the first pair that traded is shown, and what the address asks for before it", () => {
  expect(shownBook(PAIRS, NOTHING_ASKED)).toEqual({ place: 2, instruments: [0, 2] });
  expect(shownBook(PAIRS, { ...NOTHING_ASKED, trade: "2" }).place).toBe(1);
  expect(shownBook(PAIRS, { ...NOTHING_ASKED, book: "0" }).place).toBe(0);
  expect(shownBook(PAIRS, { ...NOTHING_ASKED, book: "99" }).place).toBe(2);
});

test("without a trade the first pair that could be traded is shown", () => {
  expect(shownBook({ ...PAIRS, trades: [] }, NOTHING_ASKED).place).toBe(1);
});

test("of a basket one instrument is drawn: the asked one, else the one that traded first", () => {
  const basket = { books: [book([0, 1, 2, 3])], trades: [reportTrade({ book: 0 }, 3)] };
  expect(shownBook(basket, NOTHING_ASKED).instruments).toEqual([3]);
  expect(shownBook(basket, { ...NOTHING_ASKED, instrument: "1" }).instruments).toEqual([1]);
  expect(shownBook(basket, { ...NOTHING_ASKED, instrument: "9" }).instruments).toEqual([3]);
});

test("a report without books shows none", () => {
  expect(shownBook({ books: [], trades: [] }, NOTHING_ASKED)).toEqual({
    place: 0,
    instruments: [],
  });
});
