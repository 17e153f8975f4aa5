import {
  type Bar,
  type Bars,
  barAt,
  finite,
  gather,
  type Incremental,
  requireBars,
} from "./incremental.ts";
import { createRollingHigh, createRollingLow } from "./rolling-extremes.ts";
import { createSimpleMovingAverage } from "./simple-moving-average.ts";

/** Values of one bar, 0 to 100. */
export type StochasticOscillator = {
  readonly fastK: number;
  readonly fastD: number;
  readonly slowK: number;
  readonly slowD: number;
};

/** Periods in bars, whole numbers ≥ 1; 14, 3 and 3 unless told. */
export type StochasticOptions = {
  readonly rangeBars?: number;
  readonly smoothBars?: number;
  readonly signalBars?: number;
};

/**
 * Stochastic oscillator: where the close stands in the range of the last bars.
 *
 * fast %K = 100 (close − lowest low) / (highest high − lowest low), 50 where there is no range; fast
 * %D = slow %K = its average over smoothBars; slow %D = the average of that over signalBars.
 *
 * @param bars aligned finite prices, oldest first
 * @param options periods; see StochasticOptions
 * @returns four series of n values; NaN before each begins
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": a period
 *
 * Cost: O(n · rangeBars). Source: Lane (1984). Checked: golden/indicators.json.
 */
export function stochasticOscillator(
  bars: Bars,
  options: StochasticOptions = {},
): { readonly [Name in keyof StochasticOscillator]: Float64Array } {
  requireBars(bars);
  const next = createStochasticOscillator(options);
  const column = (): Float64Array => new Float64Array(bars.close.length);
  const result = { fastK: column(), fastD: column(), slowK: column(), slowD: column() };
  return gather(["fastK", "fastD", "slowK", "slowD"], result, (i) => next(barAt(bars, i)));
}

/**
 * Incremental form of stochasticOscillator.
 *
 * @param options periods; see StochasticOptions
 * @returns next bar of finite prices → its values, NaN before each begins
 * @throws {InvalidInputError} "out-of-range": a period; the returned function "not-finite"
 *
 * Cost: O(rangeBars) a bar.
 */
export function createStochasticOscillator(
  options: StochasticOptions = {},
): Incremental<Bar, StochasticOscillator> {
  const { rangeBars = 14, smoothBars = 3, signalBars = 3 } = options;
  const highest = createRollingHigh(rangeBars);
  const lowest = createRollingLow(rangeBars);
  const smooth = createSimpleMovingAverage(smoothBars);
  const signal = createSimpleMovingAverage(signalBars);
  /** Of what has not begun yet there is no average. */
  const averaged = (average: Incremental<number, number>, value: number): number =>
    Number.isNaN(value) ? Number.NaN : average(value);
  return (bar) => {
    // All are looked at before any is taken in, so that a refused bar leaves nothing behind.
    for (const price of [bar.high, bar.low, bar.close]) finite(price);
    const high = highest(bar.high);
    const low = lowest(bar.low);
    const place = high === low ? 50 : (100 * (bar.close - low)) / (high - low);
    const fastD = averaged(smooth, place);
    return { fastK: place, fastD, slowK: fastD, slowD: averaged(signal, fastD) };
  };
}
