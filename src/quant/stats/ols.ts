import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { mean } from "./mean.ts";
import { requireAlignedSeries } from "./require-series.ts";

/** A fitted line y = intercept + slope · x. */
export type SimpleOls = {
  readonly slope: number;
  readonly intercept: number;
  /** Homoskedastic standard errors, with n − 2 degrees of freedom. */
  readonly standardErrors: { readonly slope: number; readonly intercept: number };
  /** 1 − residual / total sum of squares, in [0, 1]. */
  readonly rSquared: number;
  readonly residualSumOfSquares: number;
  readonly observations: number;
  /** y − intercept − slope · x, one value a bar. */
  readonly residuals: Float64Array;
};

/**
 * Ordinary least squares of y on a constant and one regressor: the line with the smallest squared
 * error.
 *
 * y = a + b x + e. Sums are taken of centred values: an uncentred design loses the digits that
 * near-collinear log prices consist of.
 *
 * @param y n ≥ 3 finite values, oldest first
 * @param x n finite values, aligned with y, not constant
 * @returns slope, intercept, their standard errors, fit and residuals; see SimpleOls
 * @throws {InvalidInputError} lengths differ, n < 3, a value is not finite, x or y is constant
 *
 * Cost: O(n), three passes. Convention: matches statsmodels OLS(y, add_constant(x)).
 * Source: Chan, Golub, LeVeque (1983) on centred two-pass sums. Checked: golden/regression.json.
 */
export function simpleOls(y: Float64Array, x: Float64Array): SimpleOls {
  requireAlignedSeries(y, x, 3);
  const n = y.length;
  const meanY = mean(y);
  const meanX = mean(x);
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

  const slope = sxy / sxx;
  const residuals = new Float64Array(n);
  let residualSumOfSquares = 0;
  for (let i = 0; i < n; i++) {
    const residual = y[i]! - meanY - slope * (x[i]! - meanX);
    residuals[i] = residual;
    residualSumOfSquares += residual * residual;
  }
  const residualVariance = residualSumOfSquares / (n - 2);
  return {
    slope,
    intercept: meanY - slope * meanX,
    standardErrors: {
      slope: Math.sqrt(residualVariance / sxx),
      intercept: Math.sqrt(residualVariance * (1 / n + (meanX * meanX) / sxx)),
    },
    rSquared: 1 - residualSumOfSquares / syy,
    residualSumOfSquares,
    observations: n,
    residuals,
  };
}
