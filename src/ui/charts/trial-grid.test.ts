import { expect, test } from "vitest";
import { GRID_STEPS_MAX, gridAxis, trialGrid } from "./trial-grid.ts";

const TRIALS = {
  x: { name: "window", column: [20, 10, 20, 10, 20] },
  y: { name: "stop", column: [null, 3, null, 3, 4] },
  objective: [1, 2, 3, null, null],
  ranked: Int32Array.of(0, 1, 2),
};

test("a square holds the trials of its two values, whatever the other parameters are", () => {
  const { x, y, cells } = trialGrid({ ...TRIALS, measure: "best" });
  expect(x.labels).toEqual(["10", "20"]);
  expect(y.labels).toEqual(["3", "4", "none"]);
  expect(cells).toEqual([
    { x: 0, y: 0, value: 2, trialCount: 2, bestRow: 1 },
    { x: 1, y: 1, value: null, trialCount: 1, bestRow: null },
    { x: 1, y: 2, value: 3, trialCount: 2, bestRow: 2 },
  ]);
});

test("the median is of the trials that have the objective", () => {
  const { cells } = trialGrid({ ...TRIALS, measure: "median" });
  expect(cells.map(({ value }) => value)).toEqual([2, null, 2]);
});

test("many values stand together in spans, in their order", () => {
  const column = Array.from({ length: 1_000 }, (_, i) => 1_000 - i);
  const axis = gridAxis("window", column);
  expect(axis.isBinned).toBe(true);
  expect(axis.labels).toHaveLength(59);
  expect(axis.labels.length).toBeLessThanOrEqual(GRID_STEPS_MAX);
  expect(axis.labels[0]).toBe("1–17");
  expect(axis.labels.at(-1)).toBe("987–1000");
  expect(axis.stepOf[0]).toBe(58);
});

test("words and yes or no are steps of their own", () => {
  expect(gridAxis("hedge", ["rolling", "fixed", "rolling"]).labels).toEqual(["fixed", "rolling"]);
  expect(gridAxis("log", [true, false]).labels).toEqual(["no", "yes"]);
});
