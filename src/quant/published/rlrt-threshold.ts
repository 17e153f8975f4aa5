import { type RlrtTrendFits, rlrtTrends } from "./rlrt-trends.ts";
import { type TrendAccuracy, trendAccuracy } from "./trend-accuracy.ts";

/** Least R² of a trend that were tried on every pair. */
export const RLRT_THRESHOLDS = [0.4, 0.5, 0.6] as const;

/** A threshold of R² with what its trends were worth. */
export type RlrtThreshold = TrendAccuracy & { readonly rSquaredMin: number };

/**
 * Most accurate threshold: the least R² of a trend that published results traded with.
 *
 * Looks ahead: accuracies of a whole period choose the threshold that is then traded in it.
 *
 * @param spread n finite values, oldest first
 * @param fits its trends before a threshold
 * @returns chosen: the most accurate, the first among equals, and the first of all where none has a
 *   trend; tried: all of them, in their order
 *
 * Cost: O(n).
 */
export function mostAccurateThreshold(
  spread: Float64Array,
  fits: RlrtTrendFits,
): { readonly chosen: RlrtThreshold; readonly tried: readonly RlrtThreshold[] } {
  const tried = RLRT_THRESHOLDS.map((rSquaredMin) => ({
    rSquaredMin,
    ...trendAccuracy(spread, rlrtTrends(fits, rSquaredMin), "window-mean"),
  }));
  const chosen = tried.reduce((best, next) =>
    (next.share ?? -1) > (best.share ?? -1) ? next : best,
  );
  return { chosen, tried };
}
