import { inputOf, type KernelWork, outputOf } from "./feature-node.ts";

/*
 * Averages that forget, over windows of finite length: blocks, heads and tails as in window-kernels.ts.
 * A head fades by one multiplication a bar; a tail is weighted for the bar of the block that it serves
 * when the block begins.
 */

/** Memory: bars of the block that are done, its centre, two heads, 1 / Σ weights; then the weights. */
const DONE = 0;
const CENTRE = 1;
const HEAD = 2;
const SECOND_HEAD = 3;
const SCALE = 4;
const WEIGHTS = 5;

/**
 * Memory of runDecay.
 *
 * @param bars of the window
 * @param keptShare weight of a bar over that of the bar after it
 * @returns as before the first bar: weights, then tails
 */
export function decayMemory(bars: number, keptShare: number): Float64Array {
  return decayingMemory(bars, keptShare, 1);
}

/**
 * Memory of runUpShare.
 *
 * @param bars of the window
 * @param keptShare weight of a bar over that of the bar after it
 * @returns as before the first bar: weights, then tails of gains and of losses
 */
export function upShareMemory(bars: number, keptShare: number): Float64Array {
  return decayingMemory(bars, keptShare, 2);
}

function decayingMemory(bars: number, keptShare: number, tails: number): Float64Array {
  const memory = new Float64Array(WEIGHTS + (1 + tails) * bars);
  let weight = 1;
  let total = 0;
  for (let i = 0; i < bars; i++) {
    memory[WEIGHTS + i] = weight;
    total += weight;
    weight *= keptShare;
  }
  memory[SCALE] = 1 / total;
  // Of nothing a tail is 0, of bars that have not been it is NaN.
  for (let first = WEIGHTS + bars; first < memory.length; first += bars) {
    memory.fill(Number.NaN, first + 1, first + bars);
  }
  return memory;
}

/**
 * Weighted mean of the last bars, each bar weighing a fixed share of the one after it.
 *
 * @param work input: values, NaN where missing; output: NaN while a window is not full or has a gap
 * @param bars of the window, ≥ 1
 * @param keptShare that share, in [0, 1)
 *
 * Cost: O(1) a bar on average.
 */
export function runDecay(work: KernelWork, bars: number, keptShare: number): void {
  const { memory, to } = work;
  const input = inputOf(work);
  const output = outputOf(work);
  const scale = memory[SCALE]!;
  let done = memory[DONE]!;
  for (let t = work.from; t < to; ) {
    if (done === 0) beginDecayBlock(memory, input, t, bars);
    const centre = memory[CENTRE]!;
    let head = memory[HEAD]!;
    let tail = WEIGHTS + 2 * bars - 1 - done;
    const end = Math.min(to, t + bars - done);
    done = (done + end - t) % bars;
    for (; t < end; t++, tail--) {
      head = keptShare * head + (input[t]! - centre);
      output[t] = centre + (head + memory[tail]!) * scale;
    }
    memory[HEAD] = head;
  }
  memory[DONE] = done;
}

function beginDecayBlock(
  memory: Float64Array,
  input: Float64Array,
  start: number,
  bars: number,
): void {
  const centre = input[start]!;
  memory[CENTRE] = centre;
  memory[HEAD] = 0;
  if (start === 0) return;
  let sum = 0;
  // A tail of k bars serves the window that ends with bar bars − k of the block, counted from 1.
  for (let k = 1; k < bars; k++) {
    sum += memory[WEIGHTS + k - 1]! * (input[start - k]! - centre);
    memory[WEIGHTS + bars + k] = sum * memory[WEIGHTS + bars - k]!;
  }
}

/**
 * Share of the movement that went up, 0 to 100: gains over gains and losses, each weighted as in runDecay.
 *
 * @param work input: changes, NaN where missing; output: 100 without losses, 50 without movement, NaN
 *   while a window is not full or has a gap
 * @param bars of the window, ≥ 1
 * @param keptShare weight of a bar over that of the bar after it, in [0, 1)
 *
 * Cost: O(1) a bar on average. Source: Wilder (1978).
 */
export function runUpShare(work: KernelWork, bars: number, keptShare: number): void {
  const { memory, to } = work;
  const input = inputOf(work);
  const output = outputOf(work);
  let done = memory[DONE]!;
  for (let t = work.from; t < to; ) {
    if (done === 0) beginUpShareBlock(memory, input, t, bars);
    let gains = memory[HEAD]!;
    let losses = memory[SECOND_HEAD]!;
    let tail = WEIGHTS + 2 * bars - 1 - done;
    const end = Math.min(to, t + bars - done);
    done = (done + end - t) % bars;
    for (; t < end; t++, tail--) {
      const change = input[t]!;
      // NaN is neither: both must take it in, so that the window knows of its gap.
      gains = keptShare * gains + Math.max(change, 0);
      losses = keptShare * losses + Math.max(-change, 0);
      const up = gains + memory[tail]!;
      const movement = up + (losses + memory[tail + bars]!);
      output[t] = movement === 0 ? 50 : (100 * up) / movement;
    }
    memory[HEAD] = gains;
    memory[SECOND_HEAD] = losses;
  }
  memory[DONE] = done;
}

function beginUpShareBlock(
  memory: Float64Array,
  input: Float64Array,
  start: number,
  bars: number,
): void {
  memory[HEAD] = 0;
  memory[SECOND_HEAD] = 0;
  if (start === 0) return;
  let gains = 0;
  let losses = 0;
  for (let k = 1; k < bars; k++) {
    const change = input[start - k]!;
    const weight = memory[WEIGHTS + k - 1]!;
    const fading = memory[WEIGHTS + bars - k]!;
    gains += weight * Math.max(change, 0);
    losses += weight * Math.max(-change, 0);
    memory[WEIGHTS + bars + k] = gains * fading;
    memory[WEIGHTS + 2 * bars + k] = losses * fading;
  }
}
