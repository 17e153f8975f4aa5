import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import { type ChartPoint, linePoints, nearestPoint, rebased } from "./line-chart-data.ts";

const HOUR_MS = 3_600_000;

function seriesOf(values: (number | null)[]): ChartSeries {
  return {
    startMs: 0,
    endMs: values.length * HOUR_MS,
    intervalMs: HOUR_MS,
    full: true,
    lines: { close: { steps: values.map((_, index) => index), values } },
  };
}

test("a gap stays a gap", () => {
  expect(linePoints(seriesOf([1, null, 3]), "close")).toEqual([
    [0, 1],
    [HOUR_MS, null],
    [2 * HOUR_MS, 3],
  ]);
});

test("a line that is not there is empty", () => {
  expect(linePoints(seriesOf([1]), "volume")).toEqual([]);
});

test("a window keeps one point on either side, so that the line reaches the edges", () => {
  const points = linePoints(seriesOf([0, 1, 2, 3, 4, 5]), "close", {
    startMs: 2 * HOUR_MS,
    endMs: 4 * HOUR_MS,
  });
  expect(points.map(([, value]) => value)).toEqual([1, 2, 3, 4]);
});

test("too many points are thinned without losing a gap", () => {
  const values = Array.from({ length: 20_000 }, (_, index) => (index === 7_777 ? null : index));
  const points = linePoints(seriesOf(values), "close");
  expect(points.length).toBeLessThanOrEqual(5_001);
  expect(points.some(([, value]) => value === null)).toBe(true);
});

test("rebased prices start at one and keep their gaps", () => {
  expect(
    rebased([
      [0, null],
      [1, 50],
      [2, null],
      [3, 75],
    ]),
  ).toEqual({
    base: 50,
    points: [
      [0, null],
      [1, 1],
      [2, null],
      [3, 1.5],
    ],
  });
});

test("rebased has no base without a price", () => {
  expect(rebased([[0, null]]).base).toBeNull();
});

test("nearestPoint finds what a walk through all points finds", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }),
      fc.integer({ min: -100, max: 1_100 }),
      (times, timeMs) => {
        const points = times.sort((a, b) => a - b).map((time): ChartPoint => [time, time]);
        const distance = Math.min(...times.map((time) => Math.abs(time - timeMs)));
        expect(Math.abs((nearestPoint(points, timeMs)?.[0] ?? 0) - timeMs)).toBe(distance);
      },
    ),
  );
});
