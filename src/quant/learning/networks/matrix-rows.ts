/**
 * Writes one row into every row of a matrix.
 *
 * @param matrix row-major, rows as long as the given one; overwritten
 * @param row what to write
 *
 * Cost: O(matrix), by copies that double.
 */
export function fillRows(matrix: Float64Array, row: Float64Array): void {
  matrix.set(row);
  for (let filled = row.length; filled < matrix.length; filled *= 2) {
    matrix.copyWithin(filled, 0, filled);
  }
}

/**
 * Adds the sums of the columns of a matrix.
 *
 * @param sums one a column; added to
 * @param matrix row-major
 *
 * Cost: O(matrix).
 */
export function addColumnSums(sums: Float64Array, matrix: Float64Array): void {
  const columns = sums.length;
  for (let start = 0; start < matrix.length; start += columns) {
    for (let j = 0; j < columns; j++) sums[j]! += matrix[start + j]!;
  }
}
