import { rollingMean, windowMean } from "../rolling/rolling-mean.ts";
import { requireWindow } from "../rolling/window.ts";
import { finite, type Incremental } from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/**
 * Simple moving average (SMA): the mean of the last bars.
 *
 * @param values finite values, oldest first
 * @param periodBars a whole number ≥ 1
 * @returns one value a bar; NaN before index periodBars − 1
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n · periodBars). Convention: matches TA-Lib SMA. Checked: golden/indicators.json.
 */
export function simpleMovingAverage(values: Float64Array, periodBars: number): Float64Array {
  return rollingMean(values, periodBars);
}

/**
 * Incremental form of simpleMovingAverage.
 *
 * @param periodBars a whole number ≥ 1
 * @returns next finite value → its average, NaN for the first periodBars − 1
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(periodBars) a bar.
 */
export function createSimpleMovingAverage(periodBars: number): Incremental<number, number> {
  requireWindow(periodBars, 1, "periodBars");
  const window = createSlidingWindow(periodBars);
  return (value) =>
    window.push(finite(value)) ? windowMean(window.values, 0, periodBars) : Number.NaN;
}
