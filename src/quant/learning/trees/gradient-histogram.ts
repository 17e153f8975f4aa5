import { type BinnedTable, MISSING_CODE } from "./binned-table.ts";

/** Numbers of one feature in a histogram: a pair for each of 256 codes. */
export const FEATURE_STRIDE = 512;
const WORD_FEATURES = 4;
/** Bits of the whole numbers that are exact. */
const EXACT_BITS = 53;
/** Added and taken off again, it rounds what is smaller than 2⁵¹ to a whole number. */
const TO_WHOLE = 1.5 * 2 ** 52;

/**
 * Codes of some features, four of them in a word, so that one load serves four histograms.
 *
 * Place p of the features is byte p mod 4 of words[⌊p / 4⌋]; what the last words lack is code 0.
 */
export type PackedCodes = {
  readonly features: Int32Array;
  readonly words: readonly Int32Array[];
};

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
 * Packs the codes of features.
 *
 * @param binned any
 * @param features their indices, in the order wanted
 * @returns words of their own
 *
 * Cost: O(rows · features).
 */
export function packedCodes(binned: BinnedTable, features: Int32Array): PackedCodes {
  const words: Int32Array[] = [];
  for (let first = 0; first < features.length; first += WORD_FEATURES) {
    const word = new Int32Array(binned.rowCount);
    const last = Math.min(first + WORD_FEATURES, features.length);
    for (let p = first; p < last; p++) {
      const codes = binned.codes[features[p]!]!;
      const shift = 8 * (p - first);
      for (let i = 0; i < word.length; i++) word[i] = word[i]! | (codes[i]! << shift);
    }
    words.push(word);
  }
  return { features, words };
}

/** Numbers a histogram of `featureCount` features has. */
export function histogramSize(featureCount: number): number {
  return Math.ceil(featureCount / WORD_FEATURES) * WORD_FEATURES * FEATURE_STRIDE;
}

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

/**
 * Histogram of the gradients of a node, of all packed features.
 *
 * @param histogram written to; histogramSize of the features
 * @param codes the features
 * @param node pairs of its rows, one behind the other in the order of `rows` from `start`
 *
 * Cost: O(rows · features); about 1.3 ns a row and feature.
 */
export function fillHistogram(
  histogram: Float64Array,
  codes: PackedCodes,
  node: {
    readonly rows: Int32Array;
    readonly start: number;
    readonly end: number;
    readonly pairs: Float64Array;
  },
): void {
  histogram.fill(0);
  for (let w = 0; w < codes.words.length; w++) {
    addWord(histogram, WORD_FEATURES * FEATURE_STRIDE * w, codes.words[w]!, node);
  }
}

function addWord(
  histogram: Float64Array,
  base: number,
  words: Int32Array,
  node: {
    readonly rows: Int32Array;
    readonly start: number;
    readonly end: number;
    readonly pairs: Float64Array;
  },
): void {
  const { rows, start, end, pairs } = node;
  const base1 = base + FEATURE_STRIDE;
  const base2 = base1 + FEATURE_STRIDE;
  const base3 = base2 + FEATURE_STRIDE;
  for (let i = start, p = 0; i < end; i++, p += 2) {
    const word = words[rows[i]!]!;
    const gradient = pairs[p]!;
    const packed = pairs[p + 1]!;
    // Each is twice the code: shifted a bit less, and the lowest bit cut off.
    const slot0 = base + ((word << 1) & 510);
    const slot1 = base1 + ((word >>> 7) & 510);
    const slot2 = base2 + ((word >>> 15) & 510);
    const slot3 = base3 + ((word >>> 23) & 510);
    histogram[slot0] = histogram[slot0]! + gradient;
    histogram[slot0 + 1] = histogram[slot0 + 1]! + packed;
    histogram[slot1] = histogram[slot1]! + gradient;
    histogram[slot1 + 1] = histogram[slot1 + 1]! + packed;
    histogram[slot2] = histogram[slot2]! + gradient;
    histogram[slot2 + 1] = histogram[slot2 + 1]! + packed;
    histogram[slot3] = histogram[slot3]! + gradient;
    histogram[slot3 + 1] = histogram[slot3 + 1]! + packed;
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
