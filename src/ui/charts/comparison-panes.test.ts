import { expect, test } from "vitest";
import type { ChartSeries } from "#contracts/market-data.ts";
import { comparisonPanes } from "./comparison-panes.ts";

function series(equity: number[]): ChartSeries {
  return {
    startMs: 0,
    endMs: equity.length,
    intervalMs: 1,
    full: true,
    lines: {
      equity: { steps: equity.map((_, step) => step), values: equity },
      drawdown: { steps: [0], values: [0] },
    },
  };
}

const COMPARED = [
  { name: "A", series: series([100, 110, 120]) },
  { name: "B", series: series([50, 40, 45]) },
];

test("accounts of any size start at 1, also within a zoom", () => {
  const values = (window: { startMs: number; endMs: number } | null) =>
    comparisonPanes(COMPARED, window)[0]?.lines.map(({ points }) => points[0]?.[1]);
  expect(values(null)).toEqual([1, 1]);
  expect(values({ startMs: 2, endMs: 3 })).toEqual([1, 1]);
});

test("no two of six lines look the same", () => {
  const six = Array.from({ length: 6 }, (_, place) => ({
    name: String(place),
    series: series([1, 2]),
  }));
  const looks = comparisonPanes(six, null)[0]?.lines.map(
    ({ colour, dashed }) => `${colour} ${String(dashed)}`,
  );
  expect(new Set(looks).size).toBe(6);
});
