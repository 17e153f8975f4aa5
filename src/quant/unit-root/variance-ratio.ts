import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { complementaryErrorFunction } from "../stats/normal-distribution.ts";
import { requireSeries } from "../stats/require-series.ts";

/** Result of a variance-ratio test. */
export type VarianceRatio = {
  /** 1 for a random walk, below for mean reversion, above for trends. */
  readonly ratio: number;
  /** Standard normal under the null. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
};

/**
 * Variance-ratio test: do changes over q bars vary q times as much as changes over one?
 *
 * VR = Var(xₜ − xₜ₋q) / (q Var(Δx)) on overlapping changes, z = √n (VR − 1) / √θ.
 * Null hypothesis: a random walk, with drift. Statistics far from zero reject it.
 *
 * @param series n + 1 log prices, oldest first, n ≥ q + 1
 * @param options.q bars of the long change, a whole number ≥ 2
 * @param options.debiased corrects both variances for the degrees of freedom; true by default
 * @param options.robust θ allows for changing volatility; true by default
 * @returns ratio, statistic, p-value
 * @throws {InvalidInputError} "too-short", a value is not finite, "out-of-range": q, "constant": the
 *   changes are all equal
 *
 * Cost: O(n q) robust, else O(n). Convention: matches VarianceRatio of arch; without debiasing,
 * Lo.Mac of vrtest. Source: Lo and MacKinlay (1988). Checked: golden/mean-reversion.json.
 */
export function varianceRatio(
  series: Float64Array,
  options: { readonly q: number; readonly debiased?: boolean; readonly robust?: boolean },
): VarianceRatio {
  const { q, debiased = true, robust = true } = options;
  if (!Number.isInteger(q) || q < 2) {
    throw new InvalidInputError("out-of-range", "q must be a whole number of at least 2");
  }
  requireSeries(series, { name: "series", lengthMin: q + 2 });
  const changes = differences(series);
  const n = changes.length;
  const drift = mean(changes);
  const deviations = changes.map((change) => change - drift);
  let squares = 0;
  for (const deviation of deviations) squares += deviation * deviation;
  if (isRoundingNoise(squares, n, Math.abs(drift) + Math.abs(series[0]!))) {
    throw new InvalidInputError("constant", "the series changes by the same amount every bar");
  }
  const shortVariance = squares / (debiased ? n - 1 : n);
  const longVariance =
    longSquares(deviations, q) / (debiased ? q * (n - q + 1) * (1 - q / n) : q * n);
  const ratio = longVariance / shortVariance;
  const theta = robust
    ? robustTheta(deviations, squares, q)
    : (2 * (2 * q - 1) * (q - 1)) / (3 * q);
  const statistic = (Math.sqrt(n) * (ratio - 1)) / Math.sqrt(theta);
  return {
    ratio,
    statistic,
    pValue: complementaryErrorFunction(Math.abs(statistic) * Math.SQRT1_2),
  };
}

/** Σ over all windows of q deviations of their sum, squared. */
function longSquares(deviations: Float64Array, q: number): number {
  const n = deviations.length;
  const sums = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) sums[t + 1] = sums[t]! + deviations[t]!;
  let total = 0;
  for (let t = q; t <= n; t++) total += (sums[t]! - sums[t - q]!) ** 2;
  return total;
}

function robustTheta(deviations: Float64Array, squares: number, q: number): number {
  const n = deviations.length;
  const own = deviations.map((value) => value * value);
  let theta = 0;
  for (let lag = 1; lag < q; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += own[t]! * own[t - lag]!;
    theta += (4 * (1 - lag / q) ** 2 * n * sum) / (squares * squares);
  }
  if (theta === 0) {
    throw new InvalidInputError("constant", "the series changes too rarely for a robust test");
  }
  return theta;
}
