import { InvalidInputError } from "../invalid-input-error.ts";
import { normalQuantile } from "../stats/normal-distribution.ts";
import { probabilisticSharpeRatio } from "./probabilistic-sharpe-ratio.ts";
import type { SharpeSample } from "./sharpe-sample.ts";

/** The search that an estimate is the best of. */
export type SharpeTrials = {
  /** How many strategies were tried, ≥ 1, the discarded ones too. */
  readonly trials: number;
  /** Sample variance of their Sharpe ratios per bar, ≥ 0. */
  readonly trialsVariance: number;
};

/** `value` null when the moments belong to no distribution; `expectedMaximum` per bar. */
export type DeflatedSharpeRatio = {
  readonly value: number | null;
  readonly expectedMaximum: number;
};

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Deflated Sharpe ratio: how sure it is that the best of many trials is better than luck.
 *
 * The probabilistic Sharpe ratio against the maximum that N trials without skill are expected to
 * show: SR₀ = √V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ Euler's constant; 0 for one trial.
 *
 * @param sample the best estimate, per bar, with its moments, kurtosis raw; see SharpeSample
 * @param search how many were tried and how their Sharpe ratios vary; see SharpeTrials
 * @returns value: a probability; expectedMaximum: SR₀
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": trials is not a whole number
 *   ≥ 1, or the variance is negative
 *
 * Cost: O(1). Source: Bailey and López de Prado (2014). Checked: golden/performance.json.
 */
export function deflatedSharpeRatio(
  sample: SharpeSample,
  search: SharpeTrials,
): DeflatedSharpeRatio {
  const { trials, trialsVariance } = search;
  if (!(Number.isInteger(trials) && trials >= 1)) {
    throw new InvalidInputError("out-of-range", "trials must be a whole number of at least 1");
  }
  if (!(trialsVariance >= 0 && Number.isFinite(trialsVariance))) {
    throw new InvalidInputError("out-of-range", "the variance of the trials must not be negative");
  }
  const expectedMaximum = Math.sqrt(trialsVariance) * standardMaximum(trials);
  return { value: probabilisticSharpeRatio(sample, expectedMaximum), expectedMaximum };
}

/** Expected largest of n standard normal numbers, by the approximation of the source. */
function standardMaximum(n: number): number {
  if (n === 1) return 0;
  return (
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / n) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (n * Math.E))
  );
}
