import { requireWindow } from "../rolling/window.ts";
import { finite, type Incremental, overSeries } from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/**
 * Rolling high: the largest of the last bars.
 *
 * @param values finite values, oldest first; the highs of bars for a price channel
 * @param periodBars a whole number ≥ 1
 * @returns one value a bar; NaN before index periodBars − 1
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n · periodBars). Convention: matches pandas rolling(period).max(). Checked: the slices of
 * the history in the test.
 */
export function rollingHigh(values: Float64Array, periodBars: number): Float64Array {
  return overSeries(values, createRollingHigh(periodBars));
}

/**
 * Rolling low: the smallest of the last bars.
 *
 * @param values finite values, oldest first; the lows of bars for a price channel
 * @param periodBars a whole number ≥ 1
 * @returns one value a bar; NaN before index periodBars − 1
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n · periodBars). Convention: matches pandas rolling(period).min(). Checked: the slices of
 * the history in the test.
 */
export function rollingLow(values: Float64Array, periodBars: number): Float64Array {
  return overSeries(values, createRollingLow(periodBars));
}

/**
 * Incremental form of rollingHigh.
 *
 * @param periodBars a whole number ≥ 1
 * @returns next finite value → the largest of the last, NaN for the first periodBars − 1
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(periodBars) a bar.
 */
export function createRollingHigh(periodBars: number): Incremental<number, number> {
  return createExtreme(periodBars, Math.max);
}

/**
 * Incremental form of rollingLow.
 *
 * @param periodBars a whole number ≥ 1
 * @returns next finite value → the smallest of the last, NaN for the first periodBars − 1
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(periodBars) a bar.
 */
export function createRollingLow(periodBars: number): Incremental<number, number> {
  return createExtreme(periodBars, Math.min);
}

function createExtreme(
  periodBars: number,
  extremeOf: (a: number, b: number) => number,
): Incremental<number, number> {
  requireWindow(periodBars, 1, "periodBars");
  const window = createSlidingWindow(periodBars);
  return (value) =>
    window.push(finite(value)) ? window.values.reduce((a, b) => extremeOf(a, b)) : Number.NaN;
}
