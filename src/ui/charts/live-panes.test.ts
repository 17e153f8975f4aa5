import { expect, test } from "vitest";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { CHART_PALETTES } from "./chart-palette.ts";
import { type LivePanesInput, livePanes } from "./live-panes.ts";
import { paneLayout } from "./pane-layout.ts";
import { timeOption } from "./time-option.ts";

const MINUTE_MS = 60_000;
const line = (values: (number | null)[]) => ({ steps: values.map((_, step) => step), values });

const SERIES: ChartSeries = {
  startMs: 0,
  endMs: 3 * MINUTE_MS,
  intervalMs: MINUTE_MS,
  full: true,
  lines: {
    closeY: line([100, 101, 102]),
    closeX: line([10, 11, 12]),
    spread: line([0.1, null, 0.3]),
    spreadMean: line([0.1, 0.1, 0.1]),
    zScore: line([0, null, 2.5]),
    volumeY: line([1, 2, 3]),
    volumeX: line([10, 20, null]),
    correlation: line([0.9, 0.9, 0.9]),
    hedgeRatio: line([1, 1, 1]),
  },
};

const leg = (price: number) => ({ price, tradeTimeMs: 190_000, tradeId: 1, volume: 1 });
const SNAPSHOT: LiveSnapshot = {
  livePairId: "6f1e2c6e-8d0a-4b58-9d0e-0d6f1c1f7a11",
  seq: 1,
  state: "live",
  stateReason: null,
  computedAtMs: 190_000,
  freshnessMs: 0,
  legY: leg(103),
  legX: leg(12.5),
  now: { spread: 0.4, zScore: 2.7 },
  bar: null,
  signal: "short",
  quality: null,
  decay: null,
  sparkline: [],
};

const INPUT: LivePanesInput = {
  series: SERIES,
  window: null,
  legs: { symbolY: "ETH", symbolX: "BTC" },
  threshold: 2,
  snapshot: SNAPSHOT,
  candles: null,
};

const pane = (input: LivePanesInput, id: string) => {
  const found = livePanes(input).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no pane ${id}`);
  return found;
};

test("the newest trades stand beyond the last closed bar", () => {
  expect(pane(INPUT, "z-score").lines[0]?.points.at(-1)).toEqual([190_000, 2.7]);
  expect(pane(INPUT, "spread").lines[0]?.points.at(-1)).toEqual([190_000, 0.4]);
  expect(pane(INPUT, "prices").lines[0]?.readout?.at(-1)).toEqual([190_000, 103]);
});

test("a view that is held does not show what came after it", () => {
  const held = { ...INPUT, window: { startMs: 0, endMs: 2 * MINUTE_MS } };
  expect(pane(held, "z-score").lines[0]?.points.at(-1)?.[0]).toBeLessThan(190_000);
});

test("a bar without a figure is a gap", () => {
  expect(pane(INPUT, "z-score").lines[0]?.points[1]).toEqual([MINUTE_MS, null]);
  expect(pane(INPUT, "volume").lines[1]?.points[2]).toEqual([2 * MINUTE_MS, null]);
});

test("volumes are in the quote asset, so that both legs share an axis", () => {
  expect(pane(INPUT, "volume").lines[0]?.points[1]).toEqual([MINUTE_MS, 202]);
});

test("candles give each leg a pane and draw open, close, low and high", () => {
  const columns = { open: [1, 2], high: [3, 4], low: [0.5, 1], close: [2, 1.5] };
  const candles = {
    barsPerCandle: 1,
    openTimeMs: [0, MINUTE_MS],
    legY: columns,
    legX: columns,
  };
  const panes = livePanes({ ...INPUT, candles });
  expect(panes.slice(0, 2).map(({ id }) => id)).toEqual(["candles-legY", "candles-legX"]);
  const option = timeOption({
    layout: paneLayout(panes),
    window: { startMs: 0, endMs: 3 * MINUTE_MS },
    palette: CHART_PALETTES.light,
  });
  const drawn = Array.isArray(option.series) ? option.series : [];
  const candlestick = drawn.find(({ type }) => type === "candlestick");
  expect(candlestick?.data).toEqual([
    [0, 1, 2, 0.5, 3],
    [MINUTE_MS, 2, 1.5, 1, 4],
  ]);
  expect(option["animation"]).toBe(false);
});
