import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChartPoint } from "./line-chart-data.ts";
import { areaPath, linePath, PATH_COLUMNS, PATH_ROWS } from "./line-path.ts";

const WINDOW = { startMs: 0, endMs: 400 };
const AXIS = { min: 0, max: 10, inverted: false };

test.each<{ name: string; points: ChartPoint[]; path: string }>([
  {
    name: "from corner to corner",
    points: [
      [0, 0],
      [400, 10],
    ],
    path: "M0 1000L400 0",
  },
  {
    name: "with a gap",
    points: [
      [0, 5],
      [100, null],
      [200, 5],
    ],
    path: "M0 500M200 500",
  },
  {
    name: "through a column, there and back",
    points: [
      [0, 5],
      [0.1, 9],
      [0.2, 1],
      [0.3, 6],
    ],
    path: "M0 500L0 900L0 100L0 400",
  },
  {
    name: "outside the window",
    points: [
      [-1, 5],
      [401, 5],
    ],
    path: "",
  },
  { name: "of nothing", points: [], path: "" },
])("a line is drawn $name", ({ points, path }) => {
  expect(linePath(points, WINDOW, AXIS)).toBe(path);
});

test("what is inverted hangs from the top, and an area stands on zero", () => {
  const points: ChartPoint[] = [
    [0, 1],
    [400, 2],
  ];
  expect(linePath(points, WINDOW, { ...AXIS, inverted: true })).toBe("M0 100L400 200");
  expect(areaPath(points, WINDOW, AXIS)).toBe("M0 1000L0 900L400 800L400 1000Z");
  expect(
    areaPath(
      [
        [0, -1],
        [400, -2],
      ],
      WINDOW,
      { min: -10, max: 0, inverted: false },
    ),
  ).toBe("M0 0L0 100L400 200L400 0Z");
});

test("a picture stays small and within its frame, and holds the extremes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 2, maxLength: 3_000 }),
      (values) => {
        const points = values.map(
          (value, i): ChartPoint => [(400 * i) / (values.length - 1), value],
        );
        const places = linePath(points, WINDOW, AXIS)
          .slice(1)
          .split("L")
          .map((place) => place.split(" ").map(Number));
        expect(places.length).toBeLessThanOrEqual(4 * (PATH_COLUMNS + 1));
        const rows = places.map(([, y]) => y ?? Number.NaN);
        const rowOf = (value: number) => Math.round(PATH_ROWS * (1 - value / 10));
        expect(Math.min(...rows)).toBe(rowOf(Math.max(...values)));
        expect(Math.max(...rows)).toBe(rowOf(Math.min(...values)));
      },
    ),
  );
});
