import type { TrainingOptions } from "../training-data.ts";
import { type ArimaModel, type ArimaRefusal, fitArima } from "./arima.ts";
import { arimaForecasts } from "./arima-forecasts.ts";
import type { ArimaOrder } from "./arima-order.ts";
import { type ArimaSearchSettings, arimaByAic } from "./arima-search.ts";
import {
  type AutoregressionModel,
  autoregressionByAic,
  fitAutoregression,
} from "./autoregression.ts";
import { autoregressionForecasts } from "./autoregression-forecasts.ts";
import { finiteRuns, longestFiniteRun } from "./finite-runs.ts";
import {
  fitHistoricalMean,
  type HistoricalMeanModel,
  historicalMeanForecasts,
} from "./historical-mean.ts";
import { requireGappedSeries } from "./require-gapped-series.ts";
import { requireHorizon } from "./require-horizon.ts";
import { type RlrtModel, rlrtForecast, rlrtModel } from "./rlrt-forecast.ts";

/** A way to forecast one series, and what it is told. */
export type ForecasterSettings =
  | { readonly kind: "last-value" }
  | { readonly kind: "historical-mean"; readonly bars: HistoricalMeanModel["bars"] }
  /** order null: by AIC, up to orderMax. */
  | { readonly kind: "autoregression"; readonly order: number | null; readonly orderMax: number }
  | {
      readonly kind: "arima";
      readonly order: ArimaOrder;
      readonly likelihood: ArimaModel["likelihood"];
    }
  | ({ readonly kind: "arima-by-aic" } & ArimaSearchSettings)
  | ({ readonly kind: "rlrt" } & Partial<Omit<RlrtModel, "kind">>);

/** A forecaster that has learned: plain data. */
export type FittedForecaster =
  | { readonly kind: "last-value" }
  | HistoricalMeanModel
  | AutoregressionModel
  | ArimaModel
  | RlrtModel;

/** A forecaster, or why there is none; "no-model": no order of a search has one. */
export type ForecasterFit =
  | { readonly kind: "fitted"; readonly model: FittedForecaster }
  | { readonly kind: "refused"; readonly reason: ArimaRefusal | "no-model" };

/** Names of the forecasters. */
export const FORECASTER_LABELS = {
  "last-value": "Last value",
  "historical-mean": "Historical mean",
  autoregression: "Autoregression",
  arima: "ARIMA",
  "arima-by-aic": "ARIMA by AIC",
  rlrt: "Rolling linear trend (RLRT)",
} as const satisfies Readonly<Record<ForecasterSettings["kind"], string>>;

/**
 * Fits a forecaster of one series on its training bars.
 *
 * Autoregression and ARIMA learn from the longest stretch without gaps, the mean from all values.
 *
 * @param settings which one, and how
 * @param training oldest first, NaN at gaps
 * @param options progress and cancel; nothing is random, the seed is not used
 * @returns the forecaster, or why there is none
 * @throws {InvalidInputError} "too-short", "not-finite", "constant", "collinear"; "out-of-range": settings
 *
 * Cost: see fitAutoregression, fitArima, arimaByAic; O(n) of the others.
 */
export function fitForecaster(
  settings: ForecasterSettings,
  training: Float64Array,
  options: TrainingOptions,
): ForecasterFit {
  const { onProgress } = options;
  onProgress?.(0);
  switch (settings.kind) {
    case "last-value":
      return fitted({ kind: "last-value" });
    case "historical-mean":
      return fitted(fitHistoricalMean(training, settings.bars));
    case "autoregression": {
      const { order, orderMax } = settings;
      const run = longestFiniteRun(training);
      return fitted(
        order === null ? autoregressionByAic(run, orderMax) : fitAutoregression(run, order),
      );
    }
    case "arima": {
      const { order, likelihood } = settings;
      return fitArima(longestFiniteRun(training), order, {
        likelihood,
        ...(onProgress && { onProgress }),
      });
    }
    case "arima-by-aic": {
      const { model } = arimaByAic(longestFiniteRun(training), settings, onProgress);
      return model === null ? { kind: "refused", reason: "no-model" } : fitted(model);
    }
    case "rlrt":
      return fitted(rlrtModel(settings));
  }
}

function fitted(model: FittedForecaster): ForecasterFit {
  return { kind: "fitted", model };
}

/**
 * Forecasts of a fitted forecaster at every bar of a series, which need not end where its training did.
 *
 * Element t is made of series[0 … t] and of what was learned; later bars do not change it. After a gap
 * autoregression, ARIMA and RLRT start anew.
 *
 * @param model of fitForecaster
 * @param series n values, oldest first, NaN at gaps
 * @param horizonBars h ≥ 1
 * @returns element t is the forecast of bar t + h; NaN at gaps and where too few bars stand before
 * @throws {InvalidInputError} "not-finite": ±Infinity; "out-of-range": the horizon
 *
 * Cost: O(n) times the order. Checked: the law of the prefix in the test.
 */
export function forecasts(
  model: FittedForecaster,
  series: Float64Array,
  horizonBars: number,
): Float64Array {
  requireHorizon(horizonBars);
  requireGappedSeries(series);
  switch (model.kind) {
    case "last-value":
      return series.slice();
    case "historical-mean":
      return historicalMeanForecasts(model, series);
    case "autoregression":
      return byRuns(series, (run) => autoregressionForecasts(model, run, horizonBars));
    case "arima":
      return byRuns(series, (run) => arimaForecasts(model, run, horizonBars));
    case "rlrt":
      return byRuns(series, (run) => {
        if (run.length < model.windowBars) return new Float64Array(run.length).fill(Number.NaN);
        return rlrtForecast(model, run, horizonBars).changes.map((change, t) => run[t]! + change);
      });
  }
}

/**
 * Forecast changes: how far a series is said to move from its last value.
 *
 * @param series n values, oldest first
 * @param forecastValues of forecasts, aligned with the series
 * @returns forecast − value a bar; NaN where there is no forecast
 *
 * Cost: O(n).
 */
export function forecastChanges(series: Float64Array, forecastValues: Float64Array): Float64Array {
  return forecastValues.map((forecast, t) => forecast - series[t]!);
}

function byRuns(
  series: Float64Array,
  forecastsOf: (run: Float64Array) => Float64Array,
): Float64Array {
  const result = new Float64Array(series.length).fill(Number.NaN);
  for (const { start, end } of finiteRuns(series)) {
    result.set(forecastsOf(series.subarray(start, end)), start);
  }
  return result;
}
