import { InvalidInputError } from "../invalid-input-error.ts";
import { leastSquares } from "../linalg/least-squares.ts";
import { mean } from "../stats/mean.ts";
import { requireRegressors } from "./require-regressors.ts";

/** A regression whose coefficients are held back. */
export type Ridge = {
  /** One a regressor. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** 1 − residual / total sum of squares on the bars of the fit. */
  readonly rSquared: number;
};

/**
 * Ridge regression: least squares with a price on large coefficients, for regressors that nearly
 * depend on each other.
 *
 * min ‖y − a − X b‖² + penalty ‖b‖²; a is not penalised.
 *
 * @param y n finite values, oldest first
 * @param regressors k ≥ 1 series aligned with y; they may be constant or depend on each other
 * @param penalty > 0, in the unit of a sum of squares of x
 * @returns coefficients, intercept and fit
 * @throws {InvalidInputError} lengths differ, n < 2, a value is not finite; "out-of-range": penalty;
 *   "constant": y does not vary
 *
 * Cost: O((n + k) k²). Convention: matches scikit-learn Ridge(alpha).
 * Source: Hoerl and Kennard (1970). Checked: golden/classification.json.
 */
export function ridge(
  y: Float64Array,
  regressors: readonly Float64Array[],
  penalty: number,
): Ridge {
  if (!(penalty > 0 && penalty < Number.POSITIVE_INFINITY)) {
    throw new InvalidInputError("out-of-range", "the penalty must be above zero");
  }
  requireRegressors(y, regressors, 1);
  const n = y.length;
  const k = regressors.length;
  const meanY = mean(y);
  const means = regressors.map(mean);
  const root = Math.sqrt(penalty);
  // One more row a coefficient, which says that it should be zero.
  const columns = regressors.map((x, j) => {
    const column = new Float64Array(n + k);
    for (let i = 0; i < n; i++) column[i] = x[i]! - means[j]!;
    column[n + j] = root;
    return column;
  });
  const target = new Float64Array(n + k);
  for (let i = 0; i < n; i++) target[i] = y[i]! - meanY;
  const solution = leastSquares(columns, target);
  if (solution === null) {
    throw new InvalidInputError("collinear", "the penalty is too small to tell regressors apart");
  }
  const { coefficients } = solution;
  let residualSquares = 0;
  let totalSquares = 0;
  for (let i = 0; i < n; i++) {
    let residual = y[i]! - meanY;
    totalSquares += residual * residual;
    for (let j = 0; j < k; j++) residual -= coefficients[j]! * (regressors[j]![i]! - means[j]!);
    residualSquares += residual * residual;
  }
  if (totalSquares === 0) throw new InvalidInputError("constant", "y is constant");
  return {
    coefficients,
    intercept: meanY - coefficients.reduce((sum, value, j) => sum + value * means[j]!, 0),
    rSquared: 1 - residualSquares / totalSquares,
  };
}
