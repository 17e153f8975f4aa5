import { inputOf, type KernelWork, outputOf } from "./feature-node.ts";

/*
 * Bars are taken in blocks as long as a window, counted from the first bar. A window is the end of one
 * block and the beginning of the next; the sums of both, about the first value of the later block, are
 * known from one pass each and are added, as in deviateBlock. Nothing is ever taken off a sum: a spike or
 * a gap leaves no trace once it has left the window, and the cost does not grow with the window. Kernels
 * carry the sums of the block that they are in, so that it does not matter how many bars come at once.
 *
 * NaN spreads by itself to every window that touches it, and to no other: sums of a block begin anew with
 * the next, and the centre is a bar of every window that it serves.
 */

/** Memory: bars of the block that are done, its centre, Σ of its bars, Σ²; then the tails. */
const DONE = 0;
const CENTRE = 1;
const SUM = 2;
const SQUARES = 3;
const TAILS = 4;

/**
 * Memory of runMean.
 *
 * @param bars of the window
 * @returns as before the first bar: of nothing the sums are 0, of bars that have not been they are NaN
 */
export function meanMemory(bars: number): Float64Array {
  return new Float64Array(TAILS + bars).fill(Number.NaN, TAILS + 1);
}

/**
 * Memory of runMoments.
 *
 * @param bars of the window
 * @returns as before the first bar
 */
export function momentsMemory(bars: number): Float64Array {
  return new Float64Array(TAILS + 2 * bars).fill(Number.NaN, TAILS + 2);
}

/**
 * Mean of the last bars.
 *
 * @param work input: values, NaN where missing; output: NaN while a window is not full or has a gap
 * @param bars of the window, ≥ 1
 *
 * Cost: O(1) a bar on average. Source: Chan, Golub, LeVeque (1983), shifted data.
 */
export function runMean(work: KernelWork, bars: number): void {
  const { memory, to } = work;
  const input = inputOf(work);
  const output = outputOf(work);
  const share = 1 / bars;
  let done = memory[DONE]!;
  for (let t = work.from; t < to; ) {
    if (done === 0) beginMeanBlock(memory, input, t);
    const centre = memory[CENTRE]!;
    let sum = memory[SUM]!;
    let tail = TAILS + bars - 1 - done;
    const end = Math.min(to, t + bars - done);
    done = (done + end - t) % bars;
    for (; t < end; t++, tail--) {
      sum += input[t]! - centre;
      output[t] = centre + (sum + memory[tail]!) * share;
    }
    memory[SUM] = sum;
  }
  memory[DONE] = done;
}

function beginMeanBlock(memory: Float64Array, input: Float64Array, start: number): void {
  const centre = input[start]!;
  memory[CENTRE] = centre;
  memory[SUM] = 0;
  // Before the first block there is nothing.
  if (start === 0) return;
  let sum = 0;
  for (let bar = start - 1, tail = TAILS + 1; tail < memory.length; bar--, tail++) {
    sum += input[bar]! - centre;
    memory[tail] = sum;
  }
}

/**
 * Last value less the mean of the last bars, and Σ (value − mean)².
 *
 * @param work input: values, NaN where missing; outputs: deviation and squares, NaN while a window is not
 *   full or has a gap
 * @param bars of the window, ≥ 2
 *
 * Cost: O(1) a bar on average. Convention: the values of deviateBlock to the bit.
 */
export function runMoments(work: KernelWork, bars: number): void {
  const { memory, to } = work;
  const input = inputOf(work);
  const deviations = outputOf(work, 0);
  const squares = outputOf(work, 1);
  const share = 1 / bars;
  let done = memory[DONE]!;
  for (let t = work.from; t < to; ) {
    if (done === 0) beginMomentsBlock(memory, input, t);
    const centre = memory[CENTRE]!;
    let headSum = memory[SUM]!;
    let headSquares = memory[SQUARES]!;
    let tail = TAILS + 2 * (bars - 1 - done);
    const end = Math.min(to, t + bars - done);
    done = (done + end - t) % bars;
    for (; t < end; t++, tail -= 2) {
      const deviation = input[t]! - centre;
      headSum += deviation;
      headSquares += deviation * deviation;
      const sum = headSum + memory[tail]!;
      const mean = sum * share;
      deviations[t] = deviation - mean;
      squares[t] = headSquares + memory[tail + 1]! - sum * mean;
    }
    memory[SUM] = headSum;
    memory[SQUARES] = headSquares;
  }
  memory[DONE] = done;
}

function beginMomentsBlock(memory: Float64Array, input: Float64Array, start: number): void {
  const centre = input[start]!;
  memory[CENTRE] = centre;
  memory[SUM] = 0;
  memory[SQUARES] = 0;
  if (start === 0) return;
  let sum = 0;
  let squares = 0;
  for (let bar = start - 1, tail = TAILS + 2; tail < memory.length; bar--, tail += 2) {
    const deviation = input[bar]! - centre;
    sum += deviation;
    squares += deviation * deviation;
    memory[tail] = sum;
    memory[tail + 1] = squares;
  }
}
