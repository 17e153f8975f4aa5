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
import { augmentedDickeyFuller, dickeyFullerRegression } from "./adf.ts";
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

  test("does not depend on scale and offset, nor with a trend on a line", () => {
    const inputs = fc.record({
      scale: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      level: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      drift: fc.double({ min: -2, max: 2, noNaN: true }),
      trend: fc.constantFrom("c" as const, "ct" as const, "ctt" as const),
      n: fc.integer({ min: 40, max: 200 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(inputs, ({ scale, level, drift, trend, n, seed }) => {
        const walk = randomWalk(n, seed);
        const slope = trend === "c" ? 0 : drift * scale;
        const result = augmentedDickeyFuller(walk, { trend });
        const moved = augmentedDickeyFuller(
          walk.map((value, t) => level - scale * value + slope * t),
          { trend },
        );
        expect(moved.lags).toBe(result.lags);
        expectWithin("statistic", moved.statistic, result.statistic, { rtol: 1e-7, atol: 1e-9 });
      }),
    );
  });

  test.each(["n", "c"] as const)("of a long series is that of the slow regression: %s", (trend) => {
    const long = randomWalk(6_000, 11);
    const slow = dickeyFullerRegression(long, trend, { kind: "aic" });
    const quick = augmentedDickeyFuller(long, { trend });
    expect(quick.lags).toBe(slow.lags);
    for (const field of ["statistic", "coefficient", "standardError"] as const) {
      expectWithin(field, quick[field], slow[field], { rtol: 1e-9, atol: 0 });
    }
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
