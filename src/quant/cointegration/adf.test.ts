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
import { augmentedDickeyFuller } from "./adf.ts";
import type { LagOption } from "./lag-selection.ts";
import type { DeterministicTrend } from "./mackinnon-tables.ts";

function lagsOf(golden: GoldenCase): LagOption {
  switch (golden.params?.["autolag"]) {
    case "AIC":
      return { kind: "aic" };
    case "BIC":
      return { kind: "bic" };
    case "t-stat":
      return { kind: "t-stat" };
    default:
      return { kind: "fixed", lags: Number(golden.params?.["maxlag"]) };
  }
}

const cases = [...goldenCases("unit-root", "adf/"), ...goldenCases("unit-root", "edge/adf")];

describe("augmentedDickeyFuller", () => {
  test.each(cases)("agrees with statsmodels: $case", (golden) => {
    const result = augmentedDickeyFuller(goldenInput(golden, "x"), {
      trend: golden.params?.["regression"] as DeterministicTrend,
      lags: lagsOf(golden),
    });
    expect(result.lags).toBe(golden.expected["used_lag"]);
    expect(result.observations).toBe(golden.expected["nobs"]);
    expectGolden(golden, "stat", result.statistic);
    expectGolden(golden, "p", result.pValue);
    expectGolden(golden, "coef", result.coefficient);
    expectGolden(golden, "se", result.standardError);
    const { onePercent, fivePercent, tenPercent } = result.criticalValues;
    const expected = golden.expected["crit"] as readonly number[];
    [onePercent, fivePercent, tenPercent].forEach((value, i) => {
      expectWithin("critical value", value, expected[i]!, { rtol: 1e-12, atol: 0 });
    });
  });

  test("does not depend on scale and offset", () => {
    const walk = randomWalk(300, 6);
    const moved = augmentedDickeyFuller(walk.map((value) => 1000 - 7 * value));
    const result = augmentedDickeyFuller(walk);
    expect(moved.lags).toBe(result.lags);
    expectWithin("statistic", moved.statistic, result.statistic, { rtol: 1e-9, atol: 0 });
  });

  test("takes a series that stood still until its last bars", () => {
    const stale = new Float64Array(60).fill(5);
    stale.set([5.1, 5, 5.2], 57);
    expect(Number.isFinite(augmentedDickeyFuller(stale).statistic)).toBe(true);
  });

  test.each([
    { name: "is constant", values: goldenSeries("constant_100"), options: {}, code: "constant" },
    {
      name: "is too short for the search",
      values: goldenSeries("short_8").slice(0, 3),
      options: { trend: "ct" as const },
      code: "too-short",
    },
    {
      name: "is too short for its lags",
      values: goldenSeries("short_8"),
      options: { lags: { kind: "fixed", lags: 4 } as const },
      code: "too-short",
    },
    {
      name: "is asked for half a lag",
      values: goldenSeries("rw_60"),
      options: { lags: { kind: "fixed", lags: 0.5 } as const },
      code: "out-of-range",
    },
    {
      name: "is a straight line",
      values: Float64Array.from({ length: 50 }, (_, i) => i),
      options: {},
      code: "collinear",
    },
  ])("is refused when the series $name", ({ values, options, code }) => {
    expect(() => augmentedDickeyFuller(values, options)).toThrow(expect.objectContaining({ code }));
  });
});
