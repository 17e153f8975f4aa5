import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidInputError } from "../invalid-input-error.ts";
import { fastRollingZScore } from "./fast-rolling-z-score.ts";
import { rollingZScore } from "./rolling-z-score.ts";

test("the values are those of rollingZScore but for the last digits", () => {
  const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 1_000);
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 200 }),
      fc.integer({ min: 2, max: 60 }),
      (list, windowBars) => {
        const values = Float64Array.from(list);
        const exact = rollingZScore(values, windowBars);
        const fast = fastRollingZScore(values, windowBars);
        for (const [i, expected] of exact.entries()) {
          if (Number.isNaN(expected)) expect(fast[i]).toBeNaN();
          else expect(fast[i]).toBeCloseTo(expected, 8);
        }
      },
    ),
  );
});

test("a flat window has no z-score", () => {
  expect([...fastRollingZScore(new Float64Array(10).fill(0.1), 4)]).toEqual(
    new Array(10).fill(Number.NaN),
  );
});

test("a window longer than the series has no z-score at all", () => {
  expect([...fastRollingZScore(Float64Array.of(1, 2), 3)]).toEqual([Number.NaN, Number.NaN]);
});

test("a window of one bar is refused", () => {
  expect(() => fastRollingZScore(Float64Array.of(1, 2), 1)).toThrow(InvalidInputError);
});
