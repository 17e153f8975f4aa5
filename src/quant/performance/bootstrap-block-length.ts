import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * Mean block length of the stationary bootstrap: how long the memory of a series is, as its
 * autocorrelations say.
 *
 * b = (2 G² / D)^(1/3) n^(1/3) with G = Σ λ(k/M) |k| R(k), D = 2 (Σ λ(k/M) R(k))², |k| ≤ M; R the
 * autocovariances, λ(t) = 1 up to ½, then 2 (1 − t). M is twice the lag after which K = max(5,
 * √log₁₀ n) autocorrelations in a row are below 2 √(log₁₀ n / n), at most √n + K.
 *
 * @param series n ≥ 20 finite values, oldest first
 * @returns bars, 1 ≤ b ≤ min(3 √n, n / 3)
 * @throws {InvalidInputError} n < 20, a value is not finite, the series is constant
 *
 * Cost: O(n √n). Source: Politis and White (2004), corrected by Patton, Politis, White (2009).
 * Checked: the law of an autoregression in the test.
 */
export function bootstrapBlockLength(series: Float64Array): number {
  requireSeries(series, { name: "series", lengthMin: 20 });
  const n = series.length;
  const centre = mean(series);
  const deviations = series.map((value) => value - centre);
  const runLength = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
  const lagMax = Math.ceil(Math.sqrt(n)) + runLength;
  const covariances = new Float64Array(Math.min(lagMax + runLength, n - 1) + 1);
  for (let lag = 0; lag < covariances.length; lag++) {
    covariances[lag] = autocovariance(deviations, lag);
  }
  if (isRoundingNoise(covariances[0]! * n, n, centre)) {
    throw new InvalidInputError("constant", "a constant series has no block length");
  }
  const bandwidth = Math.min(
    2 * Math.max(lastSignificantLag(covariances, n, runLength), 1),
    lagMax,
  );
  let weighted = 0;
  let spectrum = covariances[0]!;
  for (let lag = 1; lag <= Math.min(bandwidth, covariances.length - 1); lag++) {
    const weight = Math.min(1, 2 * (1 - lag / bandwidth));
    weighted += 2 * weight * lag * covariances[lag]!;
    spectrum += 2 * weight * covariances[lag]!;
  }
  const lengthMax = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = Math.cbrt((weighted / spectrum) ** 2 * n);
  return Math.min(Math.max(length, 1), lengthMax);
}

function autocovariance(deviations: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < deviations.length; i++) sum += deviations[i]! * deviations[i - lag]!;
  return sum / deviations.length;
}

/** The lag before the first run of insignificant autocorrelations; the last lag if there is none. */
function lastSignificantLag(covariances: Float64Array, n: number, runLength: number): number {
  const bound = 2 * Math.sqrt(Math.log10(n) / n) * covariances[0]!;
  let run = 0;
  for (let lag = 1; lag < covariances.length; lag++) {
    run = Math.abs(covariances[lag]!) < bound ? run + 1 : 0;
    if (run === runLength) return lag - runLength;
  }
  return covariances.length - 1;
}
