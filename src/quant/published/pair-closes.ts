import { InvalidInputError } from "../invalid-input-error.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";

/**
 * Closes of a pair over one period, as the published strategies read them: levels, not logarithms.
 *
 * Published pairs are written "X/Y": y is the second, which is regressed on x, the first, and is
 * bought when the spread is long.
 */
export type PairCloses = {
  /** n open times in milliseconds, ascending. */
  readonly openTimeMs: Float64Array;
  /** n closes of leg Y, positive, oldest first. */
  readonly y: Float64Array;
  /** n closes of leg X. */
  readonly x: Float64Array;
};

/** A line y = intercept + slope · x through two price levels. */
export type PriceLine = { readonly slope: number; readonly intercept: number };

/**
 * Entry check of a period of a pair.
 *
 * @param closes aligned, positive closes without a gap
 * @param barsMin fewest bars that the caller can work with
 * @throws {InvalidInputError} "length-mismatch", "too-short", "not-finite", or "out-of-range": a price is
 *   not positive, or the times do not ascend
 */
export function requirePairCloses({ openTimeMs, y, x }: PairCloses, barsMin: number): void {
  requireAlignedSeries(y, x, barsMin);
  if (openTimeMs.length !== y.length) {
    throw new InvalidInputError("length-mismatch", "openTimeMs must have one value a bar");
  }
  if (!(y.every((price) => price > 0) && x.every((price) => price > 0))) {
    throw new InvalidInputError("out-of-range", "a price is not positive");
  }
  if (!openTimeMs.every((time, i) => i === 0 || time > openTimeMs[i - 1]!)) {
    throw new InvalidInputError("out-of-range", "openTimeMs must ascend");
  }
}

/**
 * Price spread: what a line through the price levels leaves over.
 *
 * eₜ = yₜ − (slope · xₜ + intercept).
 *
 * @param closes closes of both legs
 * @param line fitted on whatever period the caller chose; fitted on these closes, every value of the
 *   spread knows all of them
 * @returns one value a bar, in the unit of y
 *
 * Cost: O(n).
 */
export function priceSpread({ y, x }: PairCloses, { slope, intercept }: PriceLine): Float64Array {
  return y.map((price, i) => price - (slope * x[i]! + intercept));
}

/**
 * The first bars of a period.
 *
 * @returns views of the same memory
 */
export function firstBars({ openTimeMs, y, x }: PairCloses, count: number): PairCloses {
  return {
    openTimeMs: openTimeMs.subarray(0, count),
    y: y.subarray(0, count),
    x: x.subarray(0, count),
  };
}
