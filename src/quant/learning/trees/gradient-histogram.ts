import { MISSING_CODE } from "./binned-table.ts";

/** Numbers of one feature in a histogram: a pair for each of 256 codes. */
export const FEATURE_STRIDE = 512;
/** Bits of the whole numbers that are exact. */
const EXACT_BITS = 53;
/** Added and taken off again, it rounds what is smaller than 2⁵¹ to a whole number. */
const TO_WHOLE = 1.5 * 2 ** 52;

/**
 * Gradients on a grid of whole numbers: sums of them are exact, so that a histogram is the same in
 * whatever order rows come, and the difference of two is what a direct count would give.
 *
 * `pairs` has two numbers a row: the gradient times gradientScale, and the hessian in whole multiples
 * of countUnit, plus 1. The second sums to the hessians and the count of rows at once; as a hessian
 * it may be read as it is, since the count is less than a unit of its grid.
 */
export type GradientPairs = {
  readonly pairs: Float64Array;
  readonly gradientScale: number;
  /** What 1 of a hessian adds to the second number. */
  readonly hessianScale: number;
  /** A power of two above the count of rows. */
  readonly countUnit: number;
};

/**
 * Puts gradients on the grid.
 *
 * @param pairs written to, two a row
 * @param rows which rows take part, at least one
 * @param gradient one a row
 * @param hessian one a row, ≥ 0
 * @returns the pairs with their scales
 *
 * Cost: O(rows).
 */
export function gradientPairs(
  pairs: Float64Array,
  rows: Int32Array,
  gradient: Float64Array,
  hessian: Float64Array,
): GradientPairs {
  let gradientMax = 0;
  let hessianMax = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const size = Math.abs(gradient[row]!);
    if (size > gradientMax) gradientMax = size;
    if (hessian[row]! > hessianMax) hessianMax = hessian[row]!;
  }
  const countBits = Math.ceil(Math.log2(rows.length + 1));
  const countUnit = 2 ** countBits;
  const gradientScale = gridScale(gradientMax, EXACT_BITS - countBits);
  const hessianGrid = gridScale(hessianMax, EXACT_BITS - 2 * countBits);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    pairs[2 * row] = gradient[row]! * gradientScale + TO_WHOLE - TO_WHOLE;
    const onGrid = hessian[row]! * hessianGrid + TO_WHOLE - TO_WHOLE;
    pairs[2 * row + 1] = onGrid * countUnit + 1;
  }
  return { pairs, gradientScale, hessianScale: hessianGrid * countUnit, countUnit };
}

/** Of a largest value of 0: so fine a grid that sums of 0 reach no limit. */
const GRID_EXPONENT_MAX = 900;

/** The power of two that takes `largest` below 2^(bits − 1). */
function gridScale(largest: number, bits: number): number {
  return 2 ** Math.min(bits - 2 - Math.floor(Math.log2(largest)), GRID_EXPONENT_MAX);
}

/** Rows that a pair, or a sum of pairs, counts. */
export function countOf(packed: number, countUnit: number): number {
  return packed - Math.floor(packed / countUnit) * countUnit;
}

/** Rows of a node, and their pairs one behind the other. */
export type PairedRows = {
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
  /** The first two are those of the row at `start`. */
  readonly pairs: Float64Array;
};

/**
 * Histogram of the gradients of a node, feature after feature.
 *
 * @param histogram written to; FEATURE_STRIDE numbers a feature
 * @param columns codes of the features
 * @param node its rows
 *
 * Cost: O(rows · features); about 1.3 ns a row and feature, by column as by row, or four features in
 * a word: it is the stores that take the time.
 */
export function fillHistogram(
  histogram: Float64Array,
  columns: readonly Uint8Array[],
  node: PairedRows,
): void {
  histogram.fill(0);
  for (let place = 0; place < columns.length; place++) {
    addColumn(histogram, FEATURE_STRIDE * place, columns[place]!, node);
  }
}

function addColumn(
  histogram: Float64Array,
  base: number,
  codes: Uint8Array,
  node: PairedRows,
): void {
  const { rows, start, end, pairs } = node;
  for (let i = start, p = 0; i < end; i++, p += 2) {
    const slot = base + 2 * codes[rows[i]!]!;
    histogram[slot] = histogram[slot]! + pairs[p]!;
    histogram[slot + 1] = histogram[slot + 1]! + pairs[p + 1]!;
  }
}

/**
 * Takes the histogram of one child off that of the parent: what is left is that of the other.
 *
 * @param parent written to
 * @param child the same features
 *
 * Cost: O(features · 256). Exact, since the sums are whole numbers.
 */
export function takeOff(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i] = parent[i]! - child[i]!;
}

/** Where the pair of the missing values of a feature stands. */
export function missingSlot(place: number): number {
  return place * FEATURE_STRIDE + 2 * MISSING_CODE;
}
