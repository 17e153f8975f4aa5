import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  type GoldenCase,
  goldenCases,
  goldenInput,
} from "../golden/load-golden.test-support.ts";
import { mean } from "../stats/mean.ts";
import { createRandom } from "../synthetic/random.ts";
import { backtestOverfitting } from "./backtest-overfitting.ts";
import { deflatedSharpeRatio } from "./deflated-sharpe-ratio.ts";
import { minimumTrackRecord } from "./minimum-track-record.ts";
import { probabilisticSharpeRatio } from "./probabilistic-sharpe-ratio.ts";
import { returnDistribution } from "./return-distribution.ts";
import { sampleStandardDeviation } from "./sample-standard-deviation.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import type { SharpeSample } from "./sharpe-sample.ts";

const parameter = (golden: GoldenCase, name: string): number => Number(golden.params?.[name]);

function sampleOf(returns: Float64Array, riskFreeRatePerPeriod = 0): SharpeSample {
  const { skewness, kurtosis } = returnDistribution(returns);
  return {
    sharpe: sharpeRatio(returns, { periodsPerYear: 1, riskFreeRatePerPeriod }) ?? Number.NaN,
    observations: returns.length,
    skewness: skewness ?? Number.NaN,
    kurtosis: kurtosis ?? Number.NaN,
  };
}

function sampleOfParameters(golden: GoldenCase): SharpeSample {
  return {
    sharpe: parameter(golden, "sr"),
    observations: parameter(golden, "n"),
    skewness: parameter(golden, "skew"),
    kurtosis: parameter(golden, "kurtosis_raw"),
  };
}

const normal: SharpeSample = { sharpe: 0.1, observations: 250, skewness: 0, kurtosis: 3 };

