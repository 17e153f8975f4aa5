import { KALMAN_BURN_IN_BARS } from "../../pair-analysis/kalman-hedge-fit.ts";
import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { inputOf, type KernelWork, outputOf } from "./feature-node.ts";

/** Memory of a growing line: bars seen, the line, then compensated sums of two numbers each. */
const COUNT = 0;
const SLOPE = 1;
const INTERCEPT = 2;
const MEAN_X = 3;
const MEAN_Y = 5;
const SXX = 7;
const SXY = 9;

/**
 * Memory of runGrowingLine.
 *
 * @returns as before the first bar: there is no line
 */
export function growingLineMemory(): Float64Array {
  return new Float64Array(SXY + 2).fill(Number.NaN, SLOPE, INTERCEPT + 1);
}

/**
 * Least squares of y on x over all bars so far, or over the first of them.
 *
 * Means and centred products are updated bar by bar, and what an addition rounds off is carried, as in
 * expandingOls. A bar with a gap is left out, and where x has not varied the line before it holds.
 *
 * @param work inputs: y and x, NaN where missing; outputs: slope and intercept, NaN before there is a line
 * @param barsMin bars before there is one, ≥ 2
 * @param isFrozen whether it stays as it is after barsMin bars; it then begins with the bar after them
 *
 * Cost: O(1) a bar. Source: Welford (1962); Neumaier (1974). Convention: without gaps the lines of
 * expandingOls to the bit.
 */
export function runGrowingLine(work: KernelWork, barsMin: number, isFrozen: boolean): void {
  const { memory, from, to } = work;
  const y = inputOf(work, 0);
  const x = inputOf(work, 1);
  const slopes = outputOf(work, 0);
  const intercepts = outputOf(work, 1);
  for (let t = from; t < to; t++) {
    const isKept = isFrozen && memory[COUNT]! >= barsMin;
    if (!isKept && Number.isFinite(y[t]! + x[t]!)) addBar(memory, y[t]!, x[t]!, barsMin);
    const isKnown = !isFrozen || isKept;
    slopes[t] = isKnown ? memory[SLOPE]! : Number.NaN;
    intercepts[t] = isKnown ? memory[INTERCEPT]! : Number.NaN;
  }
}

function addBar(memory: Float64Array, y: number, x: number, barsMin: number): void {
  const count = memory[COUNT]! + 1;
  memory[COUNT] = count;
  const weight = 1 / count;
  const dx = x - memory[MEAN_X]! - memory[MEAN_X + 1]!;
  const dy = y - memory[MEAN_Y]! - memory[MEAN_Y + 1]!;
  add(memory, MEAN_X, dx * weight);
  add(memory, MEAN_Y, dy * weight);
  add(memory, SXX, dx * dx * (1 - weight));
  add(memory, SXY, dx * dy * (1 - weight));
  const centre = memory[MEAN_X]! + memory[MEAN_X + 1]!;
  const squares = memory[SXX]! + memory[SXX + 1]!;
  if (count < barsMin || isRoundingNoise(squares, count, centre)) return;
  const slope = (memory[SXY]! + memory[SXY + 1]!) / squares;
  memory[SLOPE] = slope;
  memory[INTERCEPT] = memory[MEAN_Y]! + memory[MEAN_Y + 1]! - slope * centre;
}

/** Adds to the compensated sum of two numbers at a place. */
function add(memory: Float64Array, at: number, term: number): void {
  const before = memory[at]!;
  const after = before + term;
  memory[at + 1]! +=
    Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
  memory[at] = after;
}

/** Memory of a Kalman line: bars seen, β, α, and the variances of β, of both together and of α. */
const BETA = 1;
const ALPHA = 2;
const P_BETA = 3;
const P_CROSS = 4;
const P_ALPHA = 5;

/**
 * Memory of runKalmanLine.
 *
 * @returns as before the first bar: a wide start, as kalmanModelOf has it
 */
export function kalmanLineMemory(): Float64Array {
  return Float64Array.of(0, 0, 0, 1, 0, 1);
}

/**
 * Line of a Kalman filter before it has seen the bar: residuals about it are its innovations.
 *
 * A bar with a gap teaches it nothing; what it knows grows vaguer all the same.
 *
 * @param work inputs: y and x, NaN where missing; outputs: slope and intercept, NaN for the first 30 bars
 * @param delta in (0, 1): both states gain the variance δ / (1 − δ) from bar to bar
 * @param observationVariance of y about its line, > 0
 *
 * Cost: O(1) a bar. Source: Chan (2013), ch. 3. Convention: without gaps the path of kalmanHedgeFit to
 * the bit.
 */
export function runKalmanLine(work: KernelWork, delta: number, observationVariance: number): void {
  const { memory, from, to } = work;
  const y = inputOf(work, 0);
  const x = inputOf(work, 1);
  const slopes = outputOf(work, 0);
  const intercepts = outputOf(work, 1);
  const process = delta / (1 - delta);
  for (let t = from; t < to; t++) {
    const isKnown = memory[COUNT]! >= KALMAN_BURN_IN_BARS;
    slopes[t] = isKnown ? memory[BETA]! : Number.NaN;
    intercepts[t] = isKnown ? memory[ALPHA]! : Number.NaN;
    if (memory[COUNT]! > 0) {
      memory[P_BETA]! += process;
      memory[P_ALPHA]! += process;
    }
    if (Number.isFinite(y[t]! + x[t]!)) filterBar(memory, y[t]!, x[t]!, observationVariance);
  }
}

function filterBar(memory: Float64Array, y: number, x: number, observationVariance: number): void {
  const beta = memory[BETA]!;
  const alpha = memory[ALPHA]!;
  const cross = memory[P_CROSS]!;
  const toBeta = memory[P_BETA]! * x + cross;
  const toAlpha = cross * x + memory[P_ALPHA]!;
  const innovation = y - beta * x - alpha;
  const precision = 1 / (x * toBeta + toAlpha + observationVariance);
  const gainBeta = toBeta * precision;
  const gainAlpha = toAlpha * precision;
  memory[BETA] = beta + gainBeta * innovation;
  memory[ALPHA] = alpha + gainAlpha * innovation;
  memory[P_BETA]! -= gainBeta * toBeta;
  memory[P_CROSS] = cross - gainBeta * toAlpha;
  memory[P_ALPHA]! -= gainAlpha * toAlpha;
  memory[COUNT]! += 1;
}
