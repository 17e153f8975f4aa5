import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * Entry check of a regression: at least one regressor, aligned with y, all finite, and more bars
 * than coefficients.
 *
 * @param y dependent series, oldest first
 * @param regressors series aligned with y
 * @param coefficients how many numbers are estimated, the intercept included
 * @throws {InvalidInputError} "out-of-range": no regressor; "length-mismatch", "too-short" or
 *   "not-finite"
 */
export function requireRegressors(
  y: Float64Array,
  regressors: readonly Float64Array[],
  coefficients: number,
): void {
  if (regressors.length === 0) {
    throw new InvalidInputError("out-of-range", "a regression needs at least one regressor");
  }
  regressors.forEach((x, j) => {
    if (x.length === y.length) return;
    throw new InvalidInputError(
      "length-mismatch",
      `y has ${y.length} values and regressor ${j} has ${x.length}, they must be aligned`,
    );
  });
  const lengthMin = coefficients + 1;
  requireSeries(y, { name: "y", lengthMin });
  regressors.forEach((x, j) => {
    requireSeries(x, { name: `regressor ${j}`, lengthMin });
  });
}
