import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import {
  type FittedForecaster,
  type ForecasterSettings,
  fitForecaster,
  forecastChanges,
  forecasts,
} from "./forecaster.ts";
import { syntheticArma } from "./golden-numbers.test-support.ts";

const SERIES = syntheticArma(160, 31, { ar: [0.7, 0.1], mean: 1 });
const OPTIONS = { seed: 1 };

const SETTINGS: readonly ForecasterSettings[] = [
  { kind: "last-value" },
  { kind: "historical-mean", bars: "training" },
  { kind: "historical-mean", bars: "expanding" },
  { kind: "autoregression", order: 2, orderMax: 10 },
  { kind: "autoregression", order: null, orderMax: 10 },
  { kind: "arima", order: { p: 1, d: 0, q: 1 }, likelihood: "exact" },
  { kind: "arima", order: { p: 1, d: 1, q: 1 }, likelihood: "conditional" },
  { kind: "arima-by-aic", orderMax: 1, differences: [0, 1], comparison: "common-values" },
  { kind: "rlrt", windowBars: 10, rSquaredMin: 0.6 },
];

function fitted(settings: ForecasterSettings, training: Float64Array): FittedForecaster {
  const fit = fitForecaster(settings, training, OPTIONS);
  if (fit.kind === "refused") throw new Error(fit.reason);
  return fit.model;
}

describe.each(SETTINGS.map((settings) => ({ name: JSON.stringify(settings), settings })))(
  "$name",
  ({ settings }) => {
    const model = fitted(settings, SERIES.subarray(0, 120));

    test("is plain data, and the same again", () => {
      expect(structuredClone(model)).toEqual(model);
      expect(fitted(settings, SERIES.slice(0, 120))).toEqual(model);
    });

    test("does not change when later bars do, gaps among them", () => {
      const inputs = fc.record({
        t: fc.integer({ min: 0, max: 158 }),
        horizon: fc.integer({ min: 1, max: 4 }),
        shift: fc.constantFrom(-3, 0.5, 100, Number.NaN),
      });
      fc.assert(
        fc.property(inputs, ({ t, horizon, shift }) => {
          const changed = SERIES.map((value, i) => (i > t && i % 3 === 0 ? value + shift : value));
          const before = forecasts(model, SERIES, horizon).slice(0, t + 1);
          expect(forecasts(model, changed, horizon).slice(0, t + 1)).toEqual(before);
        }),
        { numRuns: 30 },
      );
    });

    test("has a forecast at every bar once it is warm, and none at a gap", () => {
      const gapped = SERIES.with(50, Number.NaN);
      const values = forecasts(model, gapped, 3);
      expect(values[50]).toBeNaN();
      expect(values.subarray(10, 50).every(Number.isFinite)).toBe(true);
      expect(values.subarray(61).every(Number.isFinite)).toBe(true);
    });

    test("learns from a training with gaps", () => {
      const gapped = SERIES.subarray(0, 120).slice().fill(Number.NaN, 0, 7).with(90, Number.NaN);
      expect(forecasts(fitted(settings, gapped), SERIES, 1)[159]).not.toBeNaN();
    });
  },
);

describe("the baselines", () => {
  test.each(goldenCases("forecasting", "naive/"))("err as they should: $case", (golden) => {
    const series = goldenInput(golden, "x");
    const n = series.length;
    const start = n - Math.floor(n / 5);
    expectGolden(golden, "test_start", start);
    const training = series.subarray(0, start);
    const last = fitted({ kind: "last-value" }, training);
    const mean = fitted({ kind: "historical-mean", bars: "training" }, training);
    const errors = (model: FittedForecaster, horizon: number): Float64Array => {
      const values = forecasts(model, series, horizon);
      return series
        .map((value, t) => value - (values[t - horizon] ?? 0))
        .slice(start + horizon - 1);
    };
    const meanOf = (values: Float64Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = (values: Float64Array): Float64Array => values.map((value) => value * value);
    expectGolden(golden, "mse_1", meanOf(squares(errors(last, 1))));
    expectGolden(golden, "mae_1", meanOf(errors(last, 1).map(Math.abs)));
    expectGolden(golden, "rmse_1", Math.sqrt(meanOf(squares(errors(last, 1)))));
    expectGolden(golden, "mse_3", meanOf(squares(errors(last, 3))));
    expectGolden(golden, "mae_3", meanOf(errors(last, 3).map(Math.abs)));
    expectGolden(golden, "mse_train_mean", meanOf(squares(errors(mean, 1))));
    const changes = forecastChanges(series, forecasts(mean, series, 1));
    const hits = series
      .map(
        (value, t) => +(Math.sign(changes[t - 1] ?? 0) === Math.sign(value - (series[t - 1] ?? 0))),
      )
      .slice(start);
    expectGolden(golden, "directional_accuracy_mean_reversion", meanOf(hits));
  });

  test("the expanding mean is that of the bars so far", () => {
    const model = fitted({ kind: "historical-mean", bars: "expanding" }, Float64Array.of(7));
    const values = forecasts(model, Float64Array.of(Number.NaN, 1, 2, Number.NaN, 6), 5);
    expect([...values]).toEqual([Number.NaN, 1, 1.5, Number.NaN, 3]);
  });
});

describe("fitForecaster", () => {
  test("says why there is no model", () => {
    const line = Float64Array.from({ length: 60 }, (_, t) => 0.5 * t);
    const order = { p: 0, d: 1, q: 0 } as const;
    const straight = fitForecaster({ kind: "arima", order, likelihood: "exact" }, line, OPTIONS);
    expect(straight).toEqual({ kind: "refused", reason: "straight-line" });
    const search = fitForecaster(
      { kind: "arima-by-aic", orderMax: 0, differences: [1], comparison: "own-values" },
      line,
      OPTIONS,
    );
    expect(search).toEqual({ kind: "refused", reason: "no-model" });
  });

  test.each(SETTINGS.filter(({ kind }) => kind !== "rlrt" && kind !== "last-value"))(
    "$kind refuses a training without values",
    (settings) => {
      const gaps = new Float64Array(99).fill(Number.NaN);
      expect(() => fitForecaster(settings, gaps, OPTIONS)).toThrow(
        expect.objectContaining({ code: "too-short" }),
      );
    },
  );

  test.each(SETTINGS)("$kind refuses to go on from infinity", (settings) => {
    const model = fitted(settings, SERIES);
    expect(() => forecasts(model, Float64Array.of(1, Number.NEGATIVE_INFINITY), 1)).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });

  test("can be cancelled at any model", () => {
    const onProgress = (share: number): void => {
      if (share > 0.2) throw new Error("cancelled");
    };
    for (const settings of SETTINGS.filter(({ kind }) => kind.startsWith("arima"))) {
      expect(() => fitForecaster(settings, SERIES, { seed: 1, onProgress })).toThrow("cancelled");
    }
  });
});
