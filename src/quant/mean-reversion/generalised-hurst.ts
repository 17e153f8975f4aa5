import { InvalidInputError } from "../invalid-input-error.ts";
import { lagDifferences } from "./lag-differences.ts";
import { requireLagRange } from "./lag-range.ts";
import { type ScalingLaw, scalingLaw } from "./scaling-law.ts";

/** The generalised Hurst exponent; `exponent` of the law of the moments is q times `hurst`. */
export type GeneralisedHurst = ScalingLaw & { readonly hurst: number };

/**
 * Generalised Hurst exponent: how the q-th absolute moment of the moves grows with their length.
 *
 * mean |xₜ₊ₗ − xₜ|^q ~ l^(q H). The usual normalisation by mean |x|^q does not depend on l and leaves
 * H as it is. q = 1 resists outliers, q = 2 is the scaling of the variance.
 *
 * @param series n ≥ lagMax + 2 finite values, oldest first, a level (log price or spread)
 * @param options.q order of the moment, > 0; 2 unless told
 * @param options.lagMin shortest lag, bars; 1 unless told
 * @param options.lagMax longest lag, bars, ≥ lagMin + 2; 19 unless told
 * @returns hurst: H, 0.5 for a random walk; scales: the lags; values: the moments
 * @throws {InvalidInputError} "out-of-range": q or the lags; "too-short", "not-finite";
 *   "constant": the series does not move at some lag
 *
 * Cost: O(n · lags). Source: Di Matteo, Aste, Dacorogna (2003), Physica A 324.
 * Checked: golden/mean-reversion.json.
 */
export function generalisedHurst(
  series: Float64Array,
  options: { readonly q?: number; readonly lagMin?: number; readonly lagMax?: number } = {},
): GeneralisedHurst {
  const { q = 2, lagMin = 1, lagMax = 19 } = options;
  if (!(q > 0 && Number.isFinite(q))) {
    throw new InvalidInputError("out-of-range", "q must be a positive number");
  }
  const lags = requireLagRange(series, { lagMin, lagMax });
  const law = scalingLaw(
    lags,
    lags.map((lag) => absoluteMoment(lagDifferences(series, lag), q, lag)),
  );
  return { ...law, hurst: law.exponent / q };
}

function absoluteMoment(moves: Float64Array, q: number, lag: number): number {
  let sum = 0;
  for (const move of moves) sum += Math.abs(move) ** q;
  if (sum === 0) {
    throw new InvalidInputError("constant", `the series does not move in ${lag} bars`);
  }
  return sum / moves.length;
}
