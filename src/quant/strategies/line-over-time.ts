import { isRoundingNoise } from "../stats/is-rounding-noise.ts";

/** A line through equally spaced values: change a bar, and the share of the variance it explains. */
export type LineOverTime = {
  readonly slope: number;
  /** In [0, 1]; NaN where the values stand still. */
  readonly rSquared: number;
};

/**
 * Line over time: least squares of values on 0, 1, 2 ….
 *
 * @param values finite values, oldest first
 * @param start first index
 * @param end index after the last, ≥ start + 2
 * @returns slope a bar, unit of the values, and R²
 *
 * Cost: O(end − start), two passes. Convention: matches scipy.stats.linregress.
 */
export function lineOverTime(values: Float64Array, start: number, end: number): LineOverTime {
  const n = end - start;
  const last = values[end - 1]!;
  // Deviations from the last value: small numbers, so that the sums keep their digits.
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! - last;
  const centre = sum / n;
  const centreTime = (n - 1) / 2;
  let squares = 0;
  let products = 0;
  for (let i = start; i < end; i++) {
    const deviation = values[i]! - last - centre;
    squares += deviation * deviation;
    products += (i - start - centreTime) * deviation;
  }
  // Σ (t − mean)² of 0 … n − 1.
  const timeSquares = (n * (n * n - 1)) / 12;
  const slope = products / timeSquares;
  if (isRoundingNoise(squares, n, last)) return { slope: 0, rSquared: Number.NaN };
  return { slope, rSquared: Math.min(1, (slope * products) / squares) };
}
