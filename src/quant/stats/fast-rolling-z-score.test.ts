import fc from "fast-check";
import { expect, test } from "vitest";
import { expectWithin, randomWalk } from "../golden/load-golden.test-support.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { fastRollingZScore } from "./fast-rolling-z-score.ts";
import { rollingZScore } from "./rolling-z-score.ts";

const NEAR = { rtol: 1e-9, atol: 1e-10 };

function expectExactValues(values: Float64Array, windowBars: number): void {
  const fast = fastRollingZScore(values, windowBars);
  rollingZScore(values, windowBars).forEach((expected, i) => {
    if (Number.isNaN(expected)) expect(fast[i], `bar ${i}`).toBeNaN();
    else expectWithin(`bar ${i}`, Number(fast[i]), expected, NEAR);
  });
}

test("the values are those of rollingZScore but for the last digits", () => {
  const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 1_000);
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 200 }),
      fc.integer({ min: 2, max: 60 }),
      (list, windowBars) => expectExactValues(Float64Array.from(list), windowBars),
    ),
  );
});

test("so they are far from zero, after spikes and where much stands still", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1e6) },
    { weight: 1, arbitrary: fc.constantFrom(-1e6, 1e6, 1) },
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 150 }),
      fc.integer({ min: 2, max: 40 }),
      (steps, windowBars) =>
        expectExactValues(
          Float64Array.from(steps, (value) => 1e4 + value),
          windowBars,
        ),
    ),
  );
});

test("the last of a million bars is as exact as the first", () => {
  const walk = randomWalk(1_000_000, 1).map((value) => 1e3 + value);
  const fast = fastRollingZScore(walk, 500);
  for (let end = 500; end <= walk.length; end += 9_973) {
    const [expected] = rollingZScore(walk.subarray(end - 500, end), 500).slice(-1);
    expectWithin(`bar ${end - 1}`, Number(fast[end - 1]), Number(expected), NEAR);
  }
});

test("a spike leaves no trace once it has left the window", () => {
  const walk = randomWalk(300, 2);
  const spiked = walk.with(100, 1e9);
  expect(fastRollingZScore(spiked, 40).slice(140)).toEqual(fastRollingZScore(walk, 40).slice(140));
});

test("cutting off the future changes nothing before the cut", () => {
  const walk = randomWalk(200, 3);
  const whole = fastRollingZScore(walk, 30);
  for (const cut of [1, 29, 30, 45, 60, 61, 137]) {
    expect(fastRollingZScore(walk.slice(0, cut), 30)).toEqual(whole.slice(0, cut));
  }
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
