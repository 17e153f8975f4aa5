import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { type EngleGrangerOptions, engleGranger } from "./engle-granger.ts";
import { engleGrangerSeveral } from "./engle-granger-several.ts";

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

function expectList(golden: GoldenCase, field: string, actual: readonly number[]): void {
  const expected = golden.expected[field] as readonly number[];
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field}`, value, Number(expected[i]), golden.tolerance);
  });
}

describe("engleGrangerSeveral", () => {
  test.each(goldenCases("engle-granger", "eg3/"))("agrees with statsmodels: $case", (golden) => {
    const columns = goldenColumns(String(golden.input["m"]));
    const others = golden.params?.["regressors"] as readonly number[];
    const y = columns[Number(golden.params?.["dependent"])] ?? new Float64Array();
    const options = optionsOf(golden);
    const regressors = others.map((j) => columns[j] ?? new Float64Array());
    const result = engleGrangerSeveral(y, regressors, options);
    expect(result.lags).toBe(golden.expected["used_lag"]);
    expect(result.observations - 1 - result.lags).toBe(golden.expected["adf_nobs"]);
    expectGolden(golden, "stat", result.statistic);
    expectGolden(golden, "p", Number(result.pValue));
    expectGolden(golden, "alpha", result.intercept);
    expectGolden(golden, "r2", result.rSquared);
    if (options.trend === "ct") expectGolden(golden, "trend", result.trendPerBar);
    expectList(golden, "beta", [...result.hedgeRatios]);
    const { onePercent, fivePercent, tenPercent } = result.criticalValues;
    expectList(golden, "crit_corrected", [onePercent, fivePercent, tenPercent]);
  });

  test("with one regressor it is engleGranger", () => {
    const y = randomWalk(200, 1);
    const x = randomWalk(200, 2);
    for (const trend of ["c", "ct", "ctt"] as const) {
      const several = engleGrangerSeveral(y, [x], { trend });
      const single = engleGranger(y, x, { trend });
      const tolerance = { rtol: 1e-9, atol: 1e-12 };
      expect(several.lags).toBe(single.lags);
      expectWithin("statistic", several.statistic, single.statistic, tolerance);
      expectWithin("p", Number(several.pValue), single.pValue, tolerance);
      expectWithin("ratio", Number(several.hedgeRatios[0]), single.hedgeRatio, tolerance);
      expectWithin("trend", several.trendPerBar, single.trendPerBar, tolerance);
      const squared = several.trendSquaredPerBar;
      expectWithin("squared trend", squared, single.trendSquaredPerBar, tolerance);
      expectWithin("intercept", several.intercept, single.intercept, { rtol: 1e-9, atol: 1e-9 });
    }
  });

  test("does not depend on the order of the regressors, nor on units and levels", () => {
    const inputs = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      scale: fc.double({ min: 0.01, max: 100, noNaN: true }),
      level: fc.double({ min: -100, max: 100, noNaN: true }),
      trend: fc.constantFrom("c" as const, "ct" as const, "ctt" as const),
    });
    fc.assert(
      fc.property(inputs, ({ seed, scale, level, trend }) => {
        const [y, x, z] = [
          randomWalk(80, seed),
          randomWalk(80, seed + 1),
          randomWalk(80, seed + 2),
        ];
        const options = { trend, lags: { kind: "fixed", lags: 1 } } as const;
        const result = engleGrangerSeveral(y, [x, z], options);
        const swapped = engleGrangerSeveral(y, [z, x], options);
        const moved = engleGrangerSeveral(
          y.map((value) => level + scale * value),
          [x, z],
          options,
        );
        const tolerance = { rtol: 1e-7, atol: 1e-9 };
        expectWithin("swapped", swapped.statistic, result.statistic, tolerance);
        expectWithin("moved", moved.statistic, result.statistic, tolerance);
        const [ofX = Number.NaN, ofZ = Number.NaN] = result.hedgeRatios;
        expectWithin("ratio", Number(swapped.hedgeRatios[1]), ofX, tolerance);
        expectWithin("scaled", Number(moved.hedgeRatios[1]), scale * ofZ, {
          rtol: 1e-7,
          atol: 1e-9 * scale,
        });
      }),
    );
  });

  test("has critical values but no p-value for eight series", () => {
    const walks = Array.from({ length: 8 }, (_, seed) => randomWalk(300, seed + 3));
    const [y = new Float64Array(), ...others] = walks;
    const result = engleGrangerSeveral(y, others);
    expect(result.pValue).toBeNull();
    expect(result.criticalValues.fivePercent).toBeLessThan(-5);
  });

  const y = randomWalk(60, 20);
  const x = randomWalk(60, 21);
  const z = randomWalk(60, 22);
  test.each([
    { name: "y is a combination", y: y.map((v, i) => v + 2 * Number(x[i])), code: "collinear" },
    { name: "there are 29 bars", y: y.slice(31), code: "too-short" },
    { name: "lengths differ", y: y.slice(1), code: "length-mismatch" },
  ])("is refused when $name", ({ y: dependent, code }) => {
    expect(() => engleGrangerSeveral(dependent, [x, y])).toThrow(expect.objectContaining({ code }));
  });

  test("is refused with no or with twelve regressors", () => {
    const error = expect.objectContaining({ code: "out-of-range" });
    expect(() => engleGrangerSeveral(y, [])).toThrow(error);
    expect(() =>
      engleGrangerSeveral(
        y,
        Array.from({ length: 12 }, () => z),
      ),
    ).toThrow(error);
  });
});
