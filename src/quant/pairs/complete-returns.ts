import { InvalidInputError } from "../invalid-input-error.ts";
import type { Matrix } from "../linalg/matrix.ts";

/**
 * Simple returns of a universe over the bars that all of it has.
 *
 * p(t) / p(t − 1) − 1 between neighbouring complete bars; a bar that one series lacks is left out of
 * all.
 *
 * @param prices p ≥ 1 series of prices on a common axis, NaN where there is none
 * @returns bars × series
 * @throws {InvalidInputError} "too-short": fewer than three complete bars
 *
 * Cost: O(n p).
 */
export function completeReturns(prices: readonly Float64Array[]): Matrix {
  const length = prices[0]?.length ?? 0;
  const complete: number[] = [];
  for (let t = 0; t < length; t++) {
    if (prices.every((series) => !Number.isNaN(series[t]!))) complete.push(t);
  }
  if (complete.length < 3) {
    throw new InvalidInputError("too-short", "fewer than three bars are common to all series");
  }
  const columns = prices.length;
  const values = new Float64Array((complete.length - 1) * columns);
  for (let i = 1; i < complete.length; i++) {
    for (let j = 0; j < columns; j++) {
      const series = prices[j]!;
      values[(i - 1) * columns + j] = series[complete[i]!]! / series[complete[i - 1]!]! - 1;
    }
  }
  return { rows: complete.length - 1, columns, values };
}
