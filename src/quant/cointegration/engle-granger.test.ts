import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { ordinaryLeastSquares } from "../regression/ordinary-least-squares.ts";
import { simpleOls } from "../stats/ols.ts";
import { augmentedDickeyFuller, dickeyFullerRegression } from "./adf.ts";
import { type EngleGrangerOptions, engleGranger } from "./engle-granger.ts";
import { mackinnonCriticalValues, mackinnonPValue } from "./mackinnon.ts";

function optionsOf(golden: GoldenCase): EngleGrangerOptions {
  const criterion = golden.params?.["autolag"];
  return {
    trend: golden.params?.["trend"] === "ct" ? "ct" : "c",
    lags:
      criterion === "aic" || criterion === "bic"
        ? { kind: criterion }
        : { kind: "fixed", lags: Number(golden.params?.["maxlag"]) },
  };
}

function criticalValuesOf(result: ReturnType<typeof engleGranger>): readonly number[] {
  const { onePercent, fivePercent, tenPercent } = result.criticalValues;
  return [onePercent, fivePercent, tenPercent];
}

function expectCriticalValues(golden: GoldenCase, field: string, actual: readonly number[]): void {
  const expected = golden.expected[field] as readonly number[];
  actual.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field}`, value, expected[i]!, { rtol: 1e-12, atol: 0 });
  });
}

const allCases = goldenCases("engle-granger", "eg/");
const isCollinear = (golden: GoldenCase): boolean => golden.expected["stat"] === "-Infinity";

describe("engleGranger", () => {
  test("with a squared trend is the unit-root test of the residual of x, 1, t and t²", () => {
    const y = randomWalk(150, 1).map((value, i) => value + 0.3 * i - 0.002 * i * i);
    const x = randomWalk(150, 2);
    const time = y.map((_, i) => i + 1);
    const square = time.map((t) => t * t);
    const fit = ordinaryLeastSquares(y, [x, time, square]);
    const unitRoot = dickeyFullerRegression(fit.residuals, "n", { kind: "aic" });
    const result = engleGranger(y, x, { trend: "ctt" });
    const tight = { rtol: 1e-8, atol: 1e-10 };
    const found = [result.intercept, result.hedgeRatio, result.trendPerBar];
    for (const [j, value] of [...found, result.trendSquaredPerBar].entries()) {
      expectWithin(`coefficient ${j}`, value, fit.coefficients[j]!, tight);
    }
    expect(result.lags).toBe(unitRoot.lags);
    expectWithin("statistic", result.statistic, unitRoot.statistic, tight);
    const law = { trend: "ctt", seriesCount: 2 } as const;
    expect(result.pValue).toBe(mackinnonPValue(result.statistic, law));
    const critical = mackinnonCriticalValues({ ...law, observations: 149 });
    expect(result.criticalValues).toEqual(critical);
  });

  test("with a squared trend rejects about one pair of walks in twenty", () => {
    let rejections = 0;
    for (let seed = 0; seed < 400; seed++) {
      const lags = { kind: "fixed", lags: 1 } as const;
      const walks = [randomWalk(300, 2 * seed + 1), randomWalk(300, 2 * seed + 2)] as const;
      if (engleGranger(...walks, { trend: "ctt", lags }).pValue < 0.05) rejections++;
    }
    // Three standard deviations of a binomial about 20 of 400, and a little for the finite length.
    expect(rejections).toBeGreaterThan(6);
    expect(rejections).toBeLessThan(36);
  });

  test.each(allCases.filter((golden) => !isCollinear(golden)))(
    "agrees with statsmodels: $case",
    (golden) => {
      const y = goldenInput(golden, "dependent");
      const x = goldenInput(golden, "regressor");
      const options = optionsOf(golden);
      const result = engleGranger(y, x, options);
      expect(result.lags).toBe(golden.expected["used_lag"]);
      expect(result.observations - 1 - result.lags).toBe(golden.expected["adf_nobs"]);
      expectGolden(golden, "stat", result.statistic);
      expectGolden(golden, "p", result.pValue);
      expectGolden(golden, "beta", result.hedgeRatio);
      expectGolden(golden, "alpha", result.intercept);
      expectGolden(golden, "r2", result.rSquared);
      if (options.trend === "ct") expectGolden(golden, "trend", result.trendPerBar);
      expectCriticalValues(golden, "crit_corrected", criticalValuesOf(result));
      const compatible = engleGranger(y, x, { ...options, compat: "statsmodels" });
      expectCriticalValues(golden, "crit_statsmodels", criticalValuesOf(compatible));
    },
  );

  test.each(allCases.filter(isCollinear))(
    "refuses copies, which statsmodels calls cointegrated: $case",
    (golden) => {
      const y = goldenInput(golden, "dependent");
      const x = goldenInput(golden, "regressor");
      expect(() => engleGranger(y, x)).toThrow(expect.objectContaining({ code: "collinear" }));
      const compatible = engleGranger(y, x, { compat: "statsmodels" });
      expect(compatible.statistic).toBe(Number.NEGATIVE_INFINITY);
      expect(compatible.pValue).toBe(0);
    },
  );

  test.each(goldenCases("engle-granger", "naive_n1/"))(
    "has the p-value of two series, not of one: $case",
    (golden) => {
      const y = goldenInput(golden, "dependent");
      const { pValue } = engleGranger(y, goldenInput(golden, "regressor"));
      expectGolden(golden, "correct_p", pValue);
      const x = goldenInput(golden, "regressor");
      const { residuals } = simpleOls(y, x);
      expectGolden(golden, "naive_adf_p", augmentedDickeyFuller(residuals).pValue);
    },
  );

  test("adding a constant to a log price changes only the intercept", () => {
    const y = goldenSeries("indep_250.y").map(Math.log);
    const x = goldenSeries("indep_250.x").map(Math.log);
    const result = engleGranger(y, x);
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (constant) => {
        const moved = engleGranger(
          y.map((value) => value + constant),
          x,
        );
        const tolerance = { rtol: 1e-8, atol: 1e-10 };
        expect(moved.lags).toBe(result.lags);
        expectWithin("statistic", moved.statistic, result.statistic, tolerance);
        expectWithin("hedge ratio", moved.hedgeRatio, result.hedgeRatio, tolerance);
        expectWithin("intercept", moved.intercept, result.intercept + constant, tolerance);
      }),
    );
  });

  test("rejects about one independent pair in twenty at 5 %", () => {
    let rejections = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const y = randomWalk(250, 2 * seed + 1);
      const x = randomWalk(250, 2 * seed + 2);
      const result = engleGranger(y, x, { lags: { kind: "fixed", lags: 0 } });
      if (result.pValue < 0.05) rejections++;
    }
    // Three standard deviations of a binomial about 50 of 1,000.
    expect(rejections).toBeGreaterThan(29);
    expect(rejections).toBeLessThan(71);
  });

  test("gives the same bits for the same input", () => {
    const y = randomWalk(500, 11);
    const x = randomWalk(500, 12);
    expect(engleGranger(y, x)).toEqual(engleGranger(y, x));
  });

  const walk = randomWalk(60, 13);
  const other = randomWalk(60, 14);
  test.each([
    { name: "both legs are the same", y: walk, x: walk, trend: "c", code: "collinear" },
    { name: "x is constant", y: walk, x: walk.map(() => 0.1), trend: "c", code: "constant" },
    { name: "y is constant", y: walk.map(() => 0.1), x: walk, trend: "c", code: "constant" },
    {
      name: "x is a line beside a trend",
      y: walk,
      x: walk.map((_, i) => 0.1 * i),
      trend: "ct",
      code: "constant",
    },
    {
      name: "there are 29 bars",
      y: walk.slice(31),
      x: other.slice(31),
      trend: "c",
      code: "too-short",
    },
    { name: "lengths differ", y: walk, x: other.slice(1), trend: "c", code: "length-mismatch" },
    {
      name: "a price is missing",
      y: walk.map((v, i) => (i === 7 ? Number.NaN : v)),
      x: other,
      trend: "c",
      code: "not-finite",
    },
  ] as const)("is refused when $name", ({ y, x, trend, code }) => {
    expect(() => engleGranger(y, x, { trend })).toThrow(expect.objectContaining({ code }));
  });
});
