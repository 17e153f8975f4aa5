import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentedDickeyFuller, dickeyFullerRegression } from "../cointegration/adf.ts";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { dfGls } from "./df-gls.ts";
import { kpss } from "./kpss.ts";
import { mackinnonBiasPValue } from "./mackinnon-bias.ts";
import { phillipsPerron } from "./phillips-perron.ts";
import { varianceRatio } from "./variance-ratio.ts";
import { type BreakModel, zivotAndrews } from "./zivot-andrews.ts";

type Refusal = { readonly name: string; readonly call: () => unknown; readonly code: string };

function trendOf(golden: GoldenCase): "c" | "ct" {
  return golden.params?.["trend"] === "ct" || golden.params?.["regression"] === "ct" ? "ct" : "c";
}

const constant = goldenSeries("constant_100");
const short = goldenSeries("short_8");

/** The calls of the cases that other software refuses, or answers with nonsense. */
const REFUSED_CALLS: Readonly<Record<string, (x: Float64Array) => unknown>> = {
  "error/adf_constant": (x) => augmentedDickeyFuller(x),
  "error/adf_too_short_autolag": (x) => augmentedDickeyFuller(x.slice(0, 3), { trend: "ct" }),
  "error/adf_too_short_fixed": (x) =>
    augmentedDickeyFuller(x, { lags: { kind: "fixed", lags: 4 } }),
  "error/kpss_lag_too_long": (x) => kpss(x, { lags: 8 }),
  "error/kpss_constant": (x) => kpss(x),
};

test.each(goldenCases("unit-root", "error/"))("is refused for its reason: $case", (golden) => {
  const call = REFUSED_CALLS[golden.case];
  expect(() => call?.(goldenInput(golden, "x"))).toThrow(
    expect.objectContaining({ code: golden.expected["reason"] }),
  );
});

