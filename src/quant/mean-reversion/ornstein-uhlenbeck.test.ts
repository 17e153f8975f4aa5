import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  goldenSeries,
} from "../golden/load-golden.test-support.ts";
import { type OrnsteinUhlenbeckFit, ornsteinUhlenbeck } from "./ornstein-uhlenbeck.ts";

function fitted(fit: OrnsteinUhlenbeckFit): Extract<OrnsteinUhlenbeckFit, { kind: "fitted" }> {
  if (fit.kind === "refused") throw new Error(`refused: ${fit.reason}`);
  return fit;
}

describe("ornsteinUhlenbeck", () => {
  test.each(goldenCases("mean-reversion", "ou_mle/"))(
    "agrees with the likelihood in statsmodels: $case",
    (golden) => {
      const fit = fitted(
        ornsteinUhlenbeck(goldenInput(golden, "x"), Number(golden.params?.["dt"])),
      );
      expectGolden(golden, "kappa", fit.kappa);
      expectGolden(golden, "theta", fit.theta);
      expectGolden(golden, "sigma", fit.sigma);
      expectGolden(golden, "b", fit.slope);
      expectGolden(golden, "half_life", fit.halfLife);
      expectGolden(golden, "stationary_sd", fit.stationaryDeviation);
      expectGolden(golden, "llf", fit.logLikelihood);
    },
  );

  test("scales with its series", () => {
    const series = goldenSeries("ou_1000").slice(0, 300);
    const fit = fitted(ornsteinUhlenbeck(series, 1));
    const scales = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    const levels = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(scales, levels, fc.boolean(), (scale, level, isTurned) => {
        const factor = isTurned ? -scale : scale;
        const moved = fitted(
          ornsteinUhlenbeck(
            series.map((value) => level + factor * value),
            1,
          ),
        );
        const tolerance = { rtol: 1e-6, atol: 0 };
        expectWithin("kappa", moved.kappa, fit.kappa, tolerance);
        expectWithin("sigma", moved.sigma, scale * fit.sigma, tolerance);
        expectWithin("theta", moved.theta, level + factor * fit.theta, {
          rtol: 1e-6,
          atol: 1e-6 * scale,
        });
      }),
    );
  });

  test("of a straight line is refused, be the slope rounded", () => {
    const line = Float64Array.from({ length: 100 }, (_, i) => 3 + 0.1 * i);
    expect(ornsteinUhlenbeck(line, 1)).toMatchObject({ reason: "no-mean-reversion" });
  });

  test("changes its rates with the unit of time and nothing else", () => {
    const series = goldenSeries("ou_1000");
    const hourly = fitted(ornsteinUhlenbeck(series, 1));
    const daily = fitted(ornsteinUhlenbeck(series, 1 / 24));
    const tight = { rtol: 1e-12, atol: 0 };
    expectWithin("kappa", daily.kappa, hourly.kappa * 24, tight);
    expectWithin("sigma", daily.sigma, hourly.sigma * Math.sqrt(24), tight);
    expectWithin("theta", daily.theta, hourly.theta, tight);
    expectWithin("deviation", daily.stationaryDeviation, hourly.stationaryDeviation, tight);
  });

  test.each([
    { name: "explodes", step: (x: number) => 1.05 * x, reason: "no-mean-reversion" },
    { name: "overshoots its mean each bar", step: (x: number) => -0.8 * x, reason: "oscillating" },
  ])("has no answer where the series $name", ({ step, reason }) => {
    const series = new Float64Array(60);
    series[0] = 1;
    for (let i = 1; i < 60; i++) series[i] = step(series[i - 1]!) + 0.01 * Math.sin(i * i);
    expect(ornsteinUhlenbeck(series, 1)).toMatchObject({ kind: "refused", reason });
  });

  test.each([
    { name: "three bars", values: [1, 2, 1], dt: 1, code: "too-short" },
    { name: "a constant", values: [0.1, 0.1, 0.1, 0.1, 0.1], dt: 1, code: "constant" },
    { name: "a bar of no length", values: [1, 2, 1, 2, 1], dt: 0, code: "out-of-range" },
    { name: "a value that is none", values: [1, Number.NaN, 1, 2, 1], dt: 1, code: "not-finite" },
  ])("refuses $name", ({ values, dt, code }) => {
    expect(() => ornsteinUhlenbeck(Float64Array.from(values), dt)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
