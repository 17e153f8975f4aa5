import { expect, test } from "vitest";
import { seriesColumnTitle } from "./series-column-title.ts";

const figures = [{ name: "zScore", label: "Z-score", axis: "z-score" }];
const book = (...instruments: number[]) => ({ instruments, fit: null, refusal: null, figures });
const report = {
  instruments: ["A", "B", "C"].map((symbol, i) => ({ instrumentId: i, symbol, venue: "upload" })),
  books: [book(0, 1), book(1, 2)],
  analysis: null,
};

test.each([
  { name: "equity", title: "equity" },
  { name: "drawdown", title: "drawdown (fraction)" },
  { name: "close.2", title: "close: C" },
  { name: "zScore.1", title: "Z-score: B / C" },
  { name: "benchmark.0", title: "benchmark: 0" },
])("the column $name is called “$title”", ({ name, title }) => {
  expect(seriesColumnTitle(report, name)).toBe(title);
});

test("of the only book a figure needs no further name", () => {
  expect(seriesColumnTitle({ ...report, books: [book(0, 1)] }, "zScore.0")).toBe("Z-score");
});
