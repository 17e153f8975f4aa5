import { InvalidInputError } from "../invalid-input-error.ts";
import { leastSquares } from "../linalg/least-squares.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireRegressors } from "./require-regressors.ts";

/** Least squares of y on regressors that are centred when there is an intercept. */
export type LinearFit = {
  readonly intercept: boolean;
  /** Intercept first where there is one, then one coefficient a regressor. */
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  readonly residualSumOfSquares: number;
  /** Σ (y − mean)², or Σ y² without intercept. */
  readonly totalSumOfSquares: number;
  /** Regressors less their means; as they are without intercept. */
  readonly columns: readonly Float64Array[];
  /** What was taken off each regressor; zeros without intercept. */
  readonly means: Float64Array;
  /** (XᵀX)⁻¹ of those columns, row-major. */
  readonly inverseMoments: Float64Array;
};

/**
 * Linear fit: the least squares behind the regressions with several regressors.
 *
 * y = a + Σ bⱼ xⱼ + e. With an intercept all series are centred first, so that series far from zero
 * keep their digits.
 *
 * @param y n finite values, oldest first
 * @param regressors k series aligned with y
 * @param intercept whether a is estimated
 * @returns coefficients, residuals and what standard errors are made of
 * @throws {InvalidInputError} lengths differ, too few bars, a value is not finite, a series is
 *   constant, or a regressor is a combination of the others ("collinear")
 *
 * Cost: O(n k²). Checked: golden/regression.json.
 */
export function linearFit(
  y: Float64Array,
  regressors: readonly Float64Array[],
  intercept: boolean,
): LinearFit {
  requireRegressors(y, regressors, regressors.length + (intercept ? 1 : 0));
  const meanY = intercept ? mean(y) : 0;
  const target = centred(y, meanY, "y");
  const means = Float64Array.from(regressors, (x) => (intercept ? mean(x) : 0));
  const columns = regressors.map((x, j) => centred(x, means[j]!, `regressor ${j}`));
  const solution = leastSquares(
    columns.map((column) => column.slice()),
    target.slice(),
  );
  if (solution === null) {
    throw new InvalidInputError("collinear", "a regressor is a combination of the others");
  }
  const slopes = solution.coefficients;
  const residuals = target.slice();
  columns.forEach((column, j) => {
    for (let i = 0; i < residuals.length; i++) residuals[i]! -= slopes[j]! * column[i]!;
  });
  const constant = meanY - slopes.reduce((sum, slope, j) => sum + slope * means[j]!, 0);
  return {
    intercept,
    coefficients: intercept ? Float64Array.of(constant, ...slopes) : slopes,
    residuals,
    residualSumOfSquares: sumOfSquares(residuals),
    totalSumOfSquares: sumOfSquares(target),
    columns,
    means,
    inverseMoments: solution.inverseMoments,
  };
}

function centred(values: Float64Array, centre: number, name: string): Float64Array {
  const result = values.map((value) => value - centre);
  if (isRoundingNoise(sumOfSquares(result), values.length, centre)) {
    throw new InvalidInputError("constant", `${name} is constant`);
  }
  return result;
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
