import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { requireSeries } from "./require-series.ts";

/**
 * Fast rolling z-score: rollingZScore at a cost that does not grow with the window, for pictures and
 * long histories.
 *
 * The series is cut into blocks of windowBars. A window is then the end of one block and the beginning
 * of the next: the sums of both, about the first value of the later block, are known from one pass
 * each, and are added. Nothing is ever taken off a running sum, so no rounding piles up; the last
 * digits differ from those of rollingZScore, which signals and results use. The centre is a value of
 * every window it serves, so that centring anew costs no more digits than windowBars has.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar; NaN before the first full window and where the window is flat
 * @throws {InvalidInputError} a value is not finite, or windowBars is not a whole number ≥ 2
 *
 * Cost: O(n). Convention: matches rollingZScore to 1e-9.
 * Source: Chan, Golub, LeVeque (1983), shifted data.
 */
export function fastRollingZScore(values: Float64Array, windowBars: number): Float64Array {
  if (!Number.isInteger(windowBars) || windowBars < 2) {
    throw new InvalidInputError("out-of-range", "windowBars must be a whole number of at least 2");
  }
  requireSeries(values, { name: "values", lengthMin: 0 });
  const result = new Float64Array(values.length);
  // Before the first block there is nothing: sums of NaN make gaps until the window is full.
  const tails = new Float64Array(2 * windowBars).fill(Number.NaN, 2);
  for (let start = 0; start < values.length; start += windowBars) {
    if (start > 0) sumTails(tails, values, start);
    scoreBlock(result, tails, values, start);
  }
  return result;
}

/** Σ and Σ² of the last 1, 2 … windowBars − 1 values before a block, about its first value. */
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

/** z-scores of the windows that end in a block: its heads, joined with the tails before it. */
function scoreBlock(
  result: Float64Array,
  tails: Float64Array,
  values: Float64Array,
  start: number,
): void {
  const windowBars = tails.length / 2;
  const end = Math.min(start + windowBars, values.length);
  const share = 1 / windowBars;
  const freedom = 1 / (windowBars - 1);
  const centre = values[start]!;
  let headSum = 0;
  let headSquares = 0;
  for (let t = start, tail = tails.length - 2; t < end; t++, tail -= 2) {
    const last = values[t]!;
    const deviation = last - centre;
    headSum += deviation;
    headSquares += deviation * deviation;
    const sum = headSum + tails[tail]!;
    const mean = sum * share;
    const squares = headSquares + tails[tail + 1]! - sum * mean;
    result[t] = isRoundingNoise(squares, windowBars, last)
      ? Number.NaN
      : (deviation - mean) / Math.sqrt(squares * freedom);
  }
}
