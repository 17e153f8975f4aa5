import { requireWindow } from "../rolling/window.ts";
import { createExponentialSmoothing, type SmoothingSeed } from "./exponential-smoothing.ts";
import { finite, type Incremental, overSeries } from "./incremental.ts";

/** See exponentialMovingAverage. */
export type ExponentialMovingAverageOptions = {
  /** "simple-mean" unless told. */
  readonly seed?: SmoothingSeed;
};

/**
 * Exponential moving average (EMA): an average that forgets the past by a fixed share a bar.
 *
 * eₜ = eₜ₋₁ + 2 / (periodBars + 1) · (vₜ − eₜ₋₁).
 *
 * @param values finite values, oldest first
 * @param periodBars a whole number ≥ 1
 * @param options.seed "simple-mean": begins at index periodBars − 1 with the mean so far (TA-Lib,
 *   TTR, TradingView); "first-value": begins with the first value (pandas ewm, adjust=False)
 * @returns one value a bar; NaN before it begins
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n). Checked: golden/indicators.json.
 */
export function exponentialMovingAverage(
  values: Float64Array,
  periodBars: number,
  options: ExponentialMovingAverageOptions = {},
): Float64Array {
  return overSeries(values, createExponentialMovingAverage(periodBars, options));
}

/**
 * Incremental form of exponentialMovingAverage.
 *
 * @param periodBars a whole number ≥ 1
 * @param options.seed where it begins
 * @returns next finite value → its average, NaN before it begins
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createExponentialMovingAverage(
  periodBars: number,
  options: ExponentialMovingAverageOptions = {},
): Incremental<number, number> {
  requireWindow(periodBars, 1, "periodBars");
  const smooth = createExponentialSmoothing({
    weight: 2 / (periodBars + 1),
    seedBars: options.seed === "first-value" ? 1 : periodBars,
  });
  return (value) => smooth(finite(value));
}
