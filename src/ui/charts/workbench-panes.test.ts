import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import { workbenchPanes } from "./workbench-panes.ts";

const LINE = { steps: [0, 1, 2], values: [1, null, 2] };
const SERIES: ChartSeries = {
  startMs: 0,
  endMs: 3_000,
  intervalMs: 1_000,
  full: true,
  lines: { closeY: LINE, closeX: LINE, spread: LINE, adfPValue: LINE },
};
const LEGS = { symbolY: "AAA", symbolX: "BBB" };

test("every pane has an id of its own, and a gap stays a gap", () => {
  const panes = workbenchPanes({ series: SERIES, window: null, legs: LEGS, levels: null });
  expect(new Set(panes.map(({ id }) => id)).size).toBe(panes.length);
  const spread = panes.find(({ id }) => id === "spread");
  expect(spread?.lines[0]?.points).toEqual([
    [0, 1],
    [1_000, null],
    [2_000, 2],
  ]);
  expect(spread?.thresholds).toBeUndefined();
});

test("levels to trade at stand in the spread, and what the series lacks is empty", () => {
  const levels = { entry: -0.5, exit: 0.5 };
  const panes = workbenchPanes({ series: SERIES, window: null, legs: LEGS, levels });
  const spread = panes.find(({ id }) => id === "spread");
  expect(spread?.thresholds?.map(({ value }) => value)).toEqual([-0.5, 0.5]);
  expect(panes.find(({ id }) => id === "cusum")?.lines[0]?.points).toEqual([]);
});

test("regression: a CUSUM of zero was read as −5.62e−14", () => {
  const panes = workbenchPanes({ series: SERIES, window: null, legs: LEGS, levels: null });
  const format = panes.find(({ id }) => id === "cusum")?.format;
  expect(format?.(-5.62e-14)).toBe("0");
  expect(format?.(-0.5)).toBe("−0.5");
});
