import { expect, test } from "vitest";
import { gatePane } from "./gate-pane.ts";
import type { ChartPoint } from "./line-chart-data.ts";
import { paneBounds } from "./pane-bounds.ts";

const POINTS: readonly ChartPoint[] = [
  [0, null],
  [1, 1],
  [2, null],
  [3, 0],
  [4, 0.4],
];

test("regression: the pane of a gate was called “Shares” and drew entries that stand alone as nothing", () => {
  const pane = gatePane(POINTS, true);
  expect(pane.title).toBe("Gate");
  expect(pane.about).toBe(
    "◆ 1 approved, ■ 1 sized down, ✕ 1 vetoed · share of each entry that the model let through",
  );
  expect(pane.markers).toMatchObject([
    { timeMs: 1, value: 1, shape: "diamond" },
    { timeMs: 3, value: 0, shape: "cross" },
    { timeMs: 4, value: 0.4, shape: "square" },
  ]);
});

test("goes from vetoed to approved, whatever was granted", () => {
  expect(paneBounds(gatePane([[0, 1]], true), 110)).toMatchObject({ min: 0, max: 1 });
});

test("counts nothing of a window of which bars are left out, and says where nothing was asked", () => {
  expect(gatePane(POINTS, false).about).toMatch(/zoom in for each/);
  expect(gatePane([[0, null]], true).about).toMatch(/no entry was put to the model here/);
});
