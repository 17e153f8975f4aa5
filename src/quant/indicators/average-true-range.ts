import { requireWindow } from "../rolling/window.ts";
import { createExponentialSmoothing } from "./exponential-smoothing.ts";
import {
  type Bar,
  type Bars,
  barAt,
  finite,
  gather,
  type Incremental,
  requireBars,
} from "./incremental.ts";
import { trueRange } from "./true-range.ts";

/** Values of one bar, unit of the prices. */
export type AverageTrueRange = { readonly trueRange: number; readonly averageTrueRange: number };

/** See averageTrueRange. */
export type AverageTrueRangeOptions = {
  /**
   * "none": the first bar has no range, the average begins at index periodBars (TA-Lib, TTR);
   * "high-low": it has high − low, the average begins a bar earlier (TradingView). "none" unless
   * told.
   */
  readonly firstRange?: "none" | "high-low";
};

/**
 * Average true range (ATR): how far a price usually goes in a bar.
 *
 * Wilder's average (weight 1 / periodBars) of the true range, begun with the mean of periodBars.
 *
 * @param bars aligned finite prices, oldest first
 * @param periodBars a whole number ≥ 1; 14 is usual
 * @param options.firstRange what the first bar counts for
 * @returns two series of n values; NaN before each begins
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": periodBars
 *
 * Cost: O(n). Source: Wilder (1978). Checked: golden/indicators.json.
 */
export function averageTrueRange(
  bars: Bars,
  periodBars: number,
  options: AverageTrueRangeOptions = {},
): { readonly [Name in keyof AverageTrueRange]: Float64Array } {
  requireBars(bars);
  const next = createAverageTrueRange(periodBars, options);
  const column = (): Float64Array => new Float64Array(bars.close.length);
  const result = { trueRange: column(), averageTrueRange: column() };
  return gather(["trueRange", "averageTrueRange"], result, (i) => next(barAt(bars, i)));
}

/**
 * Incremental form of averageTrueRange.
 *
 * @param periodBars a whole number ≥ 1
 * @param options.firstRange what the first bar counts for
 * @returns next bar of finite prices → its values, NaN before each begins
 * @throws {InvalidInputError} "out-of-range": periodBars; the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createAverageTrueRange(
  periodBars: number,
  options: AverageTrueRangeOptions = {},
): Incremental<Bar, AverageTrueRange> {
  requireWindow(periodBars, 1, "periodBars");
  const smooth = createExponentialSmoothing({ weight: 1 / periodBars, seedBars: periodBars });
  const skipsFirst = options.firstRange !== "high-low";
  let previousClose: number | null = null;
  return (bar) => {
    const range = trueRange(bar, previousClose);
    const isSkipped = skipsFirst && previousClose === null;
    previousClose = finite(bar.close);
    if (isSkipped) return { trueRange: Number.NaN, averageTrueRange: Number.NaN };
    return { trueRange: range, averageTrueRange: smooth(range) };
  };
}
