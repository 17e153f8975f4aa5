import { expect, test } from "vitest";
import { sharedColumnScale } from "./share-projection.ts";

test.each([
  { column: "equity", scale: 0.5 },
  { column: "benchmark.2", scale: 0.5 },
  { column: "drawdown", scale: 1 },
  { column: "close.0", scale: 1 },
  { column: "zScore.3", scale: 1 },
  { column: "cash", scale: null },
  { column: "quantity", scale: null },
  { column: "equity.total", scale: null },
])("behind a link the column $column is multiplied by $scale, and null is not shown", (row) => {
  expect(sharedColumnScale(row.column, 0.5)).toBe(row.scale);
});
