import { InvalidInputError } from "../invalid-input-error.ts";

/** A dense matrix: element (i, j) stands at values[i · columns + j]. */
export type Matrix = {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
};

/**
 * Matrix of rows of equal length.
 *
 * @param rows n ≥ 1 rows of p ≥ 1 finite numbers
 * @returns n × p matrix
 * @throws {InvalidInputError} "too-short": no row or no column; "length-mismatch": rows of unequal
 *   length; "not-finite"
 *
 * Cost: O(n p).
 */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) throw new InvalidInputError("too-short", "a matrix needs a row and a column");
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new InvalidInputError("length-mismatch", `row ${i} is not as long as the first`);
    }
    values.set(row, i * columns);
  });
  const matrix = { rows: rows.length, columns, values };
  requireFinite(matrix);
  return matrix;
}

/**
 * Entry check of a matrix: enough rows, and every element finite.
 *
 * @param matrix rows are observations
 * @param rowsMin fewest rows that the caller can work with
 * @throws {InvalidInputError} "too-short", "length-mismatch" (values do not fill the shape) or
 *   "not-finite"
 */
export function requireMatrix(matrix: Matrix, rowsMin: number): void {
  const { rows, columns, values } = matrix;
  if (values.length !== rows * columns) {
    throw new InvalidInputError("length-mismatch", "the values do not fill rows × columns");
  }
  if (rows < rowsMin || columns < 1) {
    throw new InvalidInputError(
      "too-short",
      `the matrix is ${rows} × ${columns}, at least ${rowsMin} × 1 is required`,
    );
  }
  requireFinite(matrix);
}

function requireFinite({ columns, values }: Matrix): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    throw new InvalidInputError("not-finite", `the element (${row}, ${column}) is not finite`);
  }
}
