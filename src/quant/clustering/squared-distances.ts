import type { Matrix } from "../linalg/matrix.ts";

/**
 * Squared Euclidean distances of all rows from one, from the differences themselves: the expansion
 * |x|² + |y|² − 2 x·y is faster and moves close points to other clusters.
 *
 * @param row index of the one
 * @param matrix n rows × p columns, finite
 * @param result n numbers, overwritten
 *
 * Cost: O(n p), nothing is allocated.
 */
export function squaredDistancesFrom(row: number, matrix: Matrix, result: Float64Array): void {
  const { rows, columns, values } = matrix;
  const own = row * columns;
  for (let j = 0; j < rows; j++) {
    let sum = 0;
    for (let k = 0, at = j * columns; k < columns; k++, at++) {
      const difference = values[own + k]! - values[at]!;
      sum += difference * difference;
    }
    result[j] = sum;
  }
}

/**
 * Squared Euclidean distances of all pairs of rows.
 *
 * @param matrix n rows × p columns, finite
 * @returns n × n, symmetric, zero on the diagonal
 *
 * Cost: O(n² p), n² numbers of memory.
 */
export function squaredDistances(matrix: Matrix): Float64Array {
  const { rows } = matrix;
  const result = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    squaredDistancesFrom(i, matrix, result.subarray(i * rows, (i + 1) * rows));
  }
  return result;
}
