import { expect, test } from "vitest";
import { landingFigureData } from "./landing-figure-data.ts";
import { rangeOf, seriesPath } from "./svg-path.ts";

const SCALE = { width: 100, top: 0, height: 10, low: 0, high: 10 };

test("a path goes from left to right with high values at the top", () => {
  expect(seriesPath(Float64Array.of(0, 10, 5), SCALE)).toBe("M0.0 10.0L50.0 0.0L100.0 5.0");
});

test("a gap in the series is a gap in the path", () => {
  expect(seriesPath(Float64Array.of(0, Number.NaN, 5), SCALE)).toBe("M0.0 10.0M100.0 5.0");
});

test("the range leaves a margin and skips gaps", () => {
  expect(rangeOf(Float64Array.of(Number.NaN, 0), Float64Array.of(10))).toEqual({
    low: -0.5,
    high: 10.5,
  });
});

test("the landing figure is the same each time and shows trades of both sides that end", () => {
  const { markers, pricesY } = landingFigureData();
  expect(landingFigureData().pricesY).toEqual(pricesY);
  expect(new Set(markers.map(({ kind }) => kind))).toEqual(new Set(["long", "short", "exit"]));
});
