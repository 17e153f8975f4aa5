import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";
import { createExponentialMovingAverage } from "./exponential-moving-average.ts";
import type { SmoothingSeed } from "./exponential-smoothing.ts";
import { gather, type Incremental } from "./incremental.ts";

/** Values of one bar, unit of the input; `signal` is the average of `macd`, `histogram` the rest. */
export type Macd = { readonly macd: number; readonly signal: number; readonly histogram: number };

/** See macd. */
export type MacdOptions = {
  /** Periods in bars, whole numbers ≥ 1, fast < slow; 12, 26 and 9 unless told. */
  readonly fastBars?: number;
  readonly slowBars?: number;
  readonly signalBars?: number;
  /** Where each average begins; "simple-mean" unless told. */
  readonly seed?: SmoothingSeed;
};

/**
 * Moving average convergence divergence (MACD): a fast average less a slow one, and its own average.
 *
 * macd = EMA(fast) − EMA(slow); signal = EMA of macd; histogram = macd − signal.
 *
 * @param values finite values, oldest first
 * @param options periods and seed; see MacdOptions
 * @returns three series of n values; NaN before each begins
 * @throws {InvalidInputError} "not-finite"; "out-of-range": the periods
 *
 * Cost: O(n). Convention: each average is seeded by its own first bars (TTR); TA-Lib aligns the fast
 * one with the slow and differs a little at the start. Checked: golden/indicators.json.
 */
export function macd(
  values: Float64Array,
  options: MacdOptions = {},
): { readonly [Name in keyof Macd]: Float64Array } {
  requireSeries(values, { name: "values", lengthMin: 0 });
  const next = createMacd(options);
  const column = (): Float64Array => new Float64Array(values.length);
  const result = { macd: column(), signal: column(), histogram: column() };
  return gather(["macd", "signal", "histogram"], result, (i) => next(values[i]!));
}

/**
 * Incremental form of macd.
 *
 * @param options periods and seed; see MacdOptions
 * @returns next finite value → its values, NaN before each begins
 * @throws {InvalidInputError} "out-of-range": the periods; the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createMacd(options: MacdOptions = {}): Incremental<number, Macd> {
  const { fastBars = 12, slowBars = 26, signalBars = 9, ...seed } = options;
  const fast = createExponentialMovingAverage(fastBars, seed);
  const slow = createExponentialMovingAverage(slowBars, seed);
  const average = createExponentialMovingAverage(signalBars, seed);
  if (fastBars >= slowBars) {
    throw new InvalidInputError("out-of-range", "fastBars must be less than slowBars");
  }
  return (value) => {
    const difference = fast(value) - slow(value);
    const signal = Number.isNaN(difference) ? Number.NaN : average(difference);
    return { macd: difference, signal, histogram: difference - signal };
  };
}
