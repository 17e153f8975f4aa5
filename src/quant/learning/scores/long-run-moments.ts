import { InvalidInputError } from "../../invalid-input-error.ts";
import { longRunVariance } from "../../regression/long-run-variance.ts";
import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { mean } from "../../stats/mean.ts";

/** Mean of a series that depends on itself, and how sure it is. */
export type LongRunMoments = {
  readonly mean: number;
  /** Variance of sums a row, > 0: that of the mean times n; 0 where the series does not vary. */
  readonly variance: number;
  /** Autocovariances that were counted. */
  readonly lags: number;
};

/** Beyond it the plug-in asks for more lags than a series has. */
const CORRELATION_MAX = 0.97;

/**
 * Long-run moments: mean and long-run variance of a series, its lags chosen by how much it depends on itself.
 *
 * Bartlett weights over max(horizon − 1, ⌊2 · 1.1447 (α n)^(1/3)⌋) lags, at most n / 4 unless the horizon
 * asks for more; α = 4 ρ² / (1 − ρ²)², ρ the first autocorrelation. Labels that overlap over a horizon depend
 * on each other for horizon − 1 rows, and Bartlett weights count the farther of these too little: the plug-in
 * makes up for that. It is twice the one with the least squared error, since a test suffers more from bias
 * than from noise, which its degrees of freedom allow for. At least 1/n of the ordinary variance, which a
 * series that alternates would fall below.
 *
 * @param values n > 2 · horizon finite values, oldest first
 * @param options.horizonRows rows over which neighbours overlap, ≥ 1
 * @param options.magnitude a typical absolute size of what the values were computed from: less than its
 *   rounding is no variation
 * @param options.lags number of lags, < n; as above unless told
 * @returns mean, variance, lags
 * @throws {InvalidInputError} "out-of-range": lags
 *
 * Cost: O(n · lags). Source: Newey and West (1987); Andrews (1991), equations 5.3 and 6.4; Sun,
 * Phillips and Jin (2008) for more lags in tests.
 */
export function longRunMoments(
  values: Float64Array,
  options: {
    readonly horizonRows: number;
    readonly magnitude: number;
    readonly lags?: number;
  },
): LongRunMoments {
  const n = values.length;
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const ordinary = longRunVariance(deviations, 0);
  const lags = options.lags ?? lagsOf(deviations, ordinary, options.horizonRows);
  if (!(Number.isInteger(lags) && lags >= 0 && lags < n)) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number from 0 to n − 1");
  }
  if (isRoundingNoise(ordinary * n, n, options.magnitude)) {
    return { mean: centre, variance: 0, lags: 0 };
  }
  const variance = Math.max(longRunVariance(deviations, lags), ordinary / n);
  return { mean: centre, variance, lags };
}

function lagsOf(deviations: Float64Array, ordinary: number, horizonRows: number): number {
  const n = deviations.length;
  if (ordinary === 0) return horizonRows - 1;
  let product = 0;
  for (let i = 1; i < n; i++) product += deviations[i]! * deviations[i - 1]!;
  const rho = Math.min(Math.abs(product / (n * ordinary)), CORRELATION_MAX);
  const alpha = (4 * rho * rho) / (1 - rho * rho) ** 2;
  const plugIn = Math.floor(2 * 1.1447 * Math.cbrt(alpha * n));
  return Math.max(horizonRows - 1, Math.min(plugIn, Math.floor(n / 4)));
}
