import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Min–max scaling: a series moved and stretched to [0, 1].
 *
 * (value − min) / (max − min).
 *
 * Looks ahead: the extremes are those of the whole series. The rule of RLRT does not notice, because
 * every comparison that it makes is the same for a series moved and stretched.
 *
 * @param values n ≥ 2 finite values, not all equal
 * @returns one value in [0, 1] a bar
 * @throws {InvalidInputError} "constant"
 *
 * Cost: O(n). Convention: matches scikit-learn MinMaxScaler.
 */
export function minMaxScaled(values: Float64Array): Float64Array {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!(high > low)) throw new InvalidInputError("constant", "a constant has no scale");
  return values.map((value) => (value - low) / (high - low));
}
