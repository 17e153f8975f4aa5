import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { rollingZScore } from "./rolling-z-score.ts";

const cases = goldenCases("indicators", "zscore/").filter(
  (golden) => golden.params?.["ddof"] === 1,
);

describe("rollingZScore", () => {
  test.each(cases)("agrees with pandas, bar by bar: $case", (golden) => {
    const values = rollingZScore(goldenInput(golden, "close"), Number(golden.params?.["period"]));
    const expected = golden.expected["values"] as readonly (number | null)[];
    expect(values).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      if (value === null) expect(values[i]).toBeNaN();
      else expectWithin(`bar ${i}`, values[i]!, value, golden.tolerance);
    });
  });

  test("cutting off the future changes no bit up to the cut", () => {
    const walk = randomWalk(400, 3);
    const whole = rollingZScore(walk, 30);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (cut) => {
        expect(rollingZScore(walk.slice(0, cut), 30)).toEqual(whole.slice(0, cut));
      }),
    );
  });

  test("forgets all before its window: a spike of a trillion leaves no rounding behind", () => {
    const walk = randomWalk(300, 4);
    const spiked = walk.slice();
    spiked[10] = 1e12;
    expect(rollingZScore(spiked, 20).slice(30)).toEqual(rollingZScore(walk, 20).slice(30));
  });

  test("does not depend on scale and offset", () => {
    const walk = randomWalk(200, 5);
    const moved = rollingZScore(
      walk.map((value) => 3 + 0.25 * value),
      25,
    );
    rollingZScore(walk, 25).forEach((value, i) => {
      if (i >= 24) expectWithin(`bar ${i}`, moved[i]!, value, { rtol: 1e-10, atol: 1e-10 });
    });
  });

  test("is a gap where the window is flat", () => {
    const flat = new Float64Array(10).fill(0.1);
    expect([...rollingZScore(flat, 4)].every(Number.isNaN)).toBe(true);
  });

  test("is all gaps when the window is longer than the series", () => {
    expect([...rollingZScore(randomWalk(5, 1), 6)].every(Number.isNaN)).toBe(true);
  });

  test.each([1, 0, 2.5, Number.NaN])("refuses a window of %f bars", (windowBars) => {
    expect(() => rollingZScore(randomWalk(9, 1), windowBars)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
