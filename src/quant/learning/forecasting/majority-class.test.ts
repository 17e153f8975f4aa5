import { describe, expect, test } from "vitest";
import { fitMajorityClass, majorityClassProbabilities } from "./majority-class.ts";

const TARGET = Float64Array.of(2, 0, 2, 1, 2);

describe("fitMajorityClass", () => {
  test("counts the classes, one that was not seen too", () => {
    expect(fitMajorityClass(TARGET, 4)).toEqual({
      kind: "majority-class",
      frequencies: Float64Array.of(0.2, 0.2, 0.6, 0),
      majority: 2,
    });
  });

  test("weighs rows, and takes the first of equals", () => {
    const { frequencies, majority } = fitMajorityClass(TARGET, 3, Float64Array.of(1, 2, 0, 2, 1));
    expect([...frequencies]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(majority).toBe(0);
  });

  test("says the same of every row", () => {
    const model = fitMajorityClass(Float64Array.of(0, 1, 1, 1), 2);
    expect([...majorityClassProbabilities(model, 2)]).toEqual([0.25, 0.75, 0.25, 0.75]);
  });

  test.each([
    { name: "no rows", target: new Float64Array(0), weights: null, code: "too-short" },
    { name: "a class of its own", target: Float64Array.of(3), weights: null, code: "out-of-range" },
    { name: "half a class", target: Float64Array.of(0.5), weights: null, code: "out-of-range" },
    {
      name: "a weight too few",
      target: TARGET,
      weights: Float64Array.of(1),
      code: "length-mismatch",
    },
    { name: "weights of 0", target: TARGET, weights: new Float64Array(5), code: "out-of-range" },
    {
      name: "a negative weight",
      target: Float64Array.of(1, 2),
      weights: Float64Array.of(1, -1),
      code: "out-of-range",
    },
  ])("refuses $name", ({ target, weights, code }) => {
    expect(() => fitMajorityClass(target, 3, weights)).toThrow(expect.objectContaining({ code }));
  });
});
