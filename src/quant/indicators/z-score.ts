import { InvalidInputError } from "../invalid-input-error.ts";
import { requireWindow } from "../rolling/window.ts";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { finite, type Incremental } from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/** See zScore. */
export type ZScoreOptions = {
  /** What the divisor of the variance lacks of windowBars, 0 or 1; 1 unless told. */
  readonly ddof?: number;
};

/**
 * z-score: how many standard deviations a value lies from the mean of the last bars.
 *
 * rollingZScore with a choice of the divisor: with ddof 0 its values times √(w / (w − 1)).
 *
 * @param values finite values, oldest first
 * @param windowBars w, a whole number ≥ 2
 * @param options.ddof 0 or 1
 * @returns one value a bar; NaN before the first full window and where the window is flat
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars or ddof
 *
 * Cost: O(n · windowBars). Checked: golden/indicators.json.
 */
export function zScore(
  values: Float64Array,
  windowBars: number,
  options: ZScoreOptions = {},
): Float64Array {
  const factor = factorOf(windowBars, options);
  return rollingZScore(values, windowBars).map((value) => value * factor);
}

/**
 * Incremental form of zScore.
 *
 * @param windowBars a whole number ≥ 2
 * @param options.ddof 0 or 1
 * @returns next finite value → its z-score, NaN for the first windowBars − 1 and in a flat window
 * @throws {InvalidInputError} "out-of-range": an argument; the returned function "not-finite"
 *
 * Cost: O(windowBars) a bar.
 */
export function createZScore(
  windowBars: number,
  options: ZScoreOptions = {},
): Incremental<number, number> {
  const factor = factorOf(windowBars, options);
  const window = createSlidingWindow(windowBars);
  return (value) => {
    if (!window.push(finite(value))) return Number.NaN;
    return rollingZScore(window.values, windowBars)[windowBars - 1]! * factor;
  };
}

function factorOf(windowBars: number, { ddof = 1 }: ZScoreOptions): number {
  requireWindow(windowBars, 2);
  if (ddof !== 0 && ddof !== 1) throw new InvalidInputError("out-of-range", "ddof must be 0 or 1");
  return ddof === 1 ? 1 : Math.sqrt(windowBars / (windowBars - 1));
}
