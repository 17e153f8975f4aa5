import { InvalidInputError } from "../../invalid-input-error.ts";

/** Longest horizon of a forecast. */
export const HORIZON_BARS_MAX = 10_000;

/**
 * Entry check of a horizon.
 *
 * @param horizonBars how far ahead
 * @throws {InvalidInputError} "out-of-range": no whole number in [1, 10,000]
 */
export function requireHorizon(horizonBars: number): void {
  if (Number.isInteger(horizonBars) && horizonBars >= 1 && horizonBars <= HORIZON_BARS_MAX) return;
  throw new InvalidInputError("out-of-range", "a horizon has at least one whole bar");
}
