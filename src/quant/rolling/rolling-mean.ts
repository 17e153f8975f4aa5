import { requireSeries } from "../stats/require-series.ts";
import { overWindows, requireWindow } from "./window.ts";

/**
 * Rolling mean: the average of the last bars.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 1
 * @returns one value a bar; NaN before the first full window
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars
 *
 * Cost: O(n · windowBars). Convention: matches pandas rolling(window).mean().
 * Checked: golden/indicators.json.
 */
export function rollingMean(values: Float64Array, windowBars: number): Float64Array {
  requireWindow(windowBars, 1);
  requireSeries(values, { name: "values", lengthMin: 0 });
  return overWindows(values.length, windowBars, (start, end) => windowMean(values, start, end));
}

/**
 * Mean of values[start … end − 1].
 *
 * The deviations from the last value are summed: small numbers, so that the sum keeps their digits.
 *
 * @param values finite values
 * @param start first index
 * @param end index after the last, > start
 * @returns the mean, unit of the values
 *
 * Cost: O(end − start).
 */
export function windowMean(values: Float64Array, start: number, end: number): number {
  const last = values[end - 1]!;
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! - last;
  return last + sum / (end - start);
}
