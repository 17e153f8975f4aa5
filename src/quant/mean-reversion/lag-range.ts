import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * Entry check of an estimator that looks at a range of lags.
 *
 * @param series n ≥ lagMax + 2 finite values
 * @param range.lagMin shortest lag, a whole number ≥ 1
 * @param range.lagMax longest lag, a whole number ≥ lagMin + 2: a line needs three points
 * @returns the lags lagMin … lagMax
 * @throws {InvalidInputError} "out-of-range", "too-short" or "not-finite"
 */
export function requireLagRange(
  series: Float64Array,
  range: { readonly lagMin: number; readonly lagMax: number },
): Float64Array {
  const { lagMin, lagMax } = range;
  const isRange = Number.isInteger(lagMin) && Number.isInteger(lagMax) && lagMin >= 1;
  if (!isRange || lagMax < lagMin + 2) {
    throw new InvalidInputError(
      "out-of-range",
      "the lags must be whole numbers, at least 1, the longest at least 2 above the shortest",
    );
  }
  requireSeries(series, { name: "series", lengthMin: lagMax + 2 });
  return Float64Array.from({ length: lagMax - lagMin + 1 }, (_, i) => lagMin + i);
}
