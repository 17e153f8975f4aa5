import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { ChartSeriesOption } from "./chart-option.ts";
import { CHART_PALETTES } from "./chart-palette.ts";
import { equityPanes } from "./equity-panes.ts";
import type { Pane } from "./pane.ts";
import { paneLayout } from "./pane-layout.ts";
import { pricePane } from "./price-pane.ts";
import { spreadPanes } from "./spread-panes.ts";
import { timeOption } from "./time-option.ts";

const HOUR_MS = 3_600_000;
const PALETTE = CHART_PALETTES.light;
const LEGS = { symbolY: "ADA", symbolX: "ETH" };
const THRESHOLDS = { entryZScore: 2, exitZScore: 0, stopZScore: 4 };

function line(values: (number | null)[]) {
  return { steps: values.map((_, index) => index), values };
}

const SERIES: ChartSeries = {
  startMs: 0,
  endMs: 4 * HOUR_MS,
  intervalMs: HOUR_MS,
  full: true,
  lines: {
    closeY: line([10, 11, null, 12]),
    closeX: line([100, 99, 98, 97]),
    spread: line([0.1, 0.2, null, 0.1]),
    zScore: line([0, 2.5, null, -0.1]),
    equity: line([1_000, 1_000, 990, 1_010]),
    drawdown: line([0, 0, 0.01, 0]),
  },
};

function optionOf(panes: readonly Pane[]) {
  return timeOption({
    layout: paneLayout(panes),
    window: { startMs: 0, endMs: 4 * HOUR_MS },
    palette: PALETTE,
  });
}

function seriesOf(panes: readonly Pane[]): ChartSeriesOption[] {
  return [optionOf(panes).series ?? []].flat();
}

function prices(): Pane {
  return pricePane({
    series: SERIES,
    legs: LEGS,
    window: null,
    names: { y: "closeY", x: "closeX" },
  });
}

test("a missing value is drawn as a gap and never bridged", () => {
  const [legY] = seriesOf([prices()]);
  expect(legY).toMatchObject({ type: "line", connectNulls: false });
  expect(legY?.data).toContainEqual([2 * HOUR_MS, "-"]);
});

test("every threshold is drawn on both sides of zero, and an exit at zero once", () => {
  const zScore = spreadPanes(SERIES, null, THRESHOLDS)[1];
  expect(zScore?.thresholds?.map(({ value, colour }) => [value, colour])).toEqual([
    [2, "entry"],
    [-2, "entry"],
    [0, "exit"],
    [4, "stop"],
    [-4, "stop"],
  ]);
  const marks = seriesOf(zScore === undefined ? [] : [zScore]).find(
    ({ name }) => name === "z-score levels",
  );
  expect(marks).toMatchObject({ markLine: { data: { length: 5 } } });
});

test("a strategy without a stop has no stop lines", () => {
  const zScore = spreadPanes(SERIES, null, { ...THRESHOLDS, stopZScore: null })[1];
  expect(zScore?.thresholds?.some(({ colour }) => colour === "stop")).toBe(false);
});

test("all panes share one span of time, and only the last writes it out", () => {
  const panes = [...equityPanes(SERIES, null), prices(), ...spreadPanes(SERIES, null, THRESHOLDS)];
  const axes = [optionOf(panes).xAxis ?? []].flat();
  expect(axes).toHaveLength(5);
  expect(new Set(axes.map(({ min, max }) => `${String(min)}-${String(max)}`)).size).toBe(1);
  expect(axes.map(({ axisLabel }) => axisLabel?.show)).toEqual([false, false, false, false, true]);
});

test("nothing moves: animation is off", () => {
  expect(optionOf([prices()])["animation"]).toBe(false);
});

test("panes stand below one another and never overlap", () => {
  const { panes, height } = paneLayout(equityPanes(SERIES, null));
  for (const [index, place] of panes.entries()) {
    const next = panes[index + 1];
    expect(place.top + place.height).toBeLessThanOrEqual(next?.headTop ?? height);
  }
});

test("markers of one look are one series, and one that points down is turned over", () => {
  const marker = { timeMs: HOUR_MS, value: 10 };
  const bought = { ...marker, shape: "up", colour: "long" } as const;
  const sold = { ...marker, shape: "down", colour: "short" } as const;
  const series = seriesOf([{ ...prices(), markers: [bought, sold, bought], markerScale: 2 }]);
  expect(series.filter(({ type }) => type === "scatter")).toMatchObject([
    { symbolSize: [18, 18], itemStyle: { color: PALETTE.long }, data: { length: 2 } },
    { symbolSize: [18, -18], itemStyle: { color: PALETTE.short }, data: [[HOUR_MS, 10]] },
  ]);
});
