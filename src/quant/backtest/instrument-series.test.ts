import { expect, test } from "vitest";
import { instrumentSeries, type StoredColumns } from "./instrument-series.ts";

const NONE = Float64Array.of(Number.NaN, Number.NaN, Number.NaN);
const COLUMNS: StoredColumns = {
  openTimeMs: Float64Array.of(1, 2, 3),
  open: Float64Array.of(10, 11, Number.NaN),
  high: Float64Array.of(12, 13, Number.NaN),
  low: Float64Array.of(9, Number.NaN, 10),
  close: Float64Array.of(11, 12, 11),
  volume: Float64Array.of(5, Number.NaN, 7),
};
const OPTIONS = { isCloseOnly: false, copy: (column: Float64Array) => column.slice() };

test("what one bar lacks changes no other bar (S21)", () => {
  expect(instrumentSeries(COLUMNS, OPTIONS)).toEqual({
    openTimeMs: COLUMNS.openTimeMs,
    open: Float64Array.of(10, 11, 11),
    high: Float64Array.of(12, 13, 11),
    low: Float64Array.of(9, 11, 10),
    close: COLUMNS.close,
    volume: Float64Array.of(5, 0, 7),
  });
});

test("a column without a single value is none, and closes alone have no inside", () => {
  const bare = { ...COLUMNS, high: NONE, volume: NONE };
  expect(instrumentSeries(bare, OPTIONS)).toMatchObject({ high: null, low: null, volume: null });
  const closes = instrumentSeries(COLUMNS, { ...OPTIONS, isCloseOnly: true });
  expect(closes).toMatchObject({ open: null, high: null, low: null });
});

test("columns that lack nothing are not copied", () => {
  const whole = { ...COLUMNS, open: Float64Array.of(10, 11, 12) };
  expect(instrumentSeries(whole, OPTIONS).open).toBe(whole.open);
});
