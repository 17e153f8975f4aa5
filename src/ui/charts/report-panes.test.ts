import { expect, test } from "vitest";
import type { ReportBook } from "#contracts/backtest.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { ChartTrade } from "./chart-inputs.ts";
import type { ChartPoint } from "./line-chart-data.ts";
import { type ReportPanesInput, reportColumns, reportPanes } from "./report-panes.ts";
import { reportThresholds } from "./report-thresholds.ts";

const HOUR_MS = 3_600_000;

function line(values: (number | null)[]) {
  return { steps: values.map((_, index) => index), values };
}

const SERIES: ChartSeries = {
  startMs: 0,
  endMs: 4 * HOUR_MS,
  intervalMs: HOUR_MS,
  full: true,
  lines: {
    equity: line([1_000, 1_000, 990, 1_010]),
    drawdown: line([0, 0, 0.01, 0]),
    "benchmark.1": line([50, 55, 60, 65]),
    "close.0": line([10, 11, null, 12]),
    "close.1": line([100, 99, 98, 97]),
    "zScore.0": line([0, 2.5, null, -0.1]),
    "spread.0": line([0.1, 0.2, null, 0.1]),
    "hedgeRatio.0": line([0.8, 0.8, 0.8, 0.8]),
  },
};

const BOOK: ReportBook = {
  instruments: [0, 1],
  fit: null,
  refusal: null,
  figures: [
    { name: "zScore", label: "Z-score", axis: "z-score" },
    { name: "spread", label: "Spread", axis: "spread" },
    { name: "hedgeRatio", label: "Hedge ratio", axis: "ratio" },
  ],
};

const TRADE: ChartTrade = {
  book: 0,
  side: "short",
  entrySignalMs: HOUR_MS,
  entryMs: 2 * HOUR_MS,
  exitSignalMs: null,
  exitMs: 3 * HOUR_MS,
  entryFigure: 2.5,
  exitFigure: null,
  exitReason: "stop",
  legs: [
    { instrument: 0, direction: -1, entryPrice: 11, exitPrice: 12 },
    { instrument: 1, direction: 1, entryPrice: 99, exitPrice: null },
  ],
};

const INPUT: ReportPanesInput = {
  series: SERIES,
  window: null,
  benchmarks: [{ place: 1, label: "Buy and hold" }],
  symbols: ["ADA", "ETH"],
  book: BOOK,
  bookPlace: 0,
  shownInstruments: [0, 1],
  trades: [TRADE],
  thresholds: reportThresholds({
    kind: "z-score-reversion",
    parameters: { entryZScore: 2, exitZScore: 0, stopZScore: null },
  }),
};

function pane(id: string, input = INPUT) {
  return reportPanes(input).find((one) => one.id === id);
}

test("each leg has a pane in its own prices, and a figure that never changes has none", () => {
  expect(reportPanes(INPUT).map(({ id }) => id)).toEqual([
    "equity",
    "drawdown",
    "price-0",
    "price-1",
    "figure-z-score",
    "figure-spread",
  ]);
});

test("a short spread sells Y and buys X, by shape as well as by colour, and an unfilled exit is not drawn", () => {
  expect(pane("price-0")?.markers).toEqual([
    { timeMs: 2 * HOUR_MS, value: 11, shape: "down", colour: "short" },
    { timeMs: 3 * HOUR_MS, value: 12, shape: "cross", colour: "stop" },
  ]);
  expect(pane("price-1")?.markers).toEqual([
    { timeMs: 2 * HOUR_MS, value: 99, shape: "up", colour: "long" },
  ]);
});

test("signals stand at the close that gave them, on the leading figure only", () => {
  expect(pane("figure-z-score")?.markers).toEqual([
    { timeMs: HOUR_MS, value: 2.5, shape: "down", colour: "short" },
    { timeMs: 3 * HOUR_MS, value: -0.1, shape: "cross", colour: "stop" },
  ]);
  expect(pane("figure-spread")?.markers).toBeUndefined();
});

test("a trade outside the window, or of another book, leaves no marker", () => {
  const early = { ...INPUT, window: { startMs: 0, endMs: HOUR_MS } };
  expect(pane("price-0", early)?.markers).toEqual([]);
  const other = { ...INPUT, trades: [{ ...TRADE, book: 1 }] };
  expect(pane("price-0", other)?.markers).toEqual([]);
});

test("levels are drawn where the kind has them, and none where bands are lines", () => {
  expect(pane("figure-z-score")?.thresholds?.map(({ value }) => value)).toEqual([2, -2, 0]);
  expect(reportThresholds({ kind: "rlrt", parameters: { trendBars: 10 } })).toEqual({});
});

test("regression: a benchmark read otherwise the nearer one looked; a zoom draws it from the first bar of equity", () => {
  const valuesOf = (points: readonly ChartPoint[] | undefined) => points?.map(([, value]) => value);
  const worth = [50, 55, 60, 65];
  const whole = pane("equity")?.lines[1];
  expect([valuesOf(whole?.points), valuesOf(whole?.readout)]).toEqual([worth, worth]);
  const zoomed = pane("equity", { ...INPUT, window: { startMs: 0, endMs: 9 * HOUR_MS } })?.lines[1];
  expect(valuesOf(zoomed?.points)).toEqual([1_000, 1_100, 1_200, 1_300]);
  expect(valuesOf(zoomed?.readout)).toEqual(worth);
});

test("only columns that are drawn are asked for", () => {
  expect(reportColumns(INPUT)).toEqual([
    "equity",
    "drawdown",
    "benchmark.1",
    "close.0",
    "close.1",
    "zScore.0",
    "spread.0",
    "hedgeRatio.0",
  ]);
});

test("a gate has a pane of its own, below what the strategy saw", () => {
  const figures = [
    ...BOOK.figures,
    { name: "gateShare", label: "Granted share", axis: "fraction" as const },
  ];
  const lines = { ...SERIES.lines, "gateShare.0": line([null, 1, null, 0]) };
  const panes = reportPanes({
    ...INPUT,
    book: { ...BOOK, figures },
    series: { ...SERIES, lines },
  });
  expect(panes.at(-1)).toMatchObject({ id: "gate", title: "Gate" });
  expect(panes.some(({ id }) => id === "figure-fraction")).toBe(false);
});
