import { expect, test } from "vitest";
import { latticeMinima } from "./lattice-minima.ts";

const AXES = [Float64Array.of(-2, -1, 0, 1, 2), Float64Array.of(0, 1, 2)];

/** Two valleys, at (−2, 0) and at (1, 2). */
function valleys([x = 0, y = 0]: Float64Array): number {
  return Math.min(Math.hypot(x + 2, y), 0.5 + Math.hypot(x - 1, y - 2));
}

test("the valleys of a lattice are found, the lowest first", () => {
  const points = latticeMinima(valleys, AXES, 9).map((point) => [...point]);
  expect(points).toEqual([
    [-2, 0],
    [1, 2],
  ]);
});

test("no more are answered than are wanted, and none more than once", () => {
  expect(latticeMinima(valleys, AXES, 1)).toEqual([Float64Array.of(-2, 0)]);
  expect(latticeMinima(() => 1, [Float64Array.of(5)], 3)).toEqual([Float64Array.of(5)]);
});
