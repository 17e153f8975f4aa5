/**
 * Orthonormal columns that span what the given ones span, by two passes of Gram–Schmidt.
 *
 * @param columns k columns of n ≥ k values; overwritten by the result
 * @returns whether all of them were independent; when not, the columns hold nothing of use
 *
 * Cost: O(n k²). Source: Golub and Van Loan, Matrix Computations, 5.2; "twice is enough".
 */
export function orthonormaliseColumns(columns: readonly Float64Array[]): boolean {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]!;
    const length = Math.sqrt(product(column, column));
    for (let pass = 0; pass < 2; pass++) removeComponents(column, columns, j);
    const rest = Math.sqrt(product(column, column));
    if (!(rest > 1e-10 * length)) return false;
    for (let i = 0; i < column.length; i++) column[i]! /= rest;
  }
  return true;
}

/**
 * Takes off a column what the first of a set of orthonormal ones explain of it.
 *
 * @param column n values; overwritten by the rest
 * @param basis orthonormal columns of n values
 * @param count how many of them
 *
 * Cost: O(n · count).
 */
export function removeComponents(
  column: Float64Array,
  basis: readonly Float64Array[],
  count = basis.length,
): void {
  for (let j = 0; j < count; j++) {
    const share = product(column, basis[j]!);
    for (let i = 0; i < column.length; i++) column[i]! -= share * basis[j]![i]!;
  }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
