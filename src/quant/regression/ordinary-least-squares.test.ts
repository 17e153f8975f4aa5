import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { neweyWestErrors } from "./newey-west-errors.ts";
import { ordinaryLeastSquares } from "./ordinary-least-squares.ts";

const FIELDS = [
  ["r2", "rSquared"],
  ["r2_adj", "rSquaredAdjusted"],
  ["ssr", "residualSumOfSquares"],
  ["sigma", "residualStandardError"],
  ["nobs", "observations"],
  ["df_resid", "degreesOfFreedom"],
  ["f", "fStatistic"],
  ["llf", "logLikelihood"],
  ["aic", "aic"],
  ["bic", "bic"],
  ["durbin_watson", "durbinWatson"],
] as const;

function expectCoefficient(
  golden: GoldenCase,
  name: string,
  result: ReturnType<typeof ordinaryLeastSquares>,
  i: number,
): void {
  expectGolden(golden, name, Number(result.coefficients[i]));
  expectGolden(golden, `se_${name}`, Number(result.standardErrors[i]));
  expectGolden(golden, `t_${name}`, Number(result.tStatistics[i]));
  expectGolden(golden, `p_${name}`, Number(result.pValues[i]));
}

describe("ordinaryLeastSquares", () => {
  test.each(goldenCases("regression", "ols/"))("agrees with statsmodels: $case", (golden) => {
    const intercept = golden.params?.["intercept"] === true;
    const result = ordinaryLeastSquares(goldenInput(golden, "y"), [goldenInput(golden, "x")], {
      intercept,
    });
    for (const [field, key] of FIELDS) expectGolden(golden, field, Number(result[key]));
    expectCoefficient(golden, "beta", result, intercept ? 1 : 0);
    if (intercept) expectCoefficient(golden, "alpha", result, 0);
    expectGolden(golden, "resid_first", Number(result.residuals[0]));
    expectGolden(golden, "resid_last", Number(result.residuals.at(-1)));
  });

  test.each(goldenCases("regression", "ols_multi/"))("agrees with statsmodels: $case", (golden) => {
    const [y, ...regressors] = goldenColumns(String(golden.input["m"]));
    const result = ordinaryLeastSquares(y ?? new Float64Array(), regressors);
    const lists = [
      ["params", result.coefficients],
      ["se", result.standardErrors],
      ["t", result.tStatistics],
    ] as const;
    for (const [field, values] of lists) {
      const expected = golden.expected[field] as readonly number[];
      expect(values).toHaveLength(expected.length);
      values.forEach((value, i) => {
        expectWithin(`${field} ${i}`, value, Number(expected[i]), golden.tolerance);
      });
    }
    expectGolden(golden, "r2", result.rSquared);
    expectGolden(golden, "ssr", result.residualSumOfSquares);
  });

  test("residuals are orthogonal to the regressors and sum to zero", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 5 }), (seed, k) => {
        const y = randomWalk(60, seed);
        const regressors = Array.from({ length: k }, (_, j) => randomWalk(60, seed + j + 1));
        const { residuals } = ordinaryLeastSquares(y, regressors);
        for (const x of [...regressors, y.map(() => 1)]) {
          let product = 0;
          residuals.forEach((residual, i) => {
            product += residual * Number(x[i]);
          });
          expect(Math.abs(product)).toBeLessThan(1e-8 * 60 * 60);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("finds an exact relation and calls it certain", () => {
    const a = randomWalk(40, 1);
    const b = randomWalk(40, 2);
    const y = a.map((value, i) => 1 + 2 * value - 3 * Number(b[i]));
    const result = ordinaryLeastSquares(y, [a, b]);
    [1, 2, -3].forEach((expected, i) => {
      expect(result.coefficients[i]).toBeCloseTo(expected, 10);
    });
    expect(result.pValues[1]).toBeLessThan(1e-100);
  });

  const walk = randomWalk(30, 3);
  const other = randomWalk(30, 4);
  test.each([
    { name: "there is no regressor", y: walk, x: [], code: "out-of-range" },
    { name: "lengths differ", y: walk, x: [other.slice(1)], code: "length-mismatch" },
    { name: "a regressor is constant", y: walk, x: [other.map(() => 0.1)], code: "constant" },
    { name: "y is constant", y: walk.map(() => 0.1), x: [other], code: "constant" },
    {
      name: "regressors depend on each other",
      y: walk,
      x: [other, other.map((v) => 3 - 2 * v)],
      code: "collinear",
    },
    {
      name: "there are as many coefficients as bars",
      y: walk.slice(0, 2),
      x: [other.slice(0, 2)],
      code: "too-short",
    },
    { name: "a value is missing", y: walk, x: [other.map(() => Number.NaN)], code: "not-finite" },
  ])("is refused when $name", ({ y, x, code }) => {
    expect(() => ordinaryLeastSquares(y, x)).toThrow(expect.objectContaining({ code }));
  });
});

describe("neweyWestErrors", () => {
  test.each(goldenCases("regression", "ols_hac/"))("agrees with statsmodels: $case", (golden) => {
    const errors = neweyWestErrors(goldenInput(golden, "y"), [goldenInput(golden, "x")], {
      lags: Number(golden.params?.["maxlags"]),
    });
    expectGolden(golden, "se_alpha", Number(errors[0]));
    expectGolden(golden, "se_beta", Number(errors[1]));
  });

  test("is refused when there are as many lags as bars", () => {
    const walk = randomWalk(20, 5);
    expect(() => neweyWestErrors(walk, [randomWalk(20, 6)], { lags: 20 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
