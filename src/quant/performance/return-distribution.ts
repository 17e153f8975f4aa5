import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { valueAtRisk } from "./value-at-risk.ts";

/** How returns are distributed; the moments are null when the returns do not vary. */
export type ReturnDistribution = {
  /** Largest and smallest return of a bar, fractions. */
  readonly best: number;
  readonly worst: number;
  /** Share of the bars with a return above 0. */
  readonly positiveShare: number;
  /** Third standardised moment, divisor n. */
  readonly skewness: number | null;
  /** Fourth standardised moment, divisor n, raw: 3 of a normal. */
  readonly kurtosis: number | null;
  /** |95 % quantile| / |5 % quantile|; null when the latter is 0. */
  readonly tailRatio: number | null;
};

/**
 * Distribution of returns: extremes, asymmetry and weight of the tails.
 *
 * @param returns n ≥ 1 finite simple returns, one a bar
 * @returns see ReturnDistribution
 * @throws {InvalidInputError} "too-short", "not-finite"
 *
 * Cost: O(n log n). Convention: matches scipy.stats.skew and kurtosis(fisher=False).
 * Checked: golden/performance.json.
 */
export function returnDistribution(returns: Float64Array): ReturnDistribution {
  requireSeries(returns, { name: "returns", lengthMin: 1 });
  const upper = Math.abs(valueAtRisk(returns, 0.95) ?? 0);
  const lower = Math.abs(valueAtRisk(returns, 0.05) ?? 0);
  return {
    best: returns.reduce((a, b) => Math.max(a, b)),
    worst: returns.reduce((a, b) => Math.min(a, b)),
    positiveShare: returns.filter((value) => value > 0).length / returns.length,
    ...standardisedMoments(returns),
    tailRatio: lower === 0 ? null : upper / lower,
  };
}

function standardisedMoments(
  returns: Float64Array,
): Pick<ReturnDistribution, "skewness" | "kurtosis"> {
  const n = returns.length;
  const centre = mean(returns);
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const value of returns) {
    const deviation = value - centre;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  if (isRoundingNoise(second, n, centre)) return { skewness: null, kurtosis: null };
  const variance = second / n;
  return { skewness: third / n / variance ** 1.5, kurtosis: fourth / n / (variance * variance) };
}
