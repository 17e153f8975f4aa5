import { nestedLeastSquares } from "./nested-least-squares.ts";

/** Least squares of one target on k regressors that do not depend on each other. */
export type LeastSquares = {
  readonly coefficients: Float64Array;
  /** (XᵀX)⁻¹, k × k, row-major. */
  readonly inverseMoments: Float64Array;
  readonly residualSumOfSquares: number;
};

/**
 * Least squares by Householder reflections, with the inverse of the moment matrix.
 *
 * min ‖target − X b‖²; X = QR, b = R⁻¹ Qᵀ target, (XᵀX)⁻¹ = R⁻¹ R⁻ᵀ.
 *
 * @param regressors k columns of n > k values; overwritten
 * @param target n values; overwritten
 * @returns the solution, or null where a regressor is a combination of the others
 *
 * Cost: O(n k²). Source: Golub and Van Loan, Matrix Computations, 5.3.
 */
export function leastSquares(
  regressors: readonly Float64Array[],
  target: Float64Array,
): LeastSquares | null {
  const k = regressors.length;
  const { coordinates, lengths, residualSumsOfSquares } = nestedLeastSquares(regressors, target);
  if (lengths.includes(0)) return null;
  const inverse = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    inverse[j * k + j] = 1 / lengths[j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      // Above its diagonal, column m still holds row i of R.
      for (let m = i + 1; m <= j; m++) sum -= regressors[m]![i]! * inverse[m * k + j]!;
      inverse[i * k + j] = sum / lengths[i]!;
    }
  }
  const coefficients = new Float64Array(k);
  const inverseMoments = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let m = i; m < k; m++) coefficients[i]! += inverse[i * k + m]! * coordinates[m]!;
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let m = Math.max(i, j); m < k; m++) sum += inverse[i * k + m]! * inverse[j * k + m]!;
      inverseMoments[i * k + j] = sum;
    }
  }
  return { coefficients, inverseMoments, residualSumOfSquares: residualSumsOfSquares[k]! };
}
