import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import type { LineSeries } from "./rolling-ols.ts";

/**
 * Expanding least squares of y on x: the hedge ratio of all bars so far, at each bar.
 *
 * y = a + b x + e over bars 0 … t. Means and centred products are updated bar by bar, and what an
 * addition rounds off is carried to the next one, so that the last of a million bars is as exact as
 * the first.
 *
 * @param y n finite values, oldest first
 * @param x n finite values, aligned with y
 * @param options.barsMin bars before the first line, a whole number ≥ 2; 2 by default
 * @returns slopes and intercepts, one a bar; NaN before barsMin and while x has not varied
 * @throws {InvalidInputError} lengths differ, a value is not finite, "too-short": fewer than barsMin
 *   bars, "out-of-range": barsMin is no such number
 *
 * Cost: O(n). Source: Welford (1962); Neumaier (1974), compensated sums.
 * Checked: against simpleOls in the test.
 */
export function expandingOls(
  y: Float64Array,
  x: Float64Array,
  options: { readonly barsMin?: number } = {},
): LineSeries {
  const { barsMin = 2 } = options;
  if (!Number.isInteger(barsMin) || barsMin < 2) {
    throw new InvalidInputError("out-of-range", "a line needs at least 2 whole bars");
  }
  requireAlignedSeries(y, x, barsMin);
  const n = y.length;
  const slopes = new Float64Array(n).fill(Number.NaN);
  const intercepts = new Float64Array(n).fill(Number.NaN);
  // Pairs of a sum and of what its additions have rounded off.
  const meanX = new Float64Array(2);
  const meanY = new Float64Array(2);
  const sxx = new Float64Array(2);
  const sxy = new Float64Array(2);
  for (let t = 0; t < n; t++) {
    const weight = 1 / (t + 1);
    const dx = x[t]! - meanX[0]! - meanX[1]!;
    const dy = y[t]! - meanY[0]! - meanY[1]!;
    add(meanX, dx * weight);
    add(meanY, dy * weight);
    add(sxx, dx * dx * (1 - weight));
    add(sxy, dx * dy * (1 - weight));
    const centre = meanX[0]! + meanX[1]!;
    const spread = sxx[0]! + sxx[1]!;
    if (t + 1 < barsMin || isRoundingNoise(spread, t + 1, centre)) continue;
    const slope = (sxy[0]! + sxy[1]!) / spread;
    slopes[t] = slope;
    intercepts[t] = meanY[0]! + meanY[1]! - slope * centre;
  }
  return { slopes, intercepts };
}

/** Adds to a compensated sum. */
function add(sum: Float64Array, term: number): void {
  const before = sum[0]!;
  const after = before + term;
  sum[1]! += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
  sum[0] = after;
}
