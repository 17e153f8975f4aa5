import { linearFit } from "./linear-fit.ts";
import { studentTTwoSided } from "./student-t.ts";

/** A regression with everything that its table shows; arrays have the intercept first, if any. */
export type OrdinaryLeastSquares = {
  readonly coefficients: Float64Array;
  /** Homoskedastic, with n − k degrees of freedom. */
  readonly standardErrors: Float64Array;
  readonly tStatistics: Float64Array;
  /** Two-sided, Student t with n − k degrees of freedom. */
  readonly pValues: Float64Array;
  /** 1 − residual / total sum of squares; about zero, not the mean, without intercept. */
  readonly rSquared: number;
  readonly rSquaredAdjusted: number;
  readonly residualSumOfSquares: number;
  /** √(residual sum of squares / (n − k)). */
  readonly residualStandardError: number;
  /** Of all slopes being zero. */
  readonly fStatistic: number;
  /** Gaussian, at its maximum; Infinity for a fit without error. */
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** Σ (eₜ − eₜ₋₁)² / Σ eₜ², near 2 without autocorrelation; null for a fit without error. */
  readonly durbinWatson: number | null;
  readonly observations: number;
  readonly degreesOfFreedom: number;
  readonly residuals: Float64Array;
};

/**
 * Ordinary least squares of y on several regressors: the combination with the smallest squared
 * error.
 *
 * y = a + Σ bⱼ xⱼ + e.
 *
 * @param y n finite values, oldest first, not constant
 * @param regressors k < n series aligned with y, none of them constant
 * @param options.intercept whether a is estimated; true by default
 * @returns coefficients, errors, fit and residuals; see OrdinaryLeastSquares
 * @throws {InvalidInputError} lengths differ, too few bars, a value is not finite, a series is
 *   constant, or a regressor is a combination of the others ("collinear")
 *
 * Cost: O(n k²). Convention: matches statsmodels OLS, with add_constant for the intercept.
 * Source: Greene, Econometric Analysis, chapters 3–4. Checked: golden/regression.json.
 */
export function ordinaryLeastSquares(
  y: Float64Array,
  regressors: readonly Float64Array[],
  options: { readonly intercept?: boolean } = {},
): OrdinaryLeastSquares {
  const { intercept = true } = options;
  const fit = linearFit(y, regressors, intercept);
  const { coefficients, residuals, residualSumOfSquares, totalSumOfSquares } = fit;
  const n = y.length;
  const parameters = coefficients.length;
  const degreesOfFreedom = n - parameters;
  const variance = residualSumOfSquares / degreesOfFreedom;
  const standardErrors = coefficientVariances(fit).map((share) => Math.sqrt(share * variance));
  const tStatistics = coefficients.map((value, i) => ratio(value, standardErrors[i]!));
  const logLikelihood = (-n / 2) * (Math.log((2 * Math.PI * residualSumOfSquares) / n) + 1);
  const rSquared = 1 - residualSumOfSquares / totalSumOfSquares;
  const explained = (totalSumOfSquares - residualSumOfSquares) / regressors.length;
  return {
    coefficients,
    standardErrors,
    tStatistics,
    pValues: tStatistics.map((t) => studentTTwoSided(t, degreesOfFreedom)),
    rSquared,
    rSquaredAdjusted: 1 - ((1 - rSquared) * (n - (intercept ? 1 : 0))) / degreesOfFreedom,
    residualSumOfSquares,
    residualStandardError: Math.sqrt(variance),
    fStatistic: ratio(explained, variance),
    logLikelihood,
    aic: 2 * parameters - 2 * logLikelihood,
    bic: Math.log(n) * parameters - 2 * logLikelihood,
    durbinWatson: durbinWatson(residuals, residualSumOfSquares),
    observations: n,
    degreesOfFreedom,
    residuals,
  };
}

/** Variances of the coefficients as multiples of that of the error. */
function coefficientVariances(fit: ReturnType<typeof linearFit>): Float64Array {
  const { inverseMoments, means, residuals } = fit;
  const k = means.length;
  const slopes = Float64Array.from({ length: k }, (_, j) => inverseMoments[j * k + j]!);
  if (!fit.intercept) return slopes;
  let ofMeans = 1 / residuals.length;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) ofMeans += means[i]! * inverseMoments[i * k + j]! * means[j]!;
  }
  return Float64Array.of(ofMeans, ...slopes);
}

/** A fit without error makes every coefficient but zero infinitely significant. */
function ratio(value: number, error: number): number {
  return value === 0 ? 0 : value / error;
}

function durbinWatson(residuals: Float64Array, squares: number): number | null {
  if (squares === 0) return null;
  let sum = 0;
  for (let i = 1; i < residuals.length; i++) sum += (residuals[i]! - residuals[i - 1]!) ** 2;
  return sum / squares;
}
