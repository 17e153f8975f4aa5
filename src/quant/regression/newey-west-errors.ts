import { InvalidInputError } from "../invalid-input-error.ts";
import { linearFit } from "./linear-fit.ts";
import { longRunVariance } from "./long-run-variance.ts";

/**
 * Newey–West standard errors: those of least squares when the errors are autocorrelated and of
 * changing size, as the residuals of prices are.
 *
 * (XᵀX)⁻¹ S (XᵀX)⁻¹ with S = Γ₀ + Σ (1 − j / (L + 1)) (Γⱼ + Γⱼᵀ), Γⱼ = Σ eₜ xₜ (eₜ₋ⱼ xₜ₋ⱼ)ᵀ.
 *
 * @param y n finite values, oldest first, not constant
 * @param regressors series aligned with y, none of them constant
 * @param options.lags L, 0 ≤ L < n; 0 is White's correction (HC0)
 * @param options.intercept whether a constant is estimated; true by default
 * @returns one error a coefficient, the intercept first, in the order of ordinaryLeastSquares
 * @throws {InvalidInputError} as ordinaryLeastSquares; "out-of-range" for lags
 *
 * Cost: O(n k² L). Convention: matches statsmodels cov_type="HAC", no small-sample correction.
 * Source: Newey and West (1987). Checked: golden/regression.json.
 */
export function neweyWestErrors(
  y: Float64Array,
  regressors: readonly Float64Array[],
  options: { readonly lags: number; readonly intercept?: boolean },
): Float64Array {
  const { lags, intercept = true } = options;
  if (!Number.isInteger(lags) || lags < 0 || lags >= y.length) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number from 0 to n − 1");
  }
  const fit = linearFit(y, regressors, intercept);
  // Influence of bar t on each coefficient; the errors are the long-run variances of its sums.
  const influences = influencesOf(fit);
  // Bartlett weights keep it at or above zero but for rounding.
  return Float64Array.from(influences, (influence) =>
    Math.sqrt(Math.max(0, y.length * longRunVariance(influence, lags))),
  );
}

function influencesOf(fit: ReturnType<typeof linearFit>): readonly Float64Array[] {
  const { columns, inverseMoments, means, residuals } = fit;
  const k = columns.length;
  const slopes = columns.map((_, i) =>
    residuals.map((residual, t) => {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += inverseMoments[i * k + j]! * columns[j]![t]!;
      return residual * sum;
    }),
  );
  if (!fit.intercept) return slopes;
  const constant = residuals.map((residual, t) => {
    let sum = residual / residuals.length;
    for (let i = 0; i < k; i++) sum -= means[i]! * slopes[i]![t]!;
    return sum;
  });
  return [constant, ...slopes];
}
