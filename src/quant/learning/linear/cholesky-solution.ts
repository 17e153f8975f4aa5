import { nestedCholesky } from "../../linalg/nested-cholesky.ts";

/**
 * Solves a positive definite system by its Cholesky factor.
 *
 * @param matrix n × n, row-major; its lower triangle is read, and overwritten by the factor
 * @param products n numbers, the right side; overwritten by the solution
 * @param pivotShareMin smallest share of a diagonal element that the earlier ones may leave of it
 * @returns whether every pivot was large enough; when not, the two arrays hold nothing of use
 *
 * Cost: O(n³ / 3). Source: Golub and Van Loan, Matrix Computations, 4.2.
 */
export function choleskySolution(
  matrix: Float64Array,
  products: Float64Array,
  pivotShareMin: number,
): boolean {
  const n = products.length;
  if (!nestedCholesky(matrix, products, n, pivotShareMin)) return false;
  for (let i = n - 1; i >= 0; i--) {
    let sum = products[i]!;
    for (let m = i + 1; m < n; m++) sum -= matrix[m * n + i]! * products[m]!;
    products[i] = sum / matrix[i * n + i]!;
  }
  return true;
}

/**
 * Diagonal of the inverse of a matrix, from its Cholesky factor.
 *
 * (L Lᵀ)⁻¹ⱼⱼ = Σᵢ (L⁻¹)ᵢⱼ².
 *
 * @param factor n × n, row-major, L in its lower triangle
 * @param n order
 * @returns n positive numbers
 *
 * Cost: O(n³ / 6).
 */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let squares = 0;
    for (let i = j; i < n; i++) {
      let sum = i === j ? 1 : 0;
      for (let m = j; m < i; m++) sum -= factor[i * n + m]! * column[m]!;
      column[i] = sum / factor[i * n + i]!;
      squares += column[i]! * column[i]!;
    }
    diagonal[j] = squares;
  }
  return diagonal;
}
