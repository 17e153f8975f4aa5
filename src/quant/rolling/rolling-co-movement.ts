import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { overWindows, requireWindow } from "./window.ts";

/**
 * Rolling correlation: how linearly two series moved together over the last bars.
 *
 * @param y finite values, oldest first
 * @param x finite values, aligned with y
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar in [−1, 1]; NaN before the first full window and where a series is flat
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": windowBars
 *
 * Cost: O(n · windowBars). Convention: matches pandas rolling(window).corr.
 * Checked: golden/indicators.json.
 */
export function rollingCorrelation(
  y: Float64Array,
  x: Float64Array,
  windowBars: number,
): Float64Array {
  return overPairs(y, x, windowBars, correlationOf);
}

/**
 * Rolling beta: the slope of y on x over the last bars, with an intercept.
 *
 * cov(y, x) / var(x) of the window.
 *
 * @param y finite values, oldest first
 * @param x finite values, aligned with y
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar; NaN before the first full window and where x is flat
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": windowBars
 *
 * Cost: O(n · windowBars). Convention: matches pandas rolling(window).cov / rolling(window).var.
 * Checked: golden/indicators.json.
 */
export function rollingBeta(y: Float64Array, x: Float64Array, windowBars: number): Float64Array {
  return overPairs(y, x, windowBars, betaOf);
}

/** Centred sums of squares and products; the squares are 0 where a series is flat. */
export type CoMoments = { readonly yy: number; readonly xx: number; readonly xy: number };

/**
 * Correlation of a window, from its moments.
 *
 * @param moments see coMoments
 * @returns in [−1, 1]; NaN where a series is flat
 */
export function correlationOf({ yy, xx, xy }: CoMoments): number {
  return yy === 0 || xx === 0
    ? Number.NaN
    : Math.max(-1, Math.min(1, xy / (Math.sqrt(yy) * Math.sqrt(xx))));
}

/**
 * Slope of y on x in a window, with an intercept, from its moments.
 *
 * @param moments see coMoments
 * @returns the slope, unit of y over that of x; NaN where x is flat
 */
export function betaOf({ xx, xy }: CoMoments): number {
  return xx === 0 ? Number.NaN : xy / xx;
}

function overPairs(
  y: Float64Array,
  x: Float64Array,
  windowBars: number,
  measure: (moments: CoMoments) => number,
): Float64Array {
  requireWindow(windowBars, 2);
  requireAlignedSeries(y, x, 0);
  return overWindows(y.length, windowBars, (start, end) => measure(coMoments(y, x, start, end)));
}

/**
 * Moments of the window start ≤ i < end.
 *
 * @param y finite values, oldest first
 * @param x finite values, aligned with y
 * @param start first index
 * @param end index after the last, > start
 * @returns centred sums of squares and products
 *
 * Cost: O(end − start), two passes.
 */
export function coMoments(y: Float64Array, x: Float64Array, start: number, end: number): CoMoments {
  const n = end - start;
  // Deviations from the last values: small numbers, so the sums keep their digits.
  const lastY = y[end - 1]!;
  const lastX = x[end - 1]!;
  let sumY = 0;
  let sumX = 0;
  for (let i = start; i < end; i++) {
    sumY += y[i]! - lastY;
    sumX += x[i]! - lastX;
  }
  let yy = 0;
  let xx = 0;
  let xy = 0;
  for (let i = start; i < end; i++) {
    const dy = y[i]! - lastY - sumY / n;
    const dx = x[i]! - lastX - sumX / n;
    yy += dy * dy;
    xx += dx * dx;
    xy += dx * dy;
  }
  return {
    yy: isRoundingNoise(yy, n, lastY) ? 0 : yy,
    xx: isRoundingNoise(xx, n, lastX) ? 0 : xx,
    xy,
  };
}
