import { InvalidInputError } from "../../invalid-input-error.ts";
import { RLRT_FORECAST_BARS, RLRT_WINDOW_BARS, rlrtTrends } from "../../published/rlrt-trends.ts";
import { rollingFit } from "../../regression/rolling-fit.ts";
import { requireHorizon } from "./require-horizon.ts";

/** RLRT as a model, which learns nothing: plain data. */
export type RlrtModel = {
  readonly kind: "rlrt";
  /** Bars of a line, the bar that speaks among them; ≥ 3. */
  readonly windowBars: number;
  /** Least R² of a trend, exclusive, in [0, 1]. */
  readonly rSquaredMin: number;
  /** What a change is multiplied by: nothing, or how sure the line is of it. */
  readonly weighting: "none" | "r-squared";
};

/** What RLRT says at the close of each bar; NaN before bar windowBars − 1. */
export type RlrtForecast = {
  /** Change of the line a bar. */
  readonly slopes: Float64Array;
  /** The line at the first bar of the window; bar w of it, the next one, is intercept + w · slope. */
  readonly intercepts: Float64Array;
  /** R² of the line, its confidence, in [0, 1]; NaN also where the window stands still. */
  readonly confidences: Float64Array;
  /** −1, 0 or 1: the sign of the slope where R² exceeds its least, else 0. */
  readonly trends: Float64Array;
  /** Forecast of the change over the horizon: horizon · slope, weighted, where there is a trend, else 0. */
  readonly changes: Float64Array;
};

/** Least R² of a trend of the published comparison. */
const R_SQUARED_MIN = 0.6;

/**
 * RLRT ("rolling linear regression trend") as a model.
 *
 * @param options.windowBars whole number ≥ 3; 10 unless told
 * @param options.rSquaredMin in [0, 1]; 0.6 unless told
 * @param options.weighting of the change; "none", as published, unless told
 * @returns the model
 * @throws {InvalidInputError} "out-of-range"
 */
export function rlrtModel(options: Partial<Omit<RlrtModel, "kind">> = {}): RlrtModel {
  const { windowBars = RLRT_WINDOW_BARS, rSquaredMin = R_SQUARED_MIN } = options;
  const { weighting = "none" } = options;
  if (!(Number.isInteger(windowBars) && windowBars >= 3)) {
    throw new InvalidInputError("out-of-range", "a window has at least 3 whole bars");
  }
  if (!(rSquaredMin >= 0 && rSquaredMin <= 1)) {
    throw new InvalidInputError("out-of-range", "the least R² must be in 0 … 1");
  }
  return { kind: "rlrt", windowBars, rSquaredMin, weighting };
}

/**
 * Forecasts of RLRT at every bar: the way the last bars went goes on.
 *
 * Least squares of series[t − w + 1 … t] on 0 … w − 1. The trend of element t is the one that rlrtTrendFits
 * lays at bar t + 1. The change is counted from the last value, not from the line, so that it has the sign of
 * the trend.
 *
 * @param model of rlrtModel
 * @param series n ≥ windowBars finite values, oldest first
 * @param horizonBars h ≥ 1; 3 unless told
 * @returns see RlrtForecast; element t is made of series[0 … t]
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": the horizon
 *
 * Cost: O(n). Checked: golden/forecasting.json.
 */
export function rlrtForecast(
  model: RlrtModel,
  series: Float64Array,
  horizonBars: number = RLRT_FORECAST_BARS,
): RlrtForecast {
  requireHorizon(horizonBars);
  const { windowBars, rSquaredMin, weighting } = model;
  const places = Float64Array.from(series, (_, t) => t);
  const { slopes, intercepts, rSquared } = rollingFit(series, places, { windowBars });
  const trends = rlrtTrends({ slopes, rSquared }, rSquaredMin);
  const weightAt = (t: number) => (weighting === "none" ? 1 : rSquared[t]!);
  return {
    slopes,
    intercepts: intercepts.map((atZero, t) => atZero + (t - windowBars + 1) * slopes[t]!),
    confidences: rSquared,
    trends,
    changes: trends.map((trend, t) => (trend === 0 ? 0 : horizonBars * slopes[t]! * weightAt(t))),
  };
}
