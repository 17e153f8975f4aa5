import { expect, test } from "vitest";
import { sharedColumn, sharedSeries } from "./share-projection.ts";

const SCOPE = { initialEquity: 200, includeSizes: false, hasVenueLots: false };

test.each([
  { column: "equity", scale: 0.5, decimals: 2 },
  { column: "benchmark.2", scale: 0.5, decimals: null },
  { column: "drawdown", scale: 1, decimals: 4 },
  { column: "grossExposure", scale: 1, decimals: 3 },
  { column: "close.0", scale: 1, decimals: null },
  { column: "zScore.3", scale: 1, decimals: null },
])(
  "behind a link the column $column is multiplied by $scale, and of venue lots $decimals decimals are kept",
  ({ column, scale, decimals }) => {
    expect(sharedColumn(column, SCOPE)).toEqual({ scale, decimals: null });
    expect(sharedColumn(column, { ...SCOPE, hasVenueLots: true })).toEqual({ scale, decimals });
    expect(sharedColumn(column, { ...SCOPE, includeSizes: true, hasVenueLots: true })).toEqual({
      ...{ scale: 1, decimals: null },
    });
  },
);

test.each(["cash", "quantity", "equity.total", "toString"])(
  "the column %s is shown by no link",
  (column) => {
    expect(sharedColumn(column, SCOPE)).toBeNull();
  },
);

test("a scaled line keeps its gaps", () => {
  const lines = { equity: { steps: [0, 1, 2], values: [200, null, 201.2345] } };
  const series = { ...{ startMs: 0, endMs: 3, intervalMs: 1, full: false }, lines };
  const scope = { ...SCOPE, hasVenueLots: true };
  expect(sharedSeries(series, scope).lines["equity"]?.values).toEqual([100, null, 100.62]);
});
