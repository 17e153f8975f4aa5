import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { simpleOls } from "./ols.ts";

const cases = goldenCases("regression", "ols/").filter(
  (golden) => golden.params?.["intercept"] === true,
);

describe("simpleOls", () => {
  test.each(cases)("agrees with statsmodels: $case", (golden) => {
    const fit = simpleOls(goldenInput(golden, "y"), goldenInput(golden, "x"));
    expectGolden(golden, "beta", fit.slope);
    expectGolden(golden, "alpha", fit.intercept);
    expectGolden(golden, "se_beta", fit.standardErrors.slope);
    expectGolden(golden, "se_alpha", fit.standardErrors.intercept);
    expectGolden(golden, "r2", fit.rSquared);
    expectGolden(golden, "ssr", fit.residualSumOfSquares);
    expectGolden(golden, "resid_first", fit.residuals[0]!);
    expectGolden(golden, "resid_last", fit.residuals.at(-1)!);
    expect(fit.observations).toBe(golden.expected["nobs"]);
  });

  test("adding a constant to y changes only the intercept", () => {
    const x = randomWalk(200, 1);
    const y = randomWalk(200, 2);
    const fit = simpleOls(y, x);
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (constant) => {
        const moved = simpleOls(
          y.map((value) => value + constant),
          x,
        );
        expectWithin("slope", moved.slope, fit.slope, { rtol: 1e-10, atol: 1e-10 });
        const intercept = fit.intercept + constant;
        expectWithin("intercept", moved.intercept, intercept, { rtol: 1e-10, atol: 1e-10 });
      }),
    );
  });

  test.each([
    { name: "x is constant", y: [1, 2, 3], x: [0.1, 0.1, 0.1], code: "constant" },
    { name: "y is constant", y: [0.1, 0.1, 0.1], x: [1, 2, 3], code: "constant" },
    { name: "lengths differ", y: [1, 2, 3], x: [1, 2], code: "length-mismatch" },
    { name: "there are two bars", y: [1, 2], x: [1, 2], code: "too-short" },
    {
      name: "a value is infinite",
      y: [1, 2, Number.POSITIVE_INFINITY],
      x: [1, 2, 3],
      code: "not-finite",
    },
  ])("is refused when $name", ({ y, x, code }) => {
    expect(() => simpleOls(Float64Array.from(y), Float64Array.from(x))).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
