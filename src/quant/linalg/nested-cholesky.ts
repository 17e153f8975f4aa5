/**
 * Nested Cholesky: solves for the coordinates of a target along ordered regressors, given their
 * moments, so that the residual sum of squares of every leading subset is known at once.
 *
 * With L Lᵀ = M the moments of the regressors and z = L⁻¹ m their products with the target, the
 * explained sum of squares of the first k is z₁² + … + z_k².
 *
 * @param moments k × k matrix of products, row-major; the lower triangle is overwritten by L
 * @param products k products with the target; overwritten by z
 * @param k number of regressors
 * @param pivotShareMin smallest share of a regressor's own sum of squares that the earlier ones may
 *   leave of it; below, the moments have lost the digits of an answer
 * @returns whether every pivot was large enough; when not, the two arrays hold nothing of use
 *
 * Cost: O(k³ / 3). Source: Golub and Van Loan, Matrix Computations, 4.2.
 */
export function nestedCholesky(
  moments: Float64Array,
  products: Float64Array,
  k: number,
  pivotShareMin: number,
): boolean {
  for (let i = 0; i < k; i++) {
    const rowI = i * k;
    for (let j = 0; j < i; j++) {
      const rowJ = j * k;
      let sum = moments[rowI + j]!;
      for (let m = 0; m < j; m++) sum -= moments[rowI + m]! * moments[rowJ + m]!;
      moments[rowI + j] = sum / moments[rowJ + j]!;
    }
    const own = moments[rowI + i]!;
    let pivot = own;
    let product = products[i]!;
    for (let m = 0; m < i; m++) {
      const entry = moments[rowI + m]!;
      pivot -= entry * entry;
      product -= entry * products[m]!;
    }
    if (!(pivot > pivotShareMin * own)) return false;
    const diagonal = Math.sqrt(pivot);
    moments[rowI + i] = diagonal;
    products[i] = product / diagonal;
  }
  return true;
}
