import { requireWindow } from "../rolling/window.ts";
import { createExponentialSmoothing, type SmoothingSeed } from "./exponential-smoothing.ts";
import { finite, type Incremental, overSeries } from "./incremental.ts";

/** See relativeStrengthIndex. */
export type RelativeStrengthIndexOptions = {
  /** "simple-mean" unless told. */
  readonly seed?: SmoothingSeed;
};

/**
 * Relative strength index (RSI): the share of the recent movement that went up, 0 to 100.
 *
 * 100 g / (g + l) of Wilder's averages (weight 1 / periodBars) of the gains and of the losses.
 *
 * @param values finite values, oldest first
 * @param periodBars a whole number ≥ 1; 14 is usual
 * @param options.seed "simple-mean": begins at index periodBars (Wilder, TA-Lib); "first-value":
 *   begins with the first change
 * @returns one value a bar, 100 without losses, 50 without movement; NaN before it begins
 * @throws {InvalidInputError} "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n). Source: Wilder (1978). Checked: golden/indicators.json.
 */
export function relativeStrengthIndex(
  values: Float64Array,
  periodBars: number,
  options: RelativeStrengthIndexOptions = {},
): Float64Array {
  return overSeries(values, createRelativeStrengthIndex(periodBars, options));
}

/**
 * Incremental form of relativeStrengthIndex.
 *
 * @param periodBars a whole number ≥ 1
 * @param options.seed where it begins
 * @returns next finite value → its index, NaN before it begins
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createRelativeStrengthIndex(
  periodBars: number,
  options: RelativeStrengthIndexOptions = {},
): Incremental<number, number> {
  requireWindow(periodBars, 1, "periodBars");
  const smoothing = {
    weight: 1 / periodBars,
    seedBars: options.seed === "first-value" ? 1 : periodBars,
  };
  const averageGain = createExponentialSmoothing(smoothing);
  const averageLoss = createExponentialSmoothing(smoothing);
  let previous: number | null = null;
  return (value) => {
    const change = previous === null ? null : finite(value) - previous;
    previous = finite(value);
    if (change === null) return Number.NaN;
    const gain = averageGain(Math.max(change, 0));
    const loss = averageLoss(Math.max(-change, 0));
    return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  };
}
