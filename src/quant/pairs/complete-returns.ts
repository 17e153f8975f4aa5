import type { Matrix } from "../linalg/matrix.ts";
import { completePrices } from "./complete-prices.ts";

/**
 * Simple returns of a universe over the bars that all of it has.
 *
 * p(t) / p(t − 1) − 1 between neighbouring complete bars; a bar that one series lacks is left out of
 * all.
 *
 * @param prices p ≥ 1 series of prices on a common axis, NaN where there is none
 * @returns bars × series
 * @throws {InvalidInputError} "too-short": fewer than 3 complete bars
 *
 * Cost: O(n p).
 */
export function completeReturns(prices: readonly Float64Array[]): Matrix {
  const complete = completePrices(prices, 3);
  const columns = complete.length;
  const rows = complete[0]!.length - 1;
  const values = new Float64Array(rows * columns);
  complete.forEach((series, j) => {
    for (let i = 0; i < rows; i++) values[i * columns + j] = series[i + 1]! / series[i]! - 1;
  });
  return { rows, columns, values };
}
