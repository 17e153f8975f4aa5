import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";
import { quantileOfSorted } from "./quantile-of-sorted.ts";
import { requireWindow } from "./window.ts";

/**
 * Rolling quantile: the value that a share of the last bars does not exceed.
 *
 * Linear interpolation between order statistics; 0.5 is the rolling median.
 *
 * @param values finite values, oldest first
 * @param windowBars length of the window, a whole number ≥ 1
 * @param share in [0, 1]
 * @returns one value a bar; NaN before the first full window
 * @throws {InvalidInputError} "not-finite"; "out-of-range": windowBars or share
 *
 * Cost: O(n · windowBars), by one insertion and one removal in a sorted window a bar.
 * Convention: matches pandas rolling(window).quantile(share). Checked: sorted windows in the test.
 */
export function rollingQuantile(
  values: Float64Array,
  windowBars: number,
  share: number,
): Float64Array {
  requireWindow(windowBars, 1);
  if (!(share >= 0 && share <= 1)) {
    throw new InvalidInputError("out-of-range", "share must lie between 0 and 1");
  }
  requireSeries(values, { name: "values", lengthMin: 0 });
  const result = new Float64Array(values.length).fill(Number.NaN);
  const ascending = new Float64Array(windowBars + 1);
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    insert(ascending, length, values[i]!);
    length++;
    if (length > windowBars) {
      remove(ascending, length, values[i - windowBars]!);
      length--;
    }
    if (length === windowBars) result[i] = quantileOfSorted(ascending, share, length);
  }
  return result;
}

/** First index of the ascending run whose value is not below the given one. */
function lowerIndex(ascending: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(ascending: Float64Array, length: number, value: number): void {
  const at = lowerIndex(ascending, length, value);
  ascending.copyWithin(at + 1, at, length);
  ascending[at] = value;
}

function remove(ascending: Float64Array, length: number, value: number): void {
  const at = lowerIndex(ascending, length, value);
  ascending.copyWithin(at, at + 1, length);
}
