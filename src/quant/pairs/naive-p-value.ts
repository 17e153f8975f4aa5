import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { simpleOls } from "../stats/ols.ts";

/**
 * Naive p-value: ADF of the residual of y on x, as if the residual were a given series.
 *
 * The line was fitted to make the residual look stationary, so this p-value is far too small; see
 * naiveTestCost. It is here to show that.
 *
 * @param y n finite values, oldest first
 * @param x n finite values, aligned with y
 * @returns p in [0, 1]
 * @throws {InvalidInputError} as simpleOls and augmentedDickeyFuller
 *
 * Cost: O(n · lags²).
 */
export function naivePValue(y: Float64Array, x: Float64Array): number {
  return augmentedDickeyFuller(simpleOls(y, x).residuals).pValue;
}
