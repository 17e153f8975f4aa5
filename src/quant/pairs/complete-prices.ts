import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Prices of a universe on the bars that all of it has.
 *
 * @param prices p ≥ 1 series on a common axis, NaN where there is none
 * @param barsMin fewest bars that the caller can work with
 * @returns the series without the bars that one of them lacks; never filled
 * @throws {InvalidInputError} "too-short": fewer common bars
 *
 * Cost: O(n p).
 */
export function completePrices(
  prices: readonly Float64Array[],
  barsMin: number,
): readonly Float64Array[] {
  const length = prices[0]?.length ?? 0;
  const complete: number[] = [];
  for (let t = 0; t < length; t++) {
    if (prices.every((series) => !Number.isNaN(series[t]!))) complete.push(t);
  }
  if (complete.length < barsMin) {
    throw new InvalidInputError("too-short", `fewer than ${barsMin} bars are common to all series`);
  }
  return prices.map((series) => Float64Array.from(complete, (t) => series[t]!));
}
