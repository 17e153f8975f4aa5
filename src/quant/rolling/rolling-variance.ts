import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireSeries } from "../stats/require-series.ts";
import { overWindows, requireWindow } from "./window.ts";

/**
 * Rolling variance: how much the last bars vary about their own mean.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @param options.ddof what the divisor lacks of windowBars, 0 or 1; 1 unless told
 * @returns one value a bar, unit of the values squared, exactly 0 in a flat window; NaN before the
 *   first full window
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars or ddof
 *
 * Cost: O(n · windowBars). Convention: matches pandas rolling(window).var(ddof).
 * Checked: golden/indicators.json through the Bollinger bands.
 */
export function rollingVariance(
  values: Float64Array,
  windowBars: number,
  options: { readonly ddof?: number } = {},
): Float64Array {
  const { ddof = 1 } = options;
  requireWindow(windowBars, 2);
  if (ddof !== 0 && ddof !== 1) throw new InvalidInputError("out-of-range", "ddof must be 0 or 1");
  requireSeries(values, { name: "values", lengthMin: 0 });
  return overWindows(
    values.length,
    windowBars,
    (start, end) => windowSquares(values, start, end) / (windowBars - ddof),
  );
}

/**
 * Σ (value − mean)² of values[start … end − 1]; 0 where it is nothing but rounding.
 *
 * @param values finite values
 * @param start first index
 * @param end index after the last, > start
 * @returns ≥ 0, unit of the values squared
 *
 * Cost: O(end − start), two passes.
 */
export function windowSquares(values: Float64Array, start: number, end: number): number {
  const n = end - start;
  const last = values[end - 1]!;
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! - last;
  const centre = sum / n;
  let squares = 0;
  for (let i = start; i < end; i++) {
    const deviation = values[i]! - last - centre;
    squares += deviation * deviation;
  }
  return isRoundingNoise(squares, n, last) ? 0 : squares;
}
