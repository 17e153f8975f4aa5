import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Natural logarithms of prices, the scale on which every pair is fitted.
 *
 * @param prices positive finite prices, oldest first
 * @returns ln prices, same length
 * @throws {InvalidInputError} "not-finite" or "out-of-range": a price is not finite or not positive
 *
 * Cost: O(n).
 */
export function logPrices(prices: Float64Array): Float64Array {
  const result = new Float64Array(prices.length);
  for (let i = 0; i < prices.length; i++) {
    const price = prices[i]!;
    if (!Number.isFinite(price)) {
      throw new InvalidInputError("not-finite", `the price at index ${i} is not finite`);
    }
    if (price <= 0) {
      throw new InvalidInputError("out-of-range", `the price at index ${i} is not positive`);
    }
    result[i] = Math.log(price);
  }
  return result;
}
