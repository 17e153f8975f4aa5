import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Entry check of p-values.
 *
 * @param pValues any number of values
 * @throws {InvalidInputError} "out-of-range": a value is not in [0, 1]; the message names the index
 */
export function requirePValues(pValues: Float64Array): void {
  const index = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (index >= 0) {
    throw new InvalidInputError("out-of-range", `the p-value at index ${index} is not in [0, 1]`);
  }
}
