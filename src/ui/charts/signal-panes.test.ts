import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import { signalPanes } from "./signal-panes.ts";

const line = (...values: (number | null)[]) => ({ steps: values.map((_, step) => step), values });

const SERIES: ChartSeries = {
  startMs: 0,
  endMs: 4,
  intervalMs: 1,
  full: true,
  lines: {
    "close.0": line(10, 11, 12, 11),
    "close.1": line(5, 5, 6, 6),
    "figure.spread": line(0, 1, 2, 1),
    "figure.zScore": line(null, 1.5, 2.5, 0.5),
  },
};

const FIGURES = {
  spread: { label: "Spread", axis: "spread" },
  zScore: { label: "z-score", axis: "z-score" },
  hedgeRatio: { label: "Hedge ratio", axis: "ratio" },
} as const;

const LEVELS = [{ value: 2, label: "entry", colour: "entry" }] as const;

test("a hedge ratio is drawn when it moves", () => {
  const idsOf = (...hedgeRatio: number[]) =>
    signalPanes({
      series: { ...SERIES, lines: { ...SERIES.lines, "figure.hedgeRatio": line(...hedgeRatio) } },
      window: null,
      symbols: ["AAA", "BBB"],
      figures: FIGURES,
      signals: [],
      levels: [],
    }).map(({ id }) => id);
  expect(idsOf(1, 1, 1, 1)).not.toContain("ratio");
  expect(idsOf(1, 1, 2, 2)).toContain("ratio");
});

test("prices come first, then the figures that there are, the rule's own before others", () => {
  const panes = signalPanes({
    series: SERIES,
    window: null,
    symbols: ["AAA", "BBB"],
    figures: FIGURES,
    signals: [],
    levels: [],
  });
  expect(panes.map(({ id }) => id)).toEqual(["prices", "z-score", "spread"]);
  expect(panes[0]?.lines.map(({ name }) => name)).toEqual(["AAA", "BBB"]);
});

test("a signal stands on the figure that it follows, with the shape of what it asks for", () => {
  const [, zScore] = signalPanes({
    series: SERIES,
    window: null,
    symbols: ["AAA", "BBB"],
    figures: FIGURES,
    signals: [
      { timeMs: 2, reason: "entry", side: "short" },
      { timeMs: 3, reason: "exit", side: "flat" },
      { timeMs: 9, reason: "entry", side: "long" },
    ],
    levels: LEVELS,
  });
  expect(zScore?.thresholds).toEqual(LEVELS);
  expect(zScore?.markers).toEqual([
    { timeMs: 2, value: 2.5, shape: "down", colour: "short" },
    { timeMs: 3, value: 0.5, shape: "diamond", colour: "exit" },
  ]);
});

test("regression: a pane of shares was called “Shares”, whatever they were of, and did not tell percent", () => {
  const pane = signalPanes({
    series: {
      ...SERIES,
      lines: { "figure.exposure": line(0.9, 0.95, 1, 1), "figure.regime": line(1, 1, 0, 0) },
    },
    window: null,
    symbols: [],
    figures: {
      exposure: { label: "Exposure when sized, share of equity", axis: "fraction" },
      regime: { label: "Index above its average", axis: "fraction" },
    },
    signals: [],
    levels: [],
  }).find(({ id }) => id === "fraction");
  expect(pane?.title).toBe("Exposure when sized, share of equity; Index above its average");
  expect([pane?.format(0.95), pane?.formatReadout?.(0.955)]).toEqual(["95 %", "95.5 %"]);
});
