import { expect, test } from "vitest";
import { pairVolatility } from "./pair-volatility.ts";

const Y = Float64Array.of(100, 110, 99, 99);
const X = Float64Array.of(50, 50, 50, 50);

test("volatility is the standard deviation of what the pair made a bar", () => {
  // Returns 0.1, −0.1, 0.
  const all = pairVolatility(Y, X, { bar: 3, windowBars: 3, worthRatio: 1 });
  expect(all).toBeCloseTo(0.1, 12);
  const hedged = pairVolatility(Y, Y, { bar: 3, windowBars: 3, worthRatio: 1 });
  expect(hedged).toBe(0);
});

test("it does not look past its bar and passes over gaps", () => {
  const gap = Float64Array.of(100, 110, Number.NaN, 1);
  const options = { bar: 2, windowBars: 2, worthRatio: 1 };
  expect(pairVolatility(gap, X, options)).toBeNull();
  expect(pairVolatility(Y, X, options)).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(pairVolatility(Y, X, { ...options, windowBars: 50 })).toBeNull();
});