describe("probabilisticSharpeRatio and minimumTrackRecord", () => {
  test.each(goldenCases("performance", "psr/"))("agree with the formula: $case", (golden) => {
    const sample = sampleOfParameters(golden);
    const benchmarkSharpe = parameter(golden, "sr_benchmark");
    expectGolden(golden, "psr", probabilisticSharpeRatio(sample, benchmarkSharpe) ?? Number.NaN);
    const length = minimumTrackRecord(sample, { benchmarkSharpe });
    if (golden.expected["min_trl_95"] === "Infinity") expect(length).toBeNull();
    else expectGolden(golden, "min_trl_95", length ?? Number.NaN);
  });

  test.each(goldenCases("performance", "metrics/"))("agree on returns: $case", (golden) => {
    const annual = parameter(golden, "ann");
    const sample = sampleOf(goldenInput(golden, "r"), parameter(golden, "rf_per_period"));
    expectGolden(golden, "sharpe_per_period", sample.sharpe);
    expectGolden(golden, "psr_0", probabilisticSharpeRatio(sample) ?? Number.NaN);
    const benchmark = 1 / Math.sqrt(annual);
    expectGolden(golden, "psr_annual_1", probabilisticSharpeRatio(sample, benchmark) ?? Number.NaN);
    // The reference squares the ratio, so it answers for a losing strategy too; no record is enough.
    const length = minimumTrackRecord(sample);
    if (sample.sharpe <= 0) expect(length).toBeNull();
    else expectGolden(golden, "min_trl_0_95", length ?? Number.NaN);
  });

  test("meet: a record of the minimum length is as sure as was asked", () => {
    const sharpe = fc.double({ min: 0.01, max: 1, noNaN: true });
    const confidence = fc.double({ min: 0.55, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(sharpe, confidence, (value, level) => {
        const sample = { ...normal, sharpe: value, skewness: -1, kurtosis: 6 };
        const length = minimumTrackRecord(sample, { confidence: level }) ?? Number.NaN;
        const observations = Math.ceil(length * (1 + 1e-12));
        fc.pre(observations >= 3);
        const sureOf = (count: number) =>
          probabilisticSharpeRatio({ ...sample, observations: count }) ?? Number.NaN;
        expect(sureOf(observations)).toBeGreaterThanOrEqual(level);
        expect(sureOf(observations - 1)).toBeLessThan(level);
      }),
    );
  });

  test("have no answer for moments that belong to no distribution", () => {
    const impossible = { ...normal, sharpe: 2, skewness: 3, kurtosis: 1 };
    expect(probabilisticSharpeRatio(impossible)).toBeNull();
    expect(minimumTrackRecord(impossible)).toBeNull();
  });

  test("regression: a kurtosis below 1 + skewness² was answered as long as the variance was positive", () => {
    const impossible = { ...normal, skewness: 0, kurtosis: 0 };
    expect(probabilisticSharpeRatio(impossible)).toBeNull();
    expect(minimumTrackRecord(impossible)).toBeNull();
    expect(deflatedSharpeRatio(impossible, { trials: 10, trialsVariance: 0.01 }).value).toBeNull();
  });

  test("take returns of two values, whose kurtosis is the least there is", () => {
    const returns = Float64Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 0.02 : -0.005));
    expect(probabilisticSharpeRatio(sampleOf(returns))).not.toBeNull();
  });

  test("refuse a single return, half a return, and moments that are none", () => {
    expect(() => probabilisticSharpeRatio({ ...normal, observations: 1 })).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
    expect(() => probabilisticSharpeRatio({ ...normal, observations: 10.5 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
    expect(() => minimumTrackRecord({ ...normal, skewness: Number.NaN })).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });
});

describe("deflatedSharpeRatio", () => {
  test.each(goldenCases("performance", "dsr/paper"))("agrees with the paper: $case", (golden) => {
    const result = deflatedSharpeRatio(sampleOfParameters(golden), {
      trials: parameter(golden, "n_trials"),
      trialsVariance: parameter(golden, "var_trials"),
    });
    expectGolden(golden, "sr0", result.expectedMaximum);
    expectGolden(golden, "dsr", result.value ?? Number.NaN);
  });

  test.each(goldenCases("performance", "dsr/trials"))("agrees on trials: $case", (golden) => {
    const trials = goldenColumns(String(golden.input["M"]));
    const samples = trials.map((returns) => sampleOf(returns));
    const sharpes = Float64Array.from(samples, ({ sharpe }) => sharpe);
    const best = sharpes.indexOf(Math.max(...sharpes));
    expect(best).toBe(golden.expected["best_column"]);
    const trialsVariance = (sampleStandardDeviation(sharpes) ?? Number.NaN) ** 2;
    const result = deflatedSharpeRatio(samples[best]!, { trials: trials.length, trialsVariance });
    expectGolden(golden, "var_trials", trialsVariance);
    expectGolden(golden, "sr0", result.expectedMaximum);
    expectGolden(golden, "dsr", result.value ?? Number.NaN);
  });

  test("of one trial is the probabilistic Sharpe ratio, and falls with the trials", () => {
    const value = (trials: number): number =>
      deflatedSharpeRatio(normal, { trials, trialsVariance: 0.002 }).value ?? Number.NaN;
    expect(value(1)).toBe(probabilisticSharpeRatio(normal));
    for (let trials = 2; trials < 200; trials++) {
      expect(value(trials)).toBeLessThan(value(trials - 1));
    }
  });

  test.each([
    { name: "no trial", trials: 0, trialsVariance: 1 },
    { name: "half a trial", trials: 1.5, trialsVariance: 1 },
    { name: "a negative variance", trials: 2, trialsVariance: -1 },
  ])("refuses $name", (search) => {
    expect(() => deflatedSharpeRatio(normal, search)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});

describe("backtestOverfitting", () => {
  test.each(goldenCases("performance", "pbo/"))(
    "agrees with the splits in numpy: $case",
    (golden) => {
      const trials = goldenColumns(String(golden.input["M"]));
      const result = backtestOverfitting(trials, parameter(golden, "S"));
      expect(result.logits).toHaveLength(Number(golden.expected["n_splits"]));
      expectGolden(golden, "pbo", result.value);
      expectGolden(golden, "mean_logit", result.meanLogit);
      expectGolden(golden, "median_logit", result.medianLogit);
      expectGolden(golden, "prob_oos_loss", result.lossProbability);
      expectGolden(golden, "degradation_slope", result.degradationSlope ?? Number.NaN);
      expectGolden(golden, "mean_is_sharpe", result.inSampleSharpe);
      expectGolden(golden, "mean_oos_sharpe", result.outOfSampleSharpe);
    },
  );

  test("does not find luck in a trial that is better throughout", () => {
    const { gaussian } = createRandom(7);
    const noise = (drift: number): Float64Array =>
      Float64Array.from({ length: 160 }, () => drift + gaussian());
    const trials = [noise(0), noise(3), noise(0), noise(0)];
    expect(backtestOverfitting(trials, 8).value).toBe(0);
  });

  test("finds nothing but luck in trials that take turns", () => {
    const up = Float64Array.from({ length: 80 }, (_, i) => (i < 40 ? 1 : -1) + 0.1 * Math.sin(i));
    const result = backtestOverfitting([up, up.map((value) => -value)], 2);
    expect(result.value).toBe(1);
    expect(result.degradationSlope).toBeNull();
  });

  test("leaves out the first bars that fill no block, and says so", () => {
    const { gaussian } = createRandom(9);
    const trials = [0, 1].map(() => Float64Array.from({ length: 83 }, gaussian));
    const whole = backtestOverfitting(trials, 4);
    expect(whole.barsLeftOut).toBe(3);
    const shorter = backtestOverfitting(
      trials.map((returns) => returns.slice(3)),
      4,
    );
    expect(shorter).toEqual({ ...whole, barsLeftOut: 0 });
  });

  test("takes a trial that never traded as a Sharpe ratio of zero", () => {
    const { gaussian } = createRandom(8);
    const losing = Float64Array.from({ length: 80 }, () => gaussian() - 2);
    const result = backtestOverfitting([new Float64Array(80), losing], 4);
    expect(result.inSampleSharpe).toBe(0);
    expect(result.value).toBe(0);
    expect(mean(result.logits)).toBeCloseTo(Math.log(2), 12);
  });

  const series = new Float64Array(40).map((_, i) => Math.sin(i * i));
  test.each([
    { name: "an odd number of blocks", trials: [series, series], blocks: 5, code: "out-of-range" },
    { name: "two million splits", trials: [series, series], blocks: 22, code: "out-of-range" },
    { name: "a single trial", trials: [series], blocks: 4, code: "out-of-range" },
    {
      name: "trials of unequal length",
      trials: [series, series.slice(1)],
      blocks: 4,
      code: "length-mismatch",
    },
    {
      name: "bars that do not fill the blocks",
      trials: [series.slice(0, 30), series.slice(0, 30)],
      blocks: 16,
      code: "too-short",
    },
  ])("refuses $name", ({ trials, blocks, code }) => {
    expect(() => backtestOverfitting(trials, blocks)).toThrow(expect.objectContaining({ code }));
  });
});
