import { rollingFit } from "../regression/rolling-fit.ts";

/** Bars before bar i that its trend is fitted on. */
export const RLRT_WINDOW_BARS = 10;

/** Bars from bar i on that a trend is held against, bar i among them. */
export const RLRT_FORECAST_BARS = 3;

/** Fewest bars that have a trend at all. */
export const RLRT_BARS_MIN = RLRT_WINDOW_BARS + RLRT_FORECAST_BARS;

/** The line of the ten bars before each bar; NaN at bars that have none. */
export type RlrtTrendFits = {
  /** Change of the spread a bar. */
  readonly slopes: Float64Array;
  /** In [0, 1]; NaN also where the window stands still. */
  readonly rSquared: Float64Array;
};

/**
 * Trend fits of RLRT: which way the spread has gone lately, and how straight.
 *
 * Least squares of spread[i − 10 … i − 1] on 0 … 9, laid at bar i ∈ [10, n − 3].
 *
 * Reads the past only, but for its end: the published list is as long as that of the outcomes which it
 * is held against, so that the last two bars have no trend, and who cuts a period off moves that along.
 *
 * @param spread n ≥ 13 finite values, oldest first
 * @returns slope and R², one a bar
 * @throws {InvalidInputError} "too-short", "not-finite"
 *
 * Cost: O(n).
 */
export function rlrtTrendFits(spread: Float64Array): RlrtTrendFits {
  const places = Float64Array.from(spread, (_, i) => i);
  const fit = rollingFit(spread, places, { windowBars: RLRT_WINDOW_BARS });
  return { slopes: behindItsWindow(fit.slopes), rSquared: behindItsWindow(fit.rSquared) };
}

/** A window that ends at bar i − 1 speaks at bar i. */
function behindItsWindow(values: Float64Array): Float64Array {
  const last = values.length - RLRT_FORECAST_BARS;
  return values.map((_, i) => (i >= RLRT_WINDOW_BARS && i <= last ? values[i - 1]! : Number.NaN));
}

/**
 * Trends of RLRT: the direction of the last ten bars where they were straight enough.
 *
 * sign(slope) if R² > rSquaredMin, else 0.
 *
 * @param fits of rlrtTrendFits
 * @param rSquaredMin least R² of a trend, exclusive
 * @returns −1, 0 or 1 a bar; NaN where there is no fit
 *
 * Cost: O(n).
 */
export function rlrtTrends({ slopes, rSquared }: RlrtTrendFits, rSquaredMin: number): Float64Array {
  return slopes.map((slope, i) => {
    if (Number.isNaN(slope)) return Number.NaN;
    return rSquared[i]! > rSquaredMin ? Math.sign(slope) : 0;
  });
}
