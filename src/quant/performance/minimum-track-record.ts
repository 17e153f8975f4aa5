import { normalQuantile } from "../stats/normal-distribution.ts";
import { type SharpeSample, sharpeVariance } from "./sharpe-sample.ts";

/**
 * Minimum track record: how many returns it takes to be sure that a Sharpe ratio beats a benchmark.
 *
 * 1 + (1 − γ₃ SR + (γ₄ − 1)/4 SR²) (z / (SR − SR*))², z the normal quantile of the confidence.
 *
 * @param sample estimate per bar with its moments, kurtosis raw; see SharpeSample
 * @param options.benchmarkSharpe SR*, per bar; 0 unless told
 * @param options.confidence in (0.5, 1); 0.95 unless told
 * @returns a number of returns, not rounded; null when the estimate does not exceed the benchmark
 *   (no record is long enough) or the moments belong to no distribution
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": the confidence
 *
 * Cost: O(1). Source: Bailey and López de Prado (2012). Checked: golden/performance.json.
 */
export function minimumTrackRecord(
  sample: SharpeSample,
  options: { readonly benchmarkSharpe?: number; readonly confidence?: number } = {},
): number | null {
  const { benchmarkSharpe = 0, confidence = 0.95 } = options;
  const variance = sharpeVariance(sample);
  const z = normalQuantile(confidence);
  const excess = sample.sharpe - benchmarkSharpe;
  if (variance === null || excess <= 0) return null;
  return 1 + variance * (z / excess) ** 2;
}
