import { InvalidInputError } from "../invalid-input-error.ts";
import {
  type BlockDeviations,
  createBlockDeviations,
  deviateBlock,
} from "../rolling/block-deviations.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { requireSeries } from "./require-series.ts";

/**
 * Fast rolling z-score: rollingZScore at a cost that does not grow with the window, for pictures and
 * long histories.
 *
 * The windows of a block share their sums, see deviateBlock: the last digits differ from those of
 * rollingZScore, which signals and results use.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 2
 * @returns one value a bar; NaN before the first full window and where the window is flat
 * @throws {InvalidInputError} a value is not finite, or windowBars is not a whole number ≥ 2
 *
 * Cost: O(n). Convention: matches rollingZScore to 1e-9.
 */
export function fastRollingZScore(values: Float64Array, windowBars: number): Float64Array {
  if (!Number.isInteger(windowBars) || windowBars < 2) {
    throw new InvalidInputError("out-of-range", "windowBars must be a whole number of at least 2");
  }
  requireSeries(values, { name: "values", lengthMin: 0 });
  const result = new Float64Array(values.length);
  const block = createBlockDeviations(windowBars);
  for (let start = 0; start < values.length; start += windowBars) {
    deviateBlock(block, values, start);
    scoreBlock(result, block, values, start);
  }
  return result;
}

function scoreBlock(
  result: Float64Array,
  { deviations, squares }: BlockDeviations,
  values: Float64Array,
  start: number,
): void {
  const windowBars = squares.length;
  const bars = Math.min(windowBars, values.length - start);
  const freedom = 1 / (windowBars - 1);
  for (let i = 0; i < bars; i++) {
    result[start + i] = isRoundingNoise(squares[i]!, windowBars, values[start + i]!)
      ? Number.NaN
      : deviations[i]! / Math.sqrt(squares[i]! * freedom);
  }
}
