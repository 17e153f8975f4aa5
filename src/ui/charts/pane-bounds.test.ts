import { expect, test } from "vitest";
import type { Pane, PaneLine } from "./pane.ts";
import { paneBounds } from "./pane-bounds.ts";

const CLOSE: PaneLine = {
  ...{ name: "Close", colour: "legY" },
  points: [
    [0, 101],
    [1, null],
    [2, 109],
  ],
};

const PANE: Pane = {
  ...{ id: "prices", title: "Prices", height: 120, format: String },
  lines: [CLOSE],
};

test.each<{ name: string; changed: Partial<Pane>; ends: [number, number] | null }>([
  { name: "prices, which zero is no part of", changed: {}, ends: [100, 110] },
  {
    name: "an area, which stands on zero",
    changed: { lines: [{ ...CLOSE, shape: "area" }] },
    ends: [0, 150],
  },
  {
    name: "a threshold that no line has reached",
    changed: { thresholds: [{ value: 130, label: "", colour: "stop" }] },
    ends: [0, 150],
  },
  {
    name: "candles, whose closes are only read",
    changed: {
      lines: [{ ...CLOSE, shape: "none" }],
      candles: { name: "ADA", rows: [{ timeMs: 0, open: 2, high: 9, low: 1, close: 3 }] },
    },
    ends: [0, 10],
  },
  { name: "one value", changed: { lines: [{ ...CLOSE, points: [[0, 5]] }] }, ends: null },
  { name: "nothing", changed: { lines: [] }, ends: null },
])("the axis holds $name", ({ changed, ends }) => {
  const bounds = paneBounds({ ...PANE, ...changed }, 120);
  expect(bounds === null ? null : [bounds.min, bounds.max]).toEqual(ends);
});
