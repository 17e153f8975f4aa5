import { normalCdf } from "../stats/normal-distribution.ts";
import { type SharpeSample, sharpeVariance } from "./sharpe-sample.ts";

/**
 * Probabilistic Sharpe ratio: how sure it is that the true Sharpe ratio exceeds a benchmark.
 *
 * Φ((SR − SR*) √(n − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 SR²)).
 *
 * @param sample estimate per bar with its moments, kurtosis raw; see SharpeSample
 * @param benchmarkSharpe SR*, per bar; 0 unless told
 * @returns a probability; null when the moments belong to no distribution
 * @throws {InvalidInputError} "too-short": fewer than 2 observations; "not-finite"
 *
 * Cost: O(1). Convention: raw kurtosis, where quantstats, vectorbt and Lean pass the excess.
 * Source: Bailey and López de Prado (2012). Checked: golden/performance.json.
 */
export function probabilisticSharpeRatio(sample: SharpeSample, benchmarkSharpe = 0): number | null {
  const variance = sharpeVariance(sample);
  if (variance === null) return null;
  const excess = (sample.sharpe - benchmarkSharpe) * Math.sqrt(sample.observations - 1);
  return normalCdf(excess / Math.sqrt(variance));
}
