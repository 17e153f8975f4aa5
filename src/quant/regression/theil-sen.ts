import { InvalidInputError } from "../invalid-input-error.ts";
import { mean } from "../stats/mean.ts";
import { normalQuantile } from "../stats/normal-distribution.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { median } from "./median.ts";
import { createSlopeRanks } from "./slope-ranks.ts";

/** The median line and its confidence interval. */
export type TheilSen = {
  readonly slope: number;
  readonly intercept: number;
  /** Ends of the confidence interval of the slope. */
  readonly slopeLow: number;
  readonly slopeHigh: number;
};

/**
 * Theil–Sen line: the median of the slopes between all pairs of bars; up to 29 % of the bars may be
 * anything.
 *
 * @param y n ≥ 3 finite values, oldest first
 * @param x n finite values, aligned with y, not constant
 * @param options.confidence of the interval, in (0, 1); 0.95 by default
 * @param options.intercept "separate" (default): median y − slope · median x; "joint": the median
 *   of y − slope · x
 * @returns slope, intercept and the interval of the slope
 * @throws {InvalidInputError} lengths differ, n < 3, a value is not finite, x is constant;
 *   "out-of-range": confidence
 *
 * Cost: O(n log n · 64): the n (n − 1) / 2 slopes are counted, never listed. Convention: matches
 * scipy.stats.theilslopes. Source: Sen (1968). Checked: golden/regression.json.
 */
export function theilSen(
  y: Float64Array,
  x: Float64Array,
  options: { readonly confidence?: number; readonly intercept?: "separate" | "joint" } = {},
): TheilSen {
  const { confidence = 0.95, intercept = "separate" } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new InvalidInputError("out-of-range", "confidence must be between 0 and 1");
  }
  requireAlignedSeries(y, x, 3);
  const centreY = mean(y);
  const centreX = mean(x);
  const ranks = createSlopeRanks(
    y.map((value) => value - centreY),
    x.map((value) => value - centreX),
  );
  const { slopes } = ranks;
  if (slopes === 0) throw new InvalidInputError("constant", "x is constant");
  const upper = ranks.slopeOfRank(slopes >> 1);
  const slope = slopes % 2 === 1 ? upper : (ranks.slopeOfRank((slopes >> 1) - 1) + upper) / 2;
  // Kendall's variance of the number of concordant less discordant pairs, with ties.
  const n = y.length;
  const pairs = n * (n - 1) * (2 * n + 5) - tieTerm(x) - tieTerm(y);
  const reach = normalQuantile(0.5 + confidence / 2) * Math.sqrt(pairs / 18);
  const low = Math.max(Math.round((slopes - reach) / 2) - 1, 0);
  const high = Math.min(Math.round((slopes + reach) / 2), slopes - 1);
  return {
    slope,
    intercept:
      intercept === "separate"
        ? median(y) - slope * median(x)
        : median(y.map((value, i) => value - slope * x[i]!)),
    slopeLow: ranks.slopeOfRank(low),
    slopeHigh: ranks.slopeOfRank(high),
  };
}

/** Σ k (k − 1)(2k + 5) over the groups of k equal values. */
function tieTerm(values: Float64Array): number {
  const sorted = values.toSorted();
  let sum = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    const k = i - start;
    sum += k * (k - 1) * (2 * k + 5);
    start = i;
  }
  return sum;
}
