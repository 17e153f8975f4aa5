/**
 * Values of a column that are not missing.
 *
 * @param column NaN is a missing value
 * @returns the others in their order: the column itself where none is missing
 *
 * Cost: O(n).
 */
export function presentValues(column: Float64Array): Float64Array {
  return column.some(Number.isNaN) ? column.filter((value) => !Number.isNaN(value)) : column;
}
