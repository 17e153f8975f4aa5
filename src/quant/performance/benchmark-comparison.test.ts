import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
} from "../golden/load-golden.test-support.ts";
import { createRandom } from "../synthetic/random.ts";
import { benchmarkComparison } from "./benchmark-comparison.ts";
import { returnDistribution } from "./return-distribution.ts";

const cases = goldenCases("performance", "metrics/");

describe("benchmarkComparison", () => {
  test("alpha that no year can compound is null, not infinite", () => {
    const made = benchmarkComparison(Float64Array.of(0.5, 0.6, 0.9), Float64Array.of(0, 0.1, 0), {
      periodsPerYear: 8_760,
    });
    expect(made.alphaAnnualised).toBeNull();
    expect(made.alphaAnnualisedSimple).toBeGreaterThan(1_000);
  });

  test.each(cases.filter((golden) => golden.input["benchmark"] !== undefined))(
    "agrees with the golden values: $case",
    (golden) => {
      const comparison = benchmarkComparison(
        goldenInput(golden, "r"),
        goldenInput(golden, "benchmark"),
        {
          periodsPerYear: Number(golden.params?.["ann"]),
          riskFreeRatePerPeriod: Number(golden.params?.["rf_per_period"]),
        },
      );
      const fields = {
        beta: comparison.beta,
        alpha_per_period: comparison.alphaPerPeriod,
        alpha_ann_simple: comparison.alphaAnnualisedSimple,
        alpha_ann_compound: comparison.alphaAnnualised,
        correlation: comparison.correlation,
        tracking_error: comparison.trackingError,
        information_ratio: comparison.informationRatio,
      };
      for (const [field, value] of Object.entries(fields)) {
        expectGolden(golden, field, value ?? Number.NaN);
      }
    },
  );

  test("of a benchmark that stands still has neither beta nor alpha", () => {
    const { gaussian } = createRandom(1);
    const returns = Float64Array.from({ length: 50 }, gaussian);
    const flat = new Float64Array(50).fill(0.001);
    expect(benchmarkComparison(returns, flat, { periodsPerYear: 365 })).toMatchObject({
      beta: null,
      alphaPerPeriod: null,
      alphaAnnualised: null,
      correlation: null,
    });
  });

  test("finds the beta and alpha of a leveraged benchmark, whatever the two are", () => {
    const inputs = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      leverage: fc.double({ min: -3, max: 3, noNaN: true }),
      gain: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      n: fc.integer({ min: 5, max: 100 }),
    });
    fc.assert(
      fc.property(inputs, ({ seed, leverage, gain, n }) => {
        const { gaussian } = createRandom(seed);
        const benchmark = Float64Array.from({ length: n }, () => 0.01 * gaussian());
        const returns = benchmark.map((value) => gain + leverage * value);
        const found = benchmarkComparison(returns, benchmark, { periodsPerYear: 365 });
        const tolerance = { rtol: 1e-8, atol: 1e-10 };
        expectWithin("beta", found.beta ?? Number.NaN, leverage, tolerance);
        expectWithin("alpha", found.alphaPerPeriod ?? Number.NaN, gain, tolerance);
        fc.pre(Math.abs(leverage) > 1e-6);
        expectWithin("correlation", found.correlation ?? Number.NaN, Math.sign(leverage), {
          rtol: 0,
          atol: 1e-6,
        });
      }),
    );
  });

  test("of a strategy with itself is beta one and alpha zero, and no information ratio", () => {
    const { gaussian } = createRandom(2);
    const returns = Float64Array.from({ length: 50 }, gaussian);
    const comparison = benchmarkComparison(returns, returns, { periodsPerYear: 365 });
    expect(comparison).toMatchObject({ beta: 1, alphaPerPeriod: 0, trackingError: 0 });
    expect(comparison.informationRatio).toBeNull();
  });

  test("refuses series that are not aligned", () => {
    expect(() =>
      benchmarkComparison(new Float64Array(3), new Float64Array(4), { periodsPerYear: 1 }),
    ).toThrow(expect.objectContaining({ code: "length-mismatch" }));
  });
});

describe("returnDistribution", () => {
  test.each(cases)("agrees with scipy: $case", (golden) => {
    const distribution = returnDistribution(goldenInput(golden, "r"));
    const fields = {
      best: distribution.best,
      worst: distribution.worst,
      positive_share: distribution.positiveShare,
      skew: distribution.skewness,
      kurtosis_raw: distribution.kurtosis,
      tail_ratio: distribution.tailRatio,
    };
    for (const [field, value] of Object.entries(fields)) {
      expectGolden(golden, field, value ?? Number.NaN);
    }
  });

  test("of returns that do not vary has no moments", () => {
    expect(returnDistribution(new Float64Array(9).fill(0.1))).toMatchObject({
      skewness: null,
      kurtosis: null,
      tailRatio: 1,
    });
  });

  test("of no returns is refused", () => {
    expect(() => returnDistribution(new Float64Array(0))).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});
