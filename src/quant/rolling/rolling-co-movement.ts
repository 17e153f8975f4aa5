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
  return overPairs(y, x, windowBars, ({ yy, xx, xy }) =>
    yy === 0 || xx === 0
      ? Number.NaN
      : Math.max(-1, Math.min(1, xy / (Math.sqrt(yy) * Math.sqrt(xx)))),
  );
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
  return overPairs(y, x, windowBars, ({ xx, xy }) => (xx === 0 ? Number.NaN : xy / xx));
}

/** Centred sums of squares and products; 0 where a series is flat. */
type CoMoments = { readonly yy: number; readonly xx: number; readonly xy: number };

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

function coMoments(y: Float64Array, x: Float64Array, start: number, end: number): CoMoments {
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
