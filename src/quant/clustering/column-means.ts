import type { Matrix } from "../linalg/matrix.ts";

/**
 * Means of the columns of a matrix, with the rounding of the first sum taken back by a second pass.
 *
 * @param matrix n ≥ 1 rows × p columns
 * @returns p means
 *
 * Cost: O(n p). Source: Chan, Golub, LeVeque (1983), corrected two-pass algorithm.
 */
export function columnMeans({ rows, columns, values }: Matrix): Float64Array {
  const first = new Float64Array(columns);
  values.forEach((value, i) => {
    first[i % columns]! += value / rows;
  });
  const rest = new Float64Array(columns);
  values.forEach((value, i) => {
    rest[i % columns]! += value - first[i % columns]!;
  });
  return first.map((value, j) => value + rest[j]! / rows);
}
