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

/** Sums of pairs over some rows. */
export type PairSum = { readonly gradient: number; readonly packed: number };

/** Sums of the pairs of rows. */
export function sumOfPairs(pairs: Float64Array, rows: Int32Array): PairSum {
  let gradient = 0;
  let packed = 0;
  for (let i = 0; i < rows.length; i++) {
    gradient += pairs[2 * rows[i]!]!;
    packed += pairs[2 * rows[i]! + 1]!;
  }
  return { gradient, packed };
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
 * Cost: O(rows · features), about 1.3 ns each. Two columns at a time share the loads of row and pair,
 * which saves 7 % of a training; codes packed by fours into words saved 5 % more, codes by row none.
 */
export function fillHistogram(
  histogram: Float64Array,
  columns: readonly Uint8Array[],
  node: PairedRows,
): void {
  histogram.fill(0);
  const even = columns.length - (columns.length % 2);
  for (let place = 0; place < even; place += 2) {
    const first = { codes: columns[place]!, base: FEATURE_STRIDE * place };
    addTwoColumns(histogram, first, columns[place + 1]!, node);
  }
  if (even < columns.length) {
    addColumn(histogram, { codes: columns[even]!, base: FEATURE_STRIDE * even }, node);
  }
}

/** Codes of a feature, and where its pairs stand in the histogram. */
type Column = { readonly codes: Uint8Array; readonly base: number };

function addTwoColumns(
  histogram: Float64Array,
  first: Column,
  secondCodes: Uint8Array,
  node: PairedRows,
): void {
  const { codes: firstCodes, base: firstBase } = first;
  const secondBase = firstBase + FEATURE_STRIDE;
  const { rows, start, end, pairs } = node;
  for (let i = start, p = 0; i < end; i++, p += 2) {
    const row = rows[i]!;
    const gradient = pairs[p]!;
    const packed = pairs[p + 1]!;
    const slot = firstBase + 2 * firstCodes[row]!;
    const secondSlot = secondBase + 2 * secondCodes[row]!;
    histogram[slot] = histogram[slot]! + gradient;
    histogram[slot + 1] = histogram[slot + 1]! + packed;
    histogram[secondSlot] = histogram[secondSlot]! + gradient;
    histogram[secondSlot + 1] = histogram[secondSlot + 1]! + packed;
  }
}

function addColumn(histogram: Float64Array, { codes, base }: Column, node: PairedRows): void {
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
