import { assert } from "../assert.ts";

/** Least squares of one target on the first k of an ordered list of regressors, for every k. */
export type NestedLeastSquares = {
  /** Target coordinate along the part of regressor k that the earlier ones do not explain. */
  readonly coordinates: Float64Array;
  /** Length of that part, signed as in R of the QR decomposition; 0 where nothing was left. */
  readonly lengths: Float64Array;
  /** Residual sum of squares on the first k regressors; element 0 is that of none. */
  readonly residualSumsOfSquares: Float64Array;
};

/**
 * A regressor whose unexplained part is shorter than this share of its length is a combination of
 * the earlier ones: what is left of it is rounding.
 */
const RANK_TOLERANCE = 1e-10;

/**
 * Nested least squares by Householder reflections: one decomposition answers for every number of
 * leading regressors.
 *
 * With R from QR of the regressors and z = Qᵀ target: RSS of the first k is the sum of z² from k on,
 * the coefficient of the last of k is z[k−1] / R[k−1, k−1], its squared standard error
 * RSS / (n − k) / R[k−1, k−1]². A regressor that depends on the earlier ones adds nothing.
 *
 * @param regressors k columns of n > k values; overwritten
 * @param target n values; overwritten
 * @returns coordinates (k), lengths (k) and residual sums of squares (k + 1)
 *
 * Cost: O(n k²). Source: Golub and Van Loan, Matrix Computations, 5.2–5.3.
 */
export function nestedLeastSquares(
  regressors: readonly Float64Array[],
  target: Float64Array,
): NestedLeastSquares {
  const n = target.length;
  const k = regressors.length;
  assert(n > k, "nestedLeastSquares has more observations than regressors");
  const coordinates = new Float64Array(k);
  const lengths = new Float64Array(k);
  let row = 0;
  for (let j = 0; j < k; j++) {
    const column = regressors[j]!;
    const tail = norm(column, row);
    // The reflections preserve lengths, so the whole column still has the length it came with.
    if (tail <= RANK_TOLERANCE * norm(column, 0)) continue;
    // The sign that adds, not cancels, in the first element of the reflector.
    const length = column[row]! > 0 ? -tail : tail;
    column[row]! -= length;
    const scale = 1 / (length * column[row]!);
    for (let other = j + 1; other < k; other++) reflect(regressors[other]!, column, row, scale);
    reflect(target, column, row, scale);
    lengths[j] = length;
    coordinates[j] = target[row]!;
    row++;
  }
  const residualSumsOfSquares = new Float64Array(k + 1);
  let sum = 0;
  for (let i = n - 1; i >= row; i--) sum += target[i]! * target[i]!;
  residualSumsOfSquares[k] = sum;
  for (let j = k - 1; j >= 0; j--) {
    sum += coordinates[j]! * coordinates[j]!;
    residualSumsOfSquares[j] = sum;
  }
  return { coordinates, lengths, residualSumsOfSquares };
}

function norm(column: Float64Array, start: number): number {
  let sum = 0;
  for (let i = start; i < column.length; i++) sum += column[i]! * column[i]!;
  return Math.sqrt(sum);
}

/** column += scale · (reflectorᵀ column) · reflector from row start on; scale is −2 / |reflector|². */
function reflect(
  column: Float64Array,
  reflector: Float64Array,
  start: number,
  scale: number,
): void {
  let product = 0;
  for (let i = start; i < column.length; i++) product += reflector[i]! * column[i]!;
  const factor = product * scale;
  for (let i = start; i < column.length; i++) column[i]! += factor * reflector[i]!;
}
