import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  goldenSeries,
} from "../../golden/load-golden.test-support.ts";
import { type ArimaModel, fitArima } from "./arima.ts";
import { arimaForecastPath } from "./arima-forecasts.ts";
import type { ArimaOrder } from "./arima-order.ts";
import { expectGoldenNumbers, syntheticArma } from "./golden-numbers.test-support.ts";

function fitted(series: Float64Array, order: ArimaOrder, likelihood: ArimaModel["likelihood"]) {
  const fit = fitArima(series, order, { likelihood });
  if (fit.kind === "refused") throw new Error(`refused: ${fit.reason}`);
  return fit.model;
}

describe("fitArima", () => {
  test.each(goldenCases("forecasting", "arima_ml/"))(
    "has the exact likelihood of statsmodels: $case",
    (golden) => {
      const series = goldenInput(golden, "x");
      const [p = 0, d = 0, q = 0] = [golden.params?.["order"]].flat().map(Number);
      const model = fitted(series, { p, d: d === 0 ? 0 : 1, q }, "exact");
      if (d === 0) expectGolden(golden, "mean", model.mean);
      else expect(model.mean).toBe(0);
      expectGoldenNumbers(golden, "ar", model.ar);
      expectGoldenNumbers(golden, "ma", model.ma);
      expectGolden(golden, "sigma2", model.innovationVariance);
      expectGolden(golden, "llf", model.logLikelihood);
      expectGolden(golden, "aic", model.aic);
      expectGolden(golden, "bic", model.bic);
      expectGoldenNumbers(golden, "forecast", arimaForecastPath(model, series, 3).values);
    },
  );

  test.each(goldenCases("forecasting", "arima_css/"))(
    "has the least conditional sum of squares: $case",
    (golden) => {
      const series = goldenInput(golden, "x");
      const order = {
        p: Number(golden.params?.["p"]),
        d: 0,
        q: Number(golden.params?.["q"]),
      } as const;
      const model = fitted(series, order, "conditional");
      expectGolden(golden, "mean", model.mean);
      expectGoldenNumbers(golden, "ar", model.ar);
      expectGoldenNumbers(golden, "ma", model.ma);
      expectGolden(golden, "sigma2", model.innovationVariance);
      expectGolden(golden, "css", model.innovationVariance * model.observations);
      expectGolden(golden, "nobs", model.observations);
      expectGolden(golden, "llf", model.logLikelihood);
      expectGoldenNumbers(golden, "forecast", arimaForecastPath(model, series, 3).values);
    },
  );

  test.each([
    { p: 0, d: 0, q: 0 },
    { p: 1, d: 0, q: 2 },
    { p: 3, d: 0, q: 1 },
    { p: 0, d: 0, q: 3 },
    { p: 2, d: 0, q: 0 },
  ] as const)("has the density of all bars together: $p $d $q", (order) => {
    const series = syntheticArma(60, 3, { ar: [0.5], ma: [0.4], mean: 2 });
    const model = fitted(series, order, "exact");
    const expected = denseLogLikelihood(series, model);
    expectWithin("log-likelihood", model.logLikelihood, expected, { rtol: 1e-9, atol: 1e-9 });
  });

  test("of no lags is the mean, or the walk", () => {
    const series = goldenSeries("rw_250");
    const level = fitted(series, { p: 0, d: 0, q: 0 }, "exact");
    expect(level.mean).toBeCloseTo(series.reduce((sum, value) => sum + value, 0) / 250, 9);
    const walk = fitted(series, { p: 0, d: 1, q: 0 }, "exact");
    expect(walk).toMatchObject({ mean: 0, observations: 249 });
    expect([...arimaForecastPath(walk, series, 2).values]).toEqual([series[249], series[249]]);
  });

  test("of differences that need not have been taken has its moving average on the unit circle", () => {
    const model = fitted(syntheticArma(300, 5, { ar: [0.3] }), { p: 1, d: 1, q: 1 }, "exact");
    expect(model.ma[0]).toBeLessThan(-0.97);
    expect(model.ma[0]).toBeGreaterThan(-1);
  });

  test("is on the highest of several summits", () => {
    const series = syntheticArma(1000, 400, { ar: [0.5, 0.3], ma: [-0.6, 0.2], mean: 1 });
    const model = fitted(series, { p: 1, d: 0, q: 1 }, "exact");
    // The other one, at φ = −0.78 and θ = 0.67, is lower by 46.
    expect(model.ar[0]).toBeCloseTo(0.923, 2);
    expect(model.ma[0]).toBeCloseTo(-0.784, 2);
  });

  test("gives the same bits again, and scales with its series", () => {
    const series = syntheticArma(250, 6, { ar: [0.7], ma: [0.3] });
    const order = { p: 1, d: 0, q: 1 } as const;
    const model = fitted(series, order, "exact");
    expect(fitted(series, order, "exact")).toEqual(model);
    expect(structuredClone(model)).toEqual(model);
    const moved = fitted(
      series.map((value) => 40 + 1e-3 * value),
      order,
      "exact",
    );
    expect(moved.ar[0]).toBeCloseTo(model.ar[0]!, 6);
    expect(moved.mean).toBeCloseTo(40 + 1e-3 * model.mean, 8);
  });

  test.each([
    {
      name: "a straight line of its differences",
      series: Float64Array.from({ length: 50 }, (_, t) => 0.1 * t),
      order: { p: 1, d: 1, q: 0 },
      reason: "straight-line",
    },
    {
      name: "a model that errs nowhere",
      series: Float64Array.from({ length: 50 }, (_, t) => (t % 2 === 0 ? 0 : 1)),
      order: { p: 2, d: 1, q: 0 },
      reason: "no-noise",
    },
  ] as const)("answers why there is none of $name", ({ series, order, reason }) => {
    const fit = fitArima(series, order);
    expect(fit).toEqual({ kind: "refused", reason });
  });

  const walk = goldenSeries("rw_250");
  test.each([
    {
      name: "too few bars",
      series: walk.slice(0, 33),
      order: { p: 1, d: 0, q: 1 },
      code: "too-short",
    },
    {
      name: "a gap",
      series: walk.with(9, Number.NaN),
      order: { p: 1, d: 0, q: 0 },
      code: "not-finite",
    },
    {
      name: "a constant",
      series: new Float64Array(99).fill(0.1),
      order: { p: 1, d: 0, q: 0 },
      code: "constant",
    },
    { name: "a negative order", series: walk, order: { p: -1, d: 0, q: 0 }, code: "out-of-range" },
    { name: "eleven lags", series: walk, order: { p: 0, d: 0, q: 11 }, code: "out-of-range" },
  ] as const)("refuses $name", ({ series, order, code }) => {
    expect(() => fitArima(series, order)).toThrow(expect.objectContaining({ code }));
  });

  test("can be cancelled", () => {
    const onProgress = (): void => {
      throw new Error("cancelled");
    };
    expect(() => fitArima(walk, { p: 1, d: 0, q: 1 }, { onProgress })).toThrow("cancelled");
  });
});