describe("kpss", () => {
  test.each(goldenCases("unit-root", "kpss/"))("agrees with statsmodels: $case", (golden) => {
    const lags = golden.params?.["nlags"];
    const result = kpss(goldenInput(golden, "x"), {
      trend: trendOf(golden),
      lags: lags === "auto" || lags === "legacy" ? lags : Number(lags),
    });
    expectGolden(golden, "stat", result.statistic);
    expectGolden(golden, "p", result.pValue);
    expect(result.lags).toBe(golden.expected["lags"]);
    expect(result.pValueClamped).toBe(golden.expected["p_clamped"]);
    const { onePercent, twoAndHalfPercent, fivePercent, tenPercent } = result.criticalValues;
    expect([onePercent, twoAndHalfPercent, fivePercent, tenPercent]).toEqual(
      golden.expected["crit_1_25_5_10"],
    );
  });

  const refusals: Refusal[] = [
    { name: "the series is constant", call: () => kpss(constant), code: "constant" },
    {
      name: "there are as many lags as bars",
      call: () => kpss(short, { lags: 8 }),
      code: "too-short",
    },
    {
      name: "lags are negative",
      call: () => kpss(short, { lags: -1 }),
      code: "out-of-range",
    },
    { name: "there are three bars", call: () => kpss(short.slice(5)), code: "too-short" },
  ];
  test.each(refusals)("is refused when $name", ({ call, code }) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  test("scale and offset change nothing", () => {
    const walk = randomWalk(120, 1);
    const result = kpss(walk);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (scale, offset) => {
          const moved = kpss(walk.map((value) => offset - scale * value));
          expect(moved.lags).toBe(result.lags);
          expectWithin("statistic", moved.statistic, result.statistic, { rtol: 1e-8, atol: 0 });
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("phillipsPerron", () => {
  test.each(goldenCases("unit-root", "pp/"))("agrees with Hamilton's form: $case", (golden) => {
    const series = goldenInput(golden, "x");
    const trend = golden.params?.["trend"] as "n" | "c" | "ct";
    const lags = Number(golden.params?.["lags"]);
    const tau = phillipsPerron(series, { trend, lags });
    const rho = phillipsPerron(series, { trend, lags, test: "rho" });
    expectGolden(golden, "z_tau", tau.statistic);
    expectGolden(golden, "z_rho", rho.statistic);
    expectGolden(golden, "p_tau", tau.pValue);
    expectGolden(golden, "p_rho", rho.pValue);
    expectGolden(golden, "rho", tau.coefficient);
    expectGolden(golden, "se", tau.standardError);
    expectGolden(golden, "lrv", tau.longRunVariance);
    expect(tau.observations).toBe(golden.expected["nobs"]);
    const expected = golden.expected["crit_tau"] as readonly number[];
    const { onePercent, fivePercent, tenPercent } = tau.criticalValues ?? {};
    [onePercent, fivePercent, tenPercent].forEach((value, i) => {
      expectWithin("critical", Number(value), Number(expected[i]), { rtol: 1e-12, atol: 0 });
    });
    expect(rho.criticalValues).toBeNull();
    if (golden.case.endsWith("arch_default")) {
      expect(phillipsPerron(series, { trend }).lags).toBe(lags);
    }
  });

  test.each(goldenCases("unit-root", "mackinnon_z/"))(
    "has MacKinnon's p-value of a bias: $case",
    (golden) => {
      const trend = golden.params?.["trend"] as "n" | "c" | "ct";
      const expected = golden.expected["p"] as readonly number[];
      (golden.expected["stat"] as readonly number[]).forEach((z, i) => {
        const p = mackinnonBiasPValue(z, trend);
        expectWithin(`p of ${z}`, p, Number(expected[i]), golden.tolerance);
      });
    },
  );

  const line = Float64Array.from({ length: 50 }, (_, i) => i);
  const refusals: Refusal[] = [
    { name: "the series is constant", call: () => phillipsPerron(constant), code: "constant" },
    { name: "the series is a line", call: () => phillipsPerron(line), code: "collinear" },
    {
      name: "there are more lags than bars",
      call: () => phillipsPerron(short, { lags: 7 }),
      code: "too-short",
    },
    {
      name: "lags are not whole",
      call: () => phillipsPerron(short, { lags: 0.5 }),
      code: "out-of-range",
    },
  ];
  test.each(refusals)("is refused when $name", ({ call, code }) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

describe("dfGls", () => {
  test.each(goldenCases("extra-r", "dfgls/"))("agrees with urca: $case", (golden) => {
    const result = dfGls(goldenInput(golden, "x"), {
      trend: trendOf(golden),
      lags: { kind: "fixed", lags: Number(golden.params?.["lags"]) },
    });
    expectGolden(golden, "stat", result.statistic);
    const { onePercent, fivePercent, tenPercent } = result.criticalValues;
    expect([onePercent, fivePercent, tenPercent]).toEqual(golden.expected["crit_1_5_10"]);
  });

  test("has a p-value with a constant and none with a trend", () => {
    const walk = randomWalk(200, 2);
    expect(dfGls(walk).pValue).toBeGreaterThan(0);
    expect(dfGls(walk, { trend: "ct" }).pValue).toBeNull();
  });

  test("rejects about one walk in twenty at 5 %", () => {
    let rejections = 0;
    for (let seed = 1; seed <= 500; seed++) {
      const result = dfGls(randomWalk(500, seed), { lags: { kind: "fixed", lags: 0 } });
      if (Number(result.pValue) < 0.05) rejections++;
    }
    // Three standard deviations of a binomial about 25 of 500, and a little for the finite length.
    expect(rejections).toBeGreaterThan(10);
    expect(rejections).toBeLessThan(45);
  });

  test.each([
    { name: "the series is constant", series: constant, code: "constant" },
    { name: "there are five bars", series: short.slice(3), code: "too-short" },
  ])("is refused when $name", ({ series, code }) => {
    expect(() => dfGls(series)).toThrow(expect.objectContaining({ code }));
  });
});

const MODELS: Readonly<Record<string, BreakModel>> = { intercept: "c", trend: "t", both: "ct" };

describe("zivotAndrews", () => {
  test.each(goldenCases("extra-r", "zivot-andrews/"))("agrees with urca: $case", (golden) => {
    const result = zivotAndrews(goldenInput(golden, "x"), {
      trend: MODELS[String(golden.params?.["model"])] ?? "c",
      lags: { kind: "fixed", lags: Number(golden.params?.["lags"]) },
      breaks: "all",
    });
    expectGolden(golden, "stat", result.statistic);
    expect(result.breakIndex).toBe(golden.expected["break_index_0based"]);
    const { onePercent, fivePercent, tenPercent } = result.criticalValues;
    expect([onePercent, fivePercent, tenPercent]).toEqual(golden.expected["crit_1_5_10"]);
  });

  test.each(goldenCases("extra-py", "zivot-andrews-trimmed/"))(
    "agrees with statsmodels: $case",
    (golden) => {
      const result = zivotAndrews(goldenInput(golden, "x"), {
        trend: golden.params?.["regression"] as BreakModel,
        lags: { kind: "fixed", lags: Number(golden.params?.["lags"]) },
      });
      expectGolden(golden, "stat", result.statistic);
      expectGolden(golden, "p", Number(result.pValue));
      expect(result.breakIndex).toBe(golden.expected["break_index_0based"]);
    },
  );

  test("searches its lags on the regression without a break", () => {
    const walk = randomWalk(300, 3);
    const { lags } = dickeyFullerRegression(walk, "ct", { kind: "aic" });
    expect(zivotAndrews(walk).lags).toBe(lags);
  });

  test("scale, offset and a line change nothing", () => {
    const walk = randomWalk(150, 4);
    const lags = { kind: "fixed", lags: 1 } as const;
    for (const trend of ["c", "t", "ct"] as const) {
      const result = zivotAndrews(walk, { trend, lags });
      const moved = zivotAndrews(
        walk.map((value, i) => 50 - 3 * value + 0.1 * i),
        { trend, lags },
      );
      expect(moved.breakIndex).toBe(result.breakIndex);
      expectWithin("statistic", moved.statistic, result.statistic, { rtol: 1e-8, atol: 0 });
    }
  });

  test.each([
    { name: "the series is constant", series: constant, code: "constant" },
    { name: "there are eight bars", series: short, code: "too-short" },
    {
      name: "the series is a line",
      series: Float64Array.from({ length: 50 }, (_, i) => i),
      code: "collinear",
    },
    {
      name: "the series is one step",
      series: Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : 1)),
      code: "collinear",
    },
  ])("is refused when $name", ({ series, code }) => {
    expect(() => zivotAndrews(series)).toThrow(expect.objectContaining({ code }));
  });

  test("says when its p-value lies beyond the table", () => {
    const spike = Float64Array.from({ length: 100 }, (_, i) => (i === 50 ? 1 : 0));
    expect(zivotAndrews(spike)).toMatchObject({ pValue: 1e-5, pValueClamped: "low" });
    expect(zivotAndrews(randomWalk(150, 4)).pValueClamped).toBeNull();
  });
});

describe("varianceRatio", () => {
  test.each(goldenCases("mean-reversion", "variance_ratio/"))(
    "agrees with arch and vrtest: $case",
    (golden) => {
      const series = goldenInput(golden, "x");
      const options = {
        q: Number(golden.params?.["q"]),
        debiased: golden.params?.["debiased"] === true,
      };
      const robust = varianceRatio(series, options);
      const plain = varianceRatio(series, { ...options, robust: false });
      expectGolden(golden, "vr", robust.ratio);
      expectGolden(golden, "z_robust", robust.statistic);
      expectGolden(golden, "p_robust", robust.pValue);
      expectGolden(golden, "z_homo", plain.statistic);
      expectGolden(golden, "p_homo", plain.pValue);
    },
  );

  test("a drift changes nothing", () => {
    const walk = randomWalk(200, 5);
    const { ratio } = varianceRatio(walk, { q: 5 });
    const moved = varianceRatio(
      walk.map((value, i) => value + 0.7 * i),
      { q: 5 },
    );
    expectWithin("ratio", moved.ratio, ratio, { rtol: 1e-9, atol: 0 });
  });

  const refusals: Refusal[] = [
    { name: "q is one", call: () => varianceRatio(short, { q: 1 }), code: "out-of-range" },
    { name: "q is the length", call: () => varianceRatio(short, { q: 7 }), code: "too-short" },
    { name: "nothing changes", call: () => varianceRatio(constant, { q: 2 }), code: "constant" },
  ];
  test.each(refusals)("is refused when $name", ({ call, code }) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
