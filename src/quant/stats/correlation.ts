import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "./is-rounding-noise.ts";
import { mean } from "./mean.ts";
import { requireAlignedSeries } from "./require-series.ts";

/**
 * Pearson correlation: how linearly two series move together.
 *
 * Σ(y − ȳ)(x − x̄) / √(Σ(y − ȳ)² Σ(x − x̄)²).
 *
 * @param y n ≥ 2 finite values, aligned with x
 * @param x n finite values
 * @returns the coefficient in [−1, 1]
 * @throws {InvalidInputError} lengths differ, n < 2, a value is not finite, a series is constant
 *
 * Cost: O(n), two passes. Convention: matches numpy.corrcoef. Checked: golden/regression.json.
 */
export function correlation(y: Float64Array, x: Float64Array): number {
  requireAlignedSeries(y, x, 2);
  const meanY = mean(y);
  const meanX = mean(x);
  let syy = 0;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < y.length; i++) {
    const dy = y[i]! - meanY;
    const dx = x[i]! - meanX;
    syy += dy * dy;
    sxx += dx * dx;
    sxy += dx * dy;
  }
  if (isRoundingNoise(syy, y.length, meanY) || isRoundingNoise(sxx, x.length, meanX)) {
    throw new InvalidInputError("constant", "a constant series has no correlation");
  }
  const coefficient = sxy / (Math.sqrt(syy) * Math.sqrt(sxx));
  // Rounding may carry two identical series a unit in the last place beyond one.
  return Math.max(-1, Math.min(1, coefficient));
}