/** The normal density of all bars, from their covariances and a Cholesky factor. */
function denseLogLikelihood(series: Float64Array, model: ArimaModel): number {
  const n = series.length;
  const responses = new Float64Array(2000);
  for (let t = 0; t < responses.length; t++) {
    responses[t] = t === 0 ? 1 : (model.ma[t - 1] ?? 0);
    model.ar.forEach((phi, i) => {
      responses[t]! += phi * (responses[t - 1 - i] ?? 0);
    });
  }
  const covariances = Float64Array.from({ length: n }, (_, lag) => {
    let sum = 0;
    for (let i = 0; i + lag < responses.length; i++) sum += responses[i]! * responses[i + lag]!;
    return sum * model.innovationVariance;
  });
  const factor = Array.from({ length: n }, () => new Float64Array(n));
  const scores = new Float64Array(n);
  let sum = n * Math.log(2 * Math.PI);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = covariances[i - j]!;
      for (let k = 0; k < j; k++) rest -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(rest) : rest / factor[j]![j]!;
    }
    let rest = series[i]! - model.mean;
    for (let k = 0; k < i; k++) rest -= factor[i]![k]! * scores[k]!;
    scores[i] = rest / factor[i]![i]!;
    sum += scores[i]! ** 2 + 2 * Math.log(factor[i]![i]!);
  }
  return -sum / 2;
}
