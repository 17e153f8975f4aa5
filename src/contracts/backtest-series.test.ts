import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BacktestColumns,
  packBacktestSeries,
  unpackBacktestSeries,
} from "./backtest-series.ts";

function columns(values: readonly number[]): BacktestColumns {
  const shifted = (by: number) => Float64Array.from(values, (value) => value + by);
  return {
    openTimeMs: shifted(0),
    "close.0": shifted(1),
    "zScore.0": shifted(2),
    equity: shifted(3),
  };
}

test("a packed series unpacks to the same bits, gaps and all", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (values) => {
      const original = columns(values);
      const { names, bytes } = packBacktestSeries(original);
      expect(unpackBacktestSeries(names, bytes)).toEqual(original);
    }),
  );
});

test("a packed series may stand anywhere in a larger buffer", () => {
  const { names, bytes } = packBacktestSeries(columns([1, Number.NaN, 3]));
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  expect(unpackBacktestSeries(names, larger.subarray(3))["zScore.0"]).toEqual(
    Float64Array.of(3, Number.NaN, 5),
  );
});

test("a column of another length is refused", () => {
  const broken = { ...columns([1, 2]), equity: Float64Array.of(1) };
  expect(() => packBacktestSeries(broken)).toThrow("equity");
});

test("bytes that are not whole bars are refused", () => {
  expect(() => unpackBacktestSeries(["openTimeMs", "equity"], new Uint8Array(17))).toThrow(
    "whole bars",
  );
});
