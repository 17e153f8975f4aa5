import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BACKTEST_SERIES_COLUMNS,
  type BacktestColumns,
  packBacktestSeries,
  unpackBacktestSeries,
} from "./backtest-series.ts";

function columns(values: readonly number[]): BacktestColumns {
  const shifted = (by: number) => Float64Array.from(values, (value) => value + by);
  return {
    openTimeMs: shifted(0),
    closeY: shifted(1),
    closeX: shifted(2),
    spread: shifted(3),
    zScore: shifted(4),
    equity: shifted(5),
    drawdown: shifted(6),
  };
}

test("a packed series unpacks to the same bits, gaps and all", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (values) => {
      const original = columns(values);
      expect(unpackBacktestSeries(packBacktestSeries(original))).toEqual(original);
    }),
  );
});

test("a packed series may stand anywhere in a larger buffer", () => {
  const packed = packBacktestSeries(columns([1, Number.NaN, 3]));
  const larger = new Uint8Array(packed.length + 3);
  larger.set(packed, 3);
  expect(unpackBacktestSeries(larger.subarray(3)).zScore).toEqual(
    Float64Array.of(5, Number.NaN, 7),
  );
});

test("a column of another length is refused", () => {
  const broken = { ...columns([1, 2]), equity: Float64Array.of(1) };
  expect(() => packBacktestSeries(broken)).toThrow("equity");
});

test("bytes that are not whole bars are refused", () => {
  expect(() =>
    unpackBacktestSeries(new Uint8Array(BACKTEST_SERIES_COLUMNS.length * 8 + 1)),
  ).toThrow("whole bars");
});
