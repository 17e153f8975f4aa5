import { describe, expect, test } from "vitest";
import { mostAccurateThreshold } from "./rlrt-threshold.ts";
import { rlrtTrendFits, rlrtTrends } from "./rlrt-trends.ts";
import { syntheticPair } from "./synthetic-pair.test-support.ts";
import { trendAccuracy } from "./trend-accuracy.ts";

const risingThen = (...rest: number[]) => Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...rest);
const GAP = Number.NaN;

describe("rlrtTrendFits", () => {
  test("speaks at the bar after its window, from bar 10 to bar n − 3", () => {
    const { slopes, rSquared } = rlrtTrendFits(risingThen(10, 11, 12, 13, 14));
    const expected = [...Array<number>(10).fill(GAP), 1, 1, 1, GAP, GAP];
    for (const [i, value] of expected.entries()) {
      for (const actual of [slopes[i], rSquared[i]]) {
        if (Number.isNaN(value)) expect(actual, `bar ${i}`).toBeNaN();
        else expect(actual, `bar ${i}`).toBeCloseTo(value, 12);
      }
    }
  });

  test("does not see the bar at which it speaks", () => {
    const { slopes } = rlrtTrendFits(risingThen(-1000, 0, 0));
    expect(slopes[10]).toBeCloseTo(1, 12);
  });

  test("agrees with the textbook on a crooked window", () => {
    // A permutation of 0 … 9, so that the squares of both are 82.5.
    const window = [1, 0, 3, 2, 4, 5, 6, 7, 9, 8];
    const { slopes, rSquared } = rlrtTrendFits(Float64Array.of(...window, 0, 0, 0));
    const product = window.reduce((sum, value, k) => sum + (k - 4.5) * (value - 4.5), 0);
    expect(slopes[10]).toBeCloseTo(product / 82.5, 12);
    expect(rSquared[10]).toBeCloseTo((product / 82.5) ** 2, 12);
  });

  test("refuses fewer bars than a window", () => {
    expect(() => rlrtTrendFits(new Float64Array(9))).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});

describe("rlrtTrends", () => {
  test("is the sign of the slope where R² exceeds the threshold", () => {
    const fits = {
      slopes: Float64Array.of(GAP, 2, -2, 2, 0),
      rSquared: Float64Array.of(GAP, 0.7, 0.7, 0.6, GAP),
    };
    expect([...rlrtTrends(fits, 0.6)]).toEqual([GAP, 1, -1, 0, 0]);
  });

  test("has none in a window that stands still", () => {
    const still = new Float64Array(13).fill(0.1);
    expect(rlrtTrends(rlrtTrendFits(still), 0.4)[10]).toBe(0);
  });
});

describe("trendAccuracy", () => {
  const rising = Float64Array.from({ length: 13 }, (_, i) => (i === 10 ? 1 : GAP));

  test.each([
    { name: "goes on rising", rest: [10, 11, 12], ofMean: 1, ofLast: 1 },
    { name: "stands still, a little below its last value", rest: [8, 8, 8], ofMean: 1, ofLast: 0 },
    { name: "falls back below its mean", rest: [3, 3, 3], ofMean: 0, ofLast: 0 },
    { name: "returns to its mean exactly", rest: [4.5, 4.5, 4.5], ofMean: 0, ofLast: 0 },
  ])("a rising trend of a spread that $name", ({ rest, ofMean, ofLast }) => {
    const spread = risingThen(...rest);
    const accuracyOf = (reference: "window-mean" | "last-value") =>
      trendAccuracy(spread, rising, reference);
    expect(accuracyOf("window-mean")).toEqual({ share: ofMean, trendCount: 1 });
    expect(accuracyOf("last-value")).toEqual({ share: ofLast, trendCount: 1 });
  });

  test("is null without a trend", () => {
    const none = trendAccuracy(risingThen(1, 2, 3), new Float64Array(13), "window-mean");
    expect(none).toEqual({ share: null, trendCount: 0 });
  });
});

describe("mostAccurateThreshold", () => {
  test("takes the first among equals", () => {
    const spread = risingThen(10, 11, 12);
    const { chosen, tried } = mostAccurateThreshold(spread, rlrtTrendFits(spread));
    expect(tried.map(({ rSquaredMin, share }) => [rSquaredMin, share])).toEqual([
      [0.4, 1],
      [0.5, 1],
      [0.6, 1],
    ]);
    expect(chosen.rSquaredMin).toBe(0.4);
  });

  test("takes the most accurate, and the first where none has a trend", () => {
    const still = new Float64Array(13);
    expect(mostAccurateThreshold(still, rlrtTrendFits(still)).chosen).toEqual({
      rSquaredMin: 0.4,
      share: null,
      trendCount: 0,
    });
    const { y } = syntheticPair(1, 250);
    const { chosen, tried } = mostAccurateThreshold(y, rlrtTrendFits(y));
    expect(chosen.share).toBe(Math.max(...tried.map(({ share }) => share ?? 0)));
  });
});
