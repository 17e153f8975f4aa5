import { expect, test } from "vitest";
import { pairLines } from "./pair-series.ts";

const CLOSE_Y = Float64Array.of(100, 110, 121);
const CLOSE_X = Float64Array.of(50, 55, 60.5);
const FIT = { intercept: 0.5, hedgeRatio: 2 };
const NO_FIT = { intercept: null, hedgeRatio: null };

test("prices start at one, and the spread has the scan's coefficients", () => {
  const lines = pairLines(CLOSE_Y, CLOSE_X, { ...FIT, prices: "log" }, 3);
  expect(lines["normalisedY"]?.[0]).toBe(1);
  expect(lines["normalisedX"]?.[2]).toBeCloseTo(1.21, 12);
  expect(lines["spread"]?.[1]).toBeCloseTo(Math.log(110) - 0.5 - 2 * Math.log(55), 12);
  expect(lines["zScore"]?.[0]).toBeNaN();
});

test("a pair without coefficients shows its prices alone", () => {
  const lines = pairLines(CLOSE_Y, CLOSE_X, { ...NO_FIT, prices: "log" }, 3);
  expect(Object.keys(lines)).toEqual(["normalisedY", "normalisedX"]);
});

test("the spread is of the prices themselves where the scan fitted those", () => {
  const lines = pairLines(CLOSE_Y, CLOSE_X, { ...FIT, prices: "level" }, 3);
  expect(lines["spread"]?.[1]).toBeCloseTo(110 - 0.5 - 2 * 55, 12);
});
