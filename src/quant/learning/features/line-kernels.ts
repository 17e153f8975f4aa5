import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { inputOf, type KernelWork, outputOf } from "./feature-node.ts";

/** Memory of a rolling line: bars of the block that are done, two centres, four sums; then the tails. */
const DONE = 0;
const CENTRE_Y = 1;
const CENTRE_X = 2;
const HEADS = 3;
const TAILS = 7;
/** Σ dx, Σ dy, Σ dx², Σ dx dy. */
const SUMS = 4;

/**
 * Memory of runRollingLine.
 *
 * @param bars of the window
 * @returns as before the first bar
 */
export function rollingLineMemory(bars: number): Float64Array {
  return new Float64Array(TAILS + SUMS * bars).fill(Number.NaN, TAILS + SUMS);
}

/**
 * Least squares of y on x over the last bars: blocks, heads and tails as in rollingOls, in runs of any
 * number of bars, and with gaps.
 *
 * @param work inputs: y and x, NaN where missing; outputs: slope and intercept, NaN while a window is not
 *   full or has a gap, and where x does not vary within it
 * @param bars of the window, ≥ 2
 *
 * Cost: O(1) a bar on average. Convention: the lines of rollingOls to the bit.
 */
export function runRollingLine(work: KernelWork, bars: number): void {
  const { memory, to } = work;
  const y = inputOf(work, 0);
  const x = inputOf(work, 1);
  const slopes = outputOf(work, 0);
  const intercepts = outputOf(work, 1);
  const share = 1 / bars;
  let done = memory[DONE]!;
  for (let t = work.from; t < to; ) {
    if (done === 0) beginBlock(memory, y, x, t);
    const centreY = memory[CENTRE_Y]!;
    const centreX = memory[CENTRE_X]!;
    let headX = memory[HEADS]!;
    let headY = memory[HEADS + 1]!;
    let headXx = memory[HEADS + 2]!;
    let headXy = memory[HEADS + 3]!;
    let tail = TAILS + SUMS * (bars - 1 - done);
    const end = Math.min(to, t + bars - done);
    done = (done + end - t) % bars;
    for (; t < end; t++, tail -= SUMS) {
      const dx = x[t]! - centreX;
      const dy = y[t]! - centreY;
      headX += dx;
      headY += dy;
      headXx += dx * dx;
      headXy += dx * dy;
      const sumX = headX + memory[tail]!;
      const shiftX = sumX * share;
      const shiftY = (headY + memory[tail + 1]!) * share;
      const sxx = headXx + memory[tail + 2]! - sumX * shiftX;
      const sxy = headXy + memory[tail + 3]! - sumX * shiftY;
      const meanX = centreX + shiftX;
      const slope = isRoundingNoise(sxx, bars, meanX) ? Number.NaN : sxy / sxx;
      slopes[t] = slope;
      intercepts[t] = centreY + shiftY - slope * meanX;
    }
    memory[HEADS] = headX;
    memory[HEADS + 1] = headY;
    memory[HEADS + 2] = headXx;
    memory[HEADS + 3] = headXy;
  }
  memory[DONE] = done;
}

function beginBlock(memory: Float64Array, y: Float64Array, x: Float64Array, start: number): void {
  const centreY = y[start]!;
  const centreX = x[start]!;
  memory[CENTRE_Y] = centreY;
  memory[CENTRE_X] = centreX;
  memory.fill(0, HEADS, TAILS);
  if (start === 0) return;
  let sumX = 0;
  let sumY = 0;
  let sumXx = 0;
  let sumXy = 0;
  for (let bar = start - 1, tail = TAILS + SUMS; tail < memory.length; bar--, tail += SUMS) {
    const dx = x[bar]! - centreX;
    const dy = y[bar]! - centreY;
    sumX += dx;
    sumY += dy;
    sumXx += dx * dx;
    sumXy += dx * dy;
    memory[tail] = sumX;
    memory[tail + 1] = sumY;
    memory[tail + 2] = sumXx;
    memory[tail + 3] = sumXy;
  }
}
