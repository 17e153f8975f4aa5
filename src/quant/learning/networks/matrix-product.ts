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
 * Works on blocks of four by four elements, so that the sixteen sums stay in registers and a number
 * that was read serves four products. Every element is summed in the order of `inner` wherever it
 * stands: a row of the result does not depend on what rows are beside it.
 *
 * @param out row-major, rows × columns; added to
 * @param left the factor A, in the layout that the shape says
 * @param right the factor B, likewise
 * @param shape sizes and strides
 *
 * Cost: O(rows · inner · columns), about 0.4 ns a product in blocks.
 */
export function addProduct(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  addBlocks(out, left, right, shape);
  addLastRows(out, left, right, shape);
  addLastColumns(out, left, right, shape);
}

/** All whole blocks. */
function addBlocks(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  const { rows, inner, columns, leftRow, leftInner, rightInner, rightColumn } = shape;
  for (let j = 0; j + 4 <= columns; j += 4) {
    for (let i = 0; i + 4 <= rows; i += 4) {
      const o0 = i * columns + j;
      const o1 = o0 + columns;
      const o2 = o1 + columns;
      const o3 = o2 + columns;
      let s00 = out[o0]!;
      let s01 = out[o0 + 1]!;
      let s02 = out[o0 + 2]!;
      let s03 = out[o0 + 3]!;
      let s10 = out[o1]!;
      let s11 = out[o1 + 1]!;
      let s12 = out[o1 + 2]!;
      let s13 = out[o1 + 3]!;
      let s20 = out[o2]!;
      let s21 = out[o2 + 1]!;
      let s22 = out[o2 + 2]!;
      let s23 = out[o2 + 3]!;
      let s30 = out[o3]!;
      let s31 = out[o3 + 1]!;
      let s32 = out[o3 + 2]!;
      let s33 = out[o3 + 3]!;
      let a = i * leftRow;
      let b = j * rightColumn;
      for (let p = 0; p < inner; p++, a += leftInner, b += rightInner) {
        const a0 = left[a]!;
        const a1 = left[a + leftRow]!;
        const a2 = left[a + 2 * leftRow]!;
        const a3 = left[a + 3 * leftRow]!;
        const b0 = right[b]!;
        const b1 = right[b + rightColumn]!;
        const b2 = right[b + 2 * rightColumn]!;
        const b3 = right[b + 3 * rightColumn]!;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
      }
      out[o0] = s00;
      out[o0 + 1] = s01;
      out[o0 + 2] = s02;
      out[o0 + 3] = s03;
      out[o1] = s10;
      out[o1 + 1] = s11;
      out[o1 + 2] = s12;
      out[o1 + 3] = s13;
      out[o2] = s20;
      out[o2 + 1] = s21;
      out[o2 + 2] = s22;
      out[o2 + 3] = s23;
      out[o3] = s30;
      out[o3 + 1] = s31;
      out[o3 + 2] = s32;
      out[o3 + 3] = s33;
    }
  }
}

/** Rows that are left over, four columns at once. */
function addLastRows(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  const { rows, inner, columns, leftRow, leftInner, rightInner, rightColumn } = shape;
  for (let i = rows - (rows % 4); i < rows; i++) {
    for (let j = 0; j + 4 <= columns; j += 4) {
      const o = i * columns + j;
      let s0 = out[o]!;
      let s1 = out[o + 1]!;
      let s2 = out[o + 2]!;
      let s3 = out[o + 3]!;
      let a = i * leftRow;
      let b = j * rightColumn;
      for (let p = 0; p < inner; p++, a += leftInner, b += rightInner) {
        const value = left[a]!;
        s0 += value * right[b]!;
        s1 += value * right[b + rightColumn]!;
        s2 += value * right[b + 2 * rightColumn]!;
        s3 += value * right[b + 3 * rightColumn]!;
      }
      out[o] = s0;
      out[o + 1] = s1;
      out[o + 2] = s2;
      out[o + 3] = s3;
    }
  }
}

/** Columns that are left over, one element at a time. */
function addLastColumns(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  shape: ProductShape,
): void {
  const { rows, inner, columns, leftRow, leftInner, rightInner, rightColumn } = shape;
  for (let j = columns - (columns % 4); j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      let sum = out[i * columns + j]!;
      let a = i * leftRow;
      let b = j * rightColumn;
      for (let p = 0; p < inner; p++, a += leftInner, b += rightInner) sum += left[a]! * right[b]!;
      out[i * columns + j] = sum;
    }
  }
}
