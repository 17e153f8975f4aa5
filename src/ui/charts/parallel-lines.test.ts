import { expect, test } from "vitest";
import {
  brushedRows,
  drawnRows,
  figureAxis,
  LINES_MAX,
  linesPath,
  parallelAxis,
} from "./parallel-lines.ts";
import { rankedRows } from "./ranked-rows.ts";

test("numbers stand by their size, and none above them all", () => {
  const axis = parallelAxis("stop", [2, 4, null, 3]);
  expect([...axis.heights]).toEqual([0, 0.88, 1, 0.44]);
  expect(axis.ticks.map(({ label }) => label)).toEqual(["2", "3", "4", "none"]);
});

test("words are evenly spread, and one value stands in the middle", () => {
  expect([...parallelAxis("hedge", ["b", "a", "c"]).heights]).toEqual([0.5, 0, 1]);
  expect([...parallelAxis("window", [60, 60]).heights]).toEqual([0.5, 0.5]);
});

test("a trial without the figure is nowhere and within no brush", () => {
  const axis = figureAxis("sharpe", [1, null, 3]);
  expect([...axis.heights]).toEqual([0, Number.NaN, 1]);
  expect([...brushedRows([axis], { sharpe: { low: 0, high: 1 } }, Int32Array.of(0, 1, 2))]).toEqual(
    [0, 2],
  );
  expect([...brushedRows([axis], {}, Int32Array.of(0, 1, 2))]).toEqual([0, 1, 2]);
});

test("brushes of several axes hold together", () => {
  const axes = [parallelAxis("a", [0, 1, 2]), parallelAxis("b", [2, 1, 0])];
  const brushes = { a: { low: 0.4, high: 1 }, b: { low: 0.4, high: 1 } };
  expect([...brushedRows(axes, brushes, Int32Array.of(0, 1, 2))]).toEqual([1]);
});

test("of many rows the best are all drawn, last, and others from everywhere", () => {
  const objective = Array.from({ length: 100_000 }, (_, i) => i);
  const drawn = drawnRows(rankedRows(objective));
  expect(drawn).toHaveLength(LINES_MAX);
  expect([...drawn.subarray(-2)]).toEqual([99_998, 99_999]);
  const lowest = drawn.filter((row) => row < 10_000);
  expect(lowest.length).toBeGreaterThan(40);
  // A stride would meet the same value of an axis of ten each time.
  expect(new Set([...lowest].map((row) => row % 10)).size).toBe(10);
});

test("trials are ranked with the best last, without those that have no objective", () => {
  expect([...rankedRows([2, null, 1])]).toEqual([2, 0]);
});

test("a line goes from axis to axis, high values at the top", () => {
  const axes = [parallelAxis("a", [0, 1]), parallelAxis("b", [1, 0])];
  expect(linesPath(axes, Int32Array.of(0), { width: 100, height: 50 })).toBe("M0.0 50.0L100.0 0.0");
});
