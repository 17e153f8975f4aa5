import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";

/** An orthogonal line. */
export type TotalLeastSquares = {
  readonly slope: number;
  /** 0 when no intercept is fitted. */
  readonly intercept: number;
  /** Σ of squared perpendicular distances from the line. */
  readonly perpendicularSumOfSquares: number;
};

/**
 * Total least squares: the line with the smallest perpendicular distances, in which neither leg is
 * the dependent one.
 *
 * b = (Syy − Sxx + √((Syy − Sxx)² + 4 Sxy²)) / (2 Sxy); swapping x and y inverts it.
 *
 * @param y n ≥ 3 finite values, oldest first
 * @param x n finite values, aligned with y
 * @param options.intercept whether the line may miss the origin; true by default
 * @returns slope, intercept and the remaining sum of squares
 * @throws {InvalidInputError} lengths differ, n < 3, a value is not finite, a series is constant, or
 *   "collinear": x and y are uncorrelated, so that no direction (or a vertical one) fits best
 *
 * Cost: O(n). Source: Golub and Van Loan (1980). Checked: golden/regression.json.
 */
export function totalLeastSquares(
  y: Float64Array,
  x: Float64Array,
  options: { readonly intercept?: boolean } = {},
): TotalLeastSquares {
  requireAlignedSeries(y, x, 3);
  const n = y.length;
  const { intercept = true } = options;
  const meanY = intercept ? mean(y) : 0;
  const meanX = intercept ? mean(x) : 0;
  let syy = 0;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    const dy = y[i]! - meanY;
    const dx = x[i]! - meanX;
    syy += dy * dy;
    sxx += dx * dx;
    sxy += dx * dy;
  }
  if (isRoundingNoise(sxx, n, meanX)) throw new InvalidInputError("constant", "x is constant");
  if (isRoundingNoise(syy, n, meanY)) throw new InvalidInputError("constant", "y is constant");
  const difference = syy - sxx;
  if (sxy === 0 && difference >= 0) {
    throw new InvalidInputError("collinear", "x and y are uncorrelated: no line of finite slope");
  }
  const root = Math.hypot(difference, 2 * sxy);
  // The form in which nothing cancels.
  const slope = difference >= 0 ? (difference + root) / (2 * sxy) : (2 * sxy) / (root - difference);
  let perpendicularSumOfSquares = 0;
  for (let i = 0; i < n; i++) {
    const distance = y[i]! - meanY - slope * (x[i]! - meanX);
    perpendicularSumOfSquares += distance * distance;
  }
  perpendicularSumOfSquares /= 1 + slope * slope;
  return { slope, intercept: meanY - slope * meanX, perpendicularSumOfSquares };
}
