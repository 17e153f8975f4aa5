import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { simpleOls } from "../stats/ols.ts";
import { expandingOls } from "./expanding-ols.ts";
import { rollingFit } from "./rolling-fit.ts";
import { rollingOls } from "./rolling-ols.ts";

function rangeOf(values: Float64Array): number {
  return Math.max(...values) - Math.min(...values);
}

const TIGHT = { rtol: 1e-9, atol: 1e-12 };

describe("rollingOls", () => {
  test.each(goldenCases("regression", "rolling_ols/"))(
    "agrees with statsmodels: $case",
    (golden) => {
      const windowBars = Number(golden.params?.["window"]);
      const y = goldenInput(golden, "y");
      const x = goldenInput(golden, "x");
      const { slopes, intercepts, rSquared, slopeErrors } = rollingFit(y, x, { windowBars });
      const index = golden.expected["index"] as readonly number[];
      const alpha = golden.expected["alpha"] as readonly number[];
      const beta = golden.expected["beta"] as readonly number[];
      const r2 = golden.expected["r2"] as readonly number[];
      const errors = golden.expected["se_beta"] as readonly number[];
      index.forEach((bar, i) => {
        expectWithin(`r2 ${bar}`, Number(rSquared[bar]), Number(r2[i]), golden.tolerance);
        expectWithin(`se ${bar}`, Number(slopeErrors[bar]), Number(errors[i]), golden.tolerance);
        expectWithin(`alpha ${bar}`, Number(intercepts[bar]), Number(alpha[i]), golden.tolerance);
        expectWithin(`beta ${bar}`, Number(slopes[bar]), Number(beta[i]), golden.tolerance);
      });
      expect(slopes.findIndex((slope) => !Number.isNaN(slope))).toBe(
        golden.expected["first_valid_index"],
      );
      const sum = slopes.subarray(windowBars - 1).reduce((total, slope) => total + slope, 0);
      expectWithin("sum of beta", sum, Number(golden.expected["sum_beta"]), golden.tolerance);
    },
  );

  test("is the regression of each window, whatever its length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 80 }), (seed, w) => {
        const y = randomWalk(80, seed);
        const x = randomWalk(80, seed + 1);
        const { slopes, intercepts } = rollingOls(y, x, { windowBars: w });
        for (let t = w - 1; t < 80; t++) {
          const line = simpleOls(y.slice(t + 1 - w, t + 1), x.slice(t + 1 - w, t + 1));
          expectWithin("slope", Number(slopes[t]), line.slope, TIGHT);
          expectWithin("intercept", Number(intercepts[t]), line.intercept, TIGHT);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("so it is far from zero, after spikes and where much stands still", () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000) },
      { weight: 1, arbitrary: fc.constantFrom(-1e6, 1e6) },
    );
    const bars = fc.array(fc.tuple(step, step), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(bars, fc.integer({ min: 3, max: 40 }), (list, w) => {
        const x = Float64Array.from(list, ([value]) => 1e4 + value);
        const y = Float64Array.from(list, ([value, other]) => 2e4 + value + other);
        const { slopes } = rollingOls(y, x, { windowBars: w });
        for (let t = w - 1; t < list.length; t++) {
          const [window, fitted] = [x.slice(t + 1 - w, t + 1), y.slice(t + 1 - w, t + 1)];
          if (rangeOf(window) === 0) expect(slopes[t]).toBeNaN();
          else if (rangeOf(fitted) === 0) expect(slopes[t]).toBe(0);
          else {
            // A slope near zero is as exact as the steepest that such deviations could have.
            const atol = (1e-9 * rangeOf(fitted)) / rangeOf(window);
            const { slope } = simpleOls(fitted, window);
            expectWithin("slope", Number(slopes[t]), slope, { rtol: 1e-9, atol });
          }
        }
      }),
    );
  });

  test("without intercept it is Σxy / Σx² of each window", () => {
    const y = randomWalk(50, 1);
    const x = randomWalk(50, 2);
    const { slopes } = rollingOls(y, x, { windowBars: 7, intercept: false });
    for (let t = 0; t < 50; t++) {
      let xx = 0;
      let xy = 0;
      for (let i = t - 6; i <= t; i++) {
        xx += Number(x[i]) ** 2;
        xy += Number(x[i]) * Number(y[i]);
      }
      if (t < 6) expect(slopes[t]).toBeNaN();
      else expectWithin("slope", Number(slopes[t]), xy / xx, TIGHT);
    }
  });

  test("has no fit where y stands still", () => {
    const x = randomWalk(20, 15);
    const { rSquared, slopes, slopeErrors } = rollingFit(
      x.map(() => 2),
      x,
      { windowBars: 5 },
    );
    expect(slopes[10]).toBe(0);
    expect(rSquared[10]).toBeNaN();
    expect(slopeErrors[10]).toBeNaN();
  });

  test("cutting off the future changes nothing before the cut", () => {
    const y = randomWalk(200, 3);
    const x = randomWalk(200, 4);
    const whole = rollingOls(y, x, { windowBars: 30 });
    for (const cut of [30, 45, 60, 61, 137]) {
      const part = rollingOls(y.slice(0, cut), x.slice(0, cut), { windowBars: 30 });
      expect(part.slopes).toEqual(whole.slopes.slice(0, cut));
    }
  });

  test("a spike leaves no trace once it has left the window", () => {
    const y = randomWalk(300, 5);
    const x = randomWalk(300, 6);
    const spiked = x.map((value, i) => (i === 100 ? 1e9 : value));
    const clean = rollingOls(y, x, { windowBars: 40 });
    const after = rollingOls(y, spiked, { windowBars: 40 });
    expect(after.slopes.slice(140)).toEqual(clean.slopes.slice(140));
  });

  test("the last of a million bars is as exact as the first", () => {
    const x = randomWalk(1_000_000, 7).map((value) => 1e4 + value);
    const y = randomWalk(1_000_000, 8).map((value, i) => value + Number(x[i]));
    const { slopes, intercepts } = rollingOls(y, x, { windowBars: 500 });
    for (let t = 499; t < 1_000_000; t += 9_973) {
      const line = simpleOls(y.slice(t - 499, t + 1), x.slice(t - 499, t + 1));
      expectWithin(`slope ${t}`, Number(slopes[t]), line.slope, TIGHT);
      expectWithin(`intercept ${t}`, Number(intercepts[t]), line.intercept, TIGHT);
    }
  });

  test("has no value where x stands still", () => {
    const x = new Float64Array(20).fill(0.1);
    x[19] = 0.2;
    const { slopes } = rollingOls(randomWalk(20, 9), x, { windowBars: 5 });
    expect(slopes.subarray(0, 19).every(Number.isNaN)).toBe(true);
    expect(Number.isFinite(slopes[19])).toBe(true);
  });

  test.each([
    { name: "the window is one bar", windowBars: 1, code: "out-of-range" },
    { name: "the window is half a bar more", windowBars: 5.5, code: "out-of-range" },
    { name: "there are fewer bars than the window", windowBars: 21, code: "too-short" },
  ])("is refused when $name", ({ windowBars, code }) => {
    expect(() => rollingOls(randomWalk(20, 1), randomWalk(20, 2), { windowBars })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("expandingOls", () => {
  test("is the regression of all bars so far", () => {
    const y = randomWalk(400, 11);
    const x = randomWalk(400, 12);
    const { slopes, intercepts } = expandingOls(y, x, { barsMin: 10 });
    expect(slopes[8]).toBeNaN();
    for (const t of [9, 10, 57, 399]) {
      const line = simpleOls(y.slice(0, t + 1), x.slice(0, t + 1));
      expectWithin("slope", Number(slopes[t]), line.slope, TIGHT);
      expectWithin("intercept", Number(intercepts[t]), line.intercept, TIGHT);
    }
  });

  test("the last of a million bars is as exact as the first", () => {
    const x = randomWalk(1_000_000, 13).map((value) => 1e5 + 1e-3 * value);
    const y = randomWalk(1_000_000, 14).map((value, i) => 1e-3 * value + 2 * Number(x[i]));
    const { slopes } = expandingOls(y, x);
    expectWithin("slope", Number(slopes.at(-1)), simpleOls(y, x).slope, TIGHT);
  });

  test("is refused when a line would need one bar", () => {
    expect(() => expandingOls(randomWalk(20, 1), randomWalk(20, 2), { barsMin: 1 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
