import { expect, test } from "vitest";
import { LagHistogram } from "./lag-histogram.ts";

test("quantiles are right to within a tenth", () => {
  const lags = new LagHistogram(1_000, 0);
  for (let ms = 1; ms <= 1_000; ms++) lags.add(ms, 0);
  for (const [fraction, ms] of [
    [0.5, 500],
    [0.99, 990],
    [1, 1_000],
  ] as const) {
    const quantile = lags.quantileMs(fraction, 0) ?? 0;
    expect(quantile).toBeGreaterThanOrEqual(ms * 0.98);
    expect(quantile).toBeLessThanOrEqual(ms * 1.11);
  }
});

test("the old is forgotten, and of nothing there is no quantile", () => {
  const lags = new LagHistogram(1_000, 0);
  expect(lags.quantileMs(0.99, 0)).toBeNull();
  lags.add(5_000, 0);
  lags.add(10, 600);
  expect(lags.quantileMs(1, 600)).toBeGreaterThan(4_000);
  expect(lags.quantileMs(1, 1_200)).toBeLessThan(20);
  expect(lags.quantileMs(1, 9_000)).toBeNull();
});

test("a clock that disagrees makes no negative lag", () => {
  const lags = new LagHistogram(1_000, 0);
  lags.add(-1_270, 0);
  expect(lags.quantileMs(1, 0)).toBe(1);
});
