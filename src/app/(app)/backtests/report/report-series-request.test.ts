import { expect, test } from "vitest";
import { reportSeriesRequest, shownColumns } from "./report-series-request.ts";

const book = (instruments: number[]) => ({
  instruments,
  fit: null,
  refusal: null,
  figures: [{ name: "zScore", label: "z-score", axis: "z-score" }],
});
const REPORT = { books: [book([0, 1]), book([2, 3])], trades: [], analysis: null };
const ADDRESS = { book: null, instrument: null, trade: null, bench: null };

test("the first book's prices and figures are drawn where the address says nothing", () => {
  expect(shownColumns(REPORT, ADDRESS)).toEqual([
    "equity",
    "drawdown",
    "close.0",
    "close.1",
    "zScore.0",
  ]);
});

test("the book of the address is drawn", () => {
  expect(shownColumns(REPORT, { ...ADDRESS, book: "1" })).toEqual([
    "equity",
    "drawdown",
    "close.2",
    "close.3",
    "zScore.1",
  ]);
});

test("a request for the whole run has no window", () => {
  expect(reportSeriesRequest(["equity"], null)).toEqual({ points: 2_000, columns: ["equity"] });
  const window = { startMs: 1, endMs: 2 };
  expect(reportSeriesRequest(["equity"], window)).toMatchObject({ window });
});
