import { simpleOls } from "../stats/ols.ts";

/** A power law value = prefactor · scale^exponent, and the points through which it was laid. */
export type ScalingLaw = {
  readonly exponent: number;
  /** The law's value at scale 1, in the unit of the values. */
  readonly prefactor: number;
  /** Scales in bars, ascending. */
  readonly scales: Float64Array;
  /** What was measured at each scale. */
  readonly values: Float64Array;
};

/**
 * Scaling law: the power of the scale with which a measured quantity grows.
 *
 * ln value = ln prefactor + exponent · ln scale + e by least squares.
 *
 * @param scales n ≥ 3 positive numbers, ascending, bars
 * @param values n positive numbers, aligned with scales
 * @returns the exponent and the prefactor, with the points; see ScalingLaw
 * @throws {InvalidInputError} lengths differ, n < 3, a value is not positive, all values are equal
 *
 * Cost: O(n). Convention: matches numpy.polyfit(log(scales), log(values), 1).
 */
export function scalingLaw(scales: Float64Array, values: Float64Array): ScalingLaw {
  const { slope, intercept } = simpleOls(values.map(Math.log), scales.map(Math.log));
  return { exponent: slope, prefactor: Math.exp(intercept), scales, values };
}
