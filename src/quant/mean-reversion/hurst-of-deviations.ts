import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { lagDifferences } from "./lag-differences.ts";
import { requireLagRange } from "./lag-range.ts";
import { type ScalingLaw, scalingLaw } from "./scaling-law.ts";

/**
 * Hurst exponent from standard deviations: how fast a series spreads from where it was.
 *
 * std(xₜ₊ₗ − xₜ) ~ l^H: H is the slope of ln std on ln l. 0.5 is a random walk, less reverts to its
 * mean, more trends. A stationary series has 0 at lags beyond its memory.
 *
 * @param series n ≥ lagMax + 2 finite values, oldest first, a level (log price or spread)
 * @param options.lagMin shortest lag, bars; 2 unless told
 * @param options.lagMax longest lag, bars, ≥ lagMin + 2; 99 unless told, Lean uses 20
 * @returns exponent: H; scales: the lags; values: the deviations, in the unit of the series
 * @throws {InvalidInputError} "out-of-range": no such lags; "too-short", "not-finite"; "constant":
 *   the differences at some lag do not vary
 *
 * Cost: O(n · lags). Convention: matches arbitragelab get_hurst_exponent (numpy std, ddof 0).
 * Source: Chan (2013), Algorithmic Trading, ch. 2. Checked: golden/mean-reversion.json.
 */
export function hurstOfDeviations(
  series: Float64Array,
  options: { readonly lagMin?: number; readonly lagMax?: number } = {},
): ScalingLaw {
  const lags = requireLagRange(series, { lagMin: 2, lagMax: 99, ...options });
  return scalingLaw(
    lags,
    lags.map((lag) => populationDeviation(lagDifferences(series, lag), lag)),
  );
}

function populationDeviation(values: Float64Array, lag: number): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  if (isRoundingNoise(squares, values.length, centre)) {
    throw new InvalidInputError("constant", `the differences over ${lag} bars do not vary`);
  }
  return Math.sqrt(squares / values.length);
}
