/** How far the last value of each window lies from its mean, for the windows that end in one block. */
export type BlockDeviations = {
  /** Last value − mean of its window, one a bar of the block; NaN where no window is full. */
  readonly deviations: Float64Array;
  /** Σ (value − mean)² of the window. */
  readonly squares: Float64Array;
  /** Σ and Σ² of the last 0, 1 … values before the block, about its first value. */
  readonly tails: Float64Array;
};

/**
 * Room for the windows of one block.
 *
 * @param windowBars bars of a window and of a block, ≥ 2
 * @returns as it is before the first block: no window is full
 *
 * Cost: O(windowBars).
 */
export function createBlockDeviations(windowBars: number): BlockDeviations {
  return {
    deviations: new Float64Array(windowBars),
    squares: new Float64Array(windowBars),
    // Before the first block there is nothing: sums of NaN make gaps until the window is full.
    tails: new Float64Array(2 * windowBars).fill(Number.NaN, 2),
  };
}

/**
 * Deviations of the windows that end in a block of a series.
 *
 * A window is the end of one block and the beginning of the next: the sums of both, about the first
 * value of the later block, are known from one pass each, and are added. Nothing is ever taken off a
 * running sum, so no rounding piles up. The centre is a value of every window that it serves, so that
 * centring anew costs no more digits than windowBars has.
 *
 * @param block room that is written to; its length is that of a window
 * @param values finite values, oldest first
 * @param start first bar of the block, a multiple of windowBars; blocks may be taken in any order
 *
 * Cost: O(windowBars). Source: Chan, Golub, LeVeque (1983), shifted data.
 */
export function deviateBlock(block: BlockDeviations, values: Float64Array, start: number): void {
  const { deviations, squares, tails } = block;
  if (start > 0) sumTails(tails, values, start);
  const bars = Math.min(deviations.length, values.length - start);
  const share = 1 / deviations.length;
  const centre = values[start]!;
  let headSum = 0;
  let headSquares = 0;
  for (let i = 0, tail = tails.length - 2; i < bars; i++, tail -= 2) {
    const deviation = values[start + i]! - centre;
    headSum += deviation;
    headSquares += deviation * deviation;
    const sum = headSum + tails[tail]!;
    const mean = sum * share;
    deviations[i] = deviation - mean;
    squares[i] = headSquares + tails[tail + 1]! - sum * mean;
  }
}

function sumTails(tails: Float64Array, values: Float64Array, start: number): void {
  const centre = values[start]!;
  let sum = 0;
  let squares = 0;
  for (let bar = start - 1, tail = 2; tail < tails.length; bar--, tail += 2) {
    const deviation = values[bar]! - centre;
    sum += deviation;
    squares += deviation * deviation;
    tails[tail] = sum;
    tails[tail + 1] = squares;
  }
}
