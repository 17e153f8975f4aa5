import { expect, test } from "vitest";
import type { ReportBook } from "#contracts/backtest.ts";
import type { ChartTrade } from "./chart-inputs.ts";
import { figureOnlyPanes } from "./figure-only-panes.ts";

const HOUR_MS = 3_600_000;
const BOOK: ReportBook = {
  ...{ instruments: [0, 1], fit: null, refusal: null },
  figures: [
    { name: "zScore", label: "z-score", axis: "z-score" },
    { name: "spread", label: "Spread", axis: "spread" },
  ],
};
const TRADE: ChartTrade = {
  ...{ book: 1, side: "short", entrySignalMs: HOUR_MS, entryMs: 2 * HOUR_MS },
  ...{ exitSignalMs: 2 * HOUR_MS, exitMs: 3 * HOUR_MS, entryFigure: 2.5, exitFigure: 0 },
  ...{ exitReason: "exit", legs: [] },
};
const SERIES = {
  ...{ startMs: 0, endMs: 4 * HOUR_MS, intervalMs: HOUR_MS, full: true },
  lines: {
    "zScore.1": { steps: [0, 1, 2, 3], values: [1, 2.5, 0, null] },
    "spread.1": { steps: [0, 1, 2, 3], values: [0.1, 0.2, 0, null] },
  },
};

test("what the strategy saw of a pair is drawn with its thresholds and signals, and nothing else", () => {
  const thresholds = { zScore: [{ value: 2, label: "2", colour: "threshold" as const }] };
  const panes = figureOnlyPanes({
    ...{ series: SERIES, window: null, book: BOOK, bookPlace: 1, thresholds },
    trades: [TRADE, { ...TRADE, book: 0 }],
  });
  expect(panes.map(({ id }) => id)).toEqual(["figure-z-score", "figure-spread"]);
  expect(panes[0]?.thresholds).toEqual(thresholds.zScore);
  expect(panes[0]?.markers?.map(({ timeMs, value }) => [timeMs, value])).toEqual([
    [HOUR_MS, 2.5],
    [2 * HOUR_MS, 0],
  ]);
});
