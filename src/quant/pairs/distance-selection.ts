import { InvalidInputError } from "../invalid-input-error.ts";

/** A pair of series and what selected it. */
export type SelectedPair = {
  readonly first: number;
  readonly second: number;
  readonly value: number;
};

/**
 * Distance selection: the pairs whose normalised prices stayed closest, the classic baseline.
 *
 * Σ (p/p₀ − q/q₀)², both prices starting from 1.
 *
 * @param prices series of equal length, positive and finite, oldest first
 * @param count most pairs to return
 * @returns pairs by ascending sum of squared distances
 * @throws {InvalidInputError} "length-mismatch", "not-finite", "out-of-range": a price is not positive
 *
 * Cost: O(n p²). Source: Gatev, Goetzmann and Rouwenhorst (2006), on total-return prices.
 */
export function distanceSelection(prices: readonly Float64Array[], count: number): SelectedPair[] {
  const normalised = prices.map((series) => {
    requirePrices(series, prices[0]!.length);
    return series.map((price) => price / series[0]!);
  });
  const pairs: SelectedPair[] = [];
  for (let i = 0; i < normalised.length; i++) {
    for (let j = i + 1; j < normalised.length; j++) {
      const value = squaredDistance(normalised[i]!, normalised[j]!);
      pairs.push({ first: i, second: j, value });
    }
  }
  return pairs.sort((a, b) => a.value - b.value).slice(0, count);
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += (a[t]! - b[t]!) ** 2;
  return sum;
}

function requirePrices(series: Float64Array, length: number): void {
  if (series.length !== length) {
    throw new InvalidInputError("length-mismatch", "the series differ in length");
  }
  if (!series.every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "a price is not finite");
  }
  if (!series.every((price) => price > 0)) {
    throw new InvalidInputError("out-of-range", "a price is not positive");
  }
}
