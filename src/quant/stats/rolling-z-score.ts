import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { requireSeries } from "./require-series.ts";

/**
 * Rolling z-score: how many standard deviations a value lies from the mean of its own window.
 *
 * zₜ = (vₜ − m) / s over the windowBars values ending at t, with s the sample standard deviation
 * (divisor windowBars − 1). The window includes bar t and nothing after it.
 *
 * Each window is summed on its own, in two passes: a running sum would be faster and would let the
 * rounding of the whole past into every value. So the value at t is the same to the bit whatever
 * comes before the window or after t.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar; NaN marks a gap: before the first full window, and where all values of
 *   the window are equal, so that no deviation can be measured
 * @throws {InvalidInputError} a value is not finite, or windowBars is not a whole number ≥ 2
 *
 * Cost: O(n · windowBars). Convention: matches pandas rolling(window).std(ddof=1).
 * Checked: golden/indicators.json.
 */
export function rollingZScore(values: Float64Array, windowBars: number): Float64Array {
  if (!Number.isInteger(windowBars) || windowBars < 2) {
    throw new InvalidInputError("out-of-range", "windowBars must be a whole number of at least 2");
  }
  requireSeries(values, { name: "values", lengthMin: 0 });
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let end = windowBars; end <= values.length; end++) {
    result[end - 1] = zScoreOfLast(values, end - windowBars, end);
  }
  return result;
}

/**
 * The z-score of values[end − 1] in the window start ≤ i < end.
 *
 * @param values finite values, oldest first
 * @param start first index
 * @param end index after the last, ≥ start + 2
 * @returns deviations (divisor n − 1) from the mean; NaN where the window is flat
 *
 * Cost: O(end − start), two passes.
 */
export function zScoreOfLast(values: Float64Array, start: number, end: number): number {
  const n = end - start;
  const last = values[end - 1]!;
  // Deviations from the last value: small numbers, so the sums keep their digits.
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! - last;
  const centre = sum / n;
  let squares = 0;
  for (let i = start; i < end; i++) {
    const deviation = values[i]! - last - centre;
    squares += deviation * deviation;
  }
  if (isRoundingNoise(squares, n, last)) return Number.NaN;
  // −0 would be written as 0 by JSON and break equality of a stored result with a fresh one.
  return centre === 0 ? 0 : -centre / Math.sqrt(squares / (n - 1));
}
