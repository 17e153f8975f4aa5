import { BLOCK_ROWS, type StandardisedBlocks } from "./standardised-blocks.ts";

/**
 * Adds the weighted products of the columns of one block to a matrix of moments.
 *
 * moments += Xᵀ diag(weights) X. Columns are taken by twos: four sums that do not wait for each
 * other, from four numbers read.
 *
 * @param moments width × width, row-major; its upper triangle is added to, below it stands nothing
 *   of use
 * @param blocks whose columns
 * @param block which of them
 * @param weights BLOCK_ROWS numbers of any sign
 *
 * Cost: O(BLOCK_ROWS · width² / 2).
 */
export function addBlockMoments(
  moments: Float64Array,
  { values, width }: StandardisedBlocks,
  block: number,
  weights: Float64Array,
): void {
  const start = block * width * BLOCK_ROWS;
  for (let a = 0; a < width; a += 2) {
    const a0 = start + a * BLOCK_ROWS;
    const a1 = a0 + BLOCK_ROWS;
    for (let b = a; b < width; b += 2) {
      const b0 = start + b * BLOCK_ROWS;
      const b1 = b0 + BLOCK_ROWS;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let r = 0; r < BLOCK_ROWS; r++) {
        const weight = weights[r]!;
        const u0 = weight * values[a0 + r]!;
        const u1 = weight * values[a1 + r]!;
        const v0 = values[b0 + r]!;
        const v1 = values[b1 + r]!;
        s00 += u0 * v0;
        s01 += u0 * v1;
        s10 += u1 * v0;
        s11 += u1 * v1;
      }
      const place = a * width + b;
      moments[place]! += s00;
      moments[place + 1]! += s01;
      moments[place + width]! += s10;
      moments[place + width + 1]! += s11;
    }
  }
}

/**
 * Value of a linear function at the rows of one block.
 *
 * @param scores one a row of all blocks; those of this block are overwritten with
 *   Σ coefficients[c] · column c
 * @param blocks whose columns
 * @param block which of them
 * @param coefficients one a varying feature, then the intercept
 *
 * Cost: O(BLOCK_ROWS · width).
 */
export function setBlockScores(
  scores: Float64Array,
  { values, width, features }: StandardisedBlocks,
  block: number,
  coefficients: Float64Array,
): void {
  const from = block * BLOCK_ROWS;
  const start = block * width * BLOCK_ROWS;
  scores.fill(0, from, from + BLOCK_ROWS);
  for (let c = 0; c <= features.length; c++) {
    const coefficient = coefficients[c]!;
    const place = start + c * BLOCK_ROWS;
    for (let r = 0; r < BLOCK_ROWS; r++) scores[from + r]! += coefficient * values[place + r]!;
  }
}

/**
 * Adds the products of the columns of one block with a series.
 *
 * @param products one a varying feature, then that of the ones; added to
 * @param blocks whose columns
 * @param block which of them
 * @param series BLOCK_ROWS numbers
 *
 * Cost: O(BLOCK_ROWS · width).
 */
export function addBlockProducts(
  products: Float64Array,
  { values, width, features }: StandardisedBlocks,
  block: number,
  series: Float64Array,
): void {
  const start = block * width * BLOCK_ROWS;
  for (let c = 0; c <= features.length; c++) {
    const place = start + c * BLOCK_ROWS;
    let even = 0;
    let odd = 0;
    for (let r = 0; r < BLOCK_ROWS; r += 2) {
      even += series[r]! * values[place + r]!;
      odd += series[r + 1]! * values[place + r + 1]!;
    }
    products[c]! += even + odd;
  }
}
