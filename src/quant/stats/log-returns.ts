import { differences } from "./differences.ts";
import { logPrices } from "./log-prices.ts";

/**
 * Log returns of prices: ln(priceₜ / priceₜ₋₁).
 *
 * @param prices n ≥ 1 positive finite prices, oldest first
 * @returns n − 1 values, element i is the return from bar i to bar i + 1
 * @throws {InvalidInputError} "not-finite" or "out-of-range": a price is not finite or not positive
 *
 * Cost: O(n). Convention: matches numpy.diff(numpy.log(prices)).
 */
export function logReturns(prices: Float64Array): Float64Array {
  return differences(logPrices(prices));
}
