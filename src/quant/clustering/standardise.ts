import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { columnMeans } from "./column-means.ts";

/** Columns with mean 0 and standard deviation 1, and what they were. */
export type Standardised = {
  readonly matrix: Matrix;
  readonly mean: Float64Array;
  /** Standard deviations, divisor n; 1 for a constant column, which becomes all zero. */
  readonly scale: Float64Array;
};

/**
 * Standardisation: columns on a common scale, so that no feature outweighs another by its unit.
 *
 * (x − mean) / std of each column, std with divisor n.
 *
 * @param matrix n ≥ 1 observations × p features, finite
 * @returns the standardised matrix, means and scales; see Standardised
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(n p). Convention: matches sklearn.preprocessing.StandardScaler.
 * Checked: golden/clustering.json.
 */
export function standardise(matrix: Matrix): Standardised {
  requireMatrix(matrix, 1);
  const { rows, columns } = matrix;
  const mean = columnMeans(matrix);
  const squares = new Float64Array(columns);
  const values = matrix.values.map((value, i) => value - mean[i % columns]!);
  values.forEach((value, i) => {
    squares[i % columns]! += value * value;
  });
  const scale = squares.map((sum, j) => {
    const deviation = Math.sqrt(sum / rows);
    return deviation <= 10 * Number.EPSILON * Math.abs(mean[j]!) ? 1 : deviation;
  });
  const standardised = values.map((value, i) => value / scale[i % columns]!);
  return { matrix: { rows, columns, values: standardised }, mean, scale };
}
