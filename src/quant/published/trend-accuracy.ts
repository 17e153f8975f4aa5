import { mean } from "../stats/mean.ts";
import { RLRT_FORECAST_BARS, RLRT_WINDOW_BARS } from "./rlrt-trends.ts";

/** What the next three bars are compared with: the ten before them, or the last of these alone. */
export type AccuracyReference = "window-mean" | "last-value";

/** How often trends were right. */
export type TrendAccuracy = {
  /** Share of the trends whose sign came true, in [0, 1]; null without a trend. */
  readonly share: number | null;
  /** Trends that are not 0. */
  readonly trendCount: number;
};

/**
 * Trend accuracy: the share of trends whose sign the next three bars are said to have had.
 *
 * sign(trendᵢ) against sign(mean(spread[i … i + 2]) − reference), with the reference
 * mean(spread[i − 10 … i − 1]) ("window-mean", as published) or spread[i − 1] ("last-value").
 *
 * Looks ahead, as any accuracy must: it is known two bars after the trend, and a choice made by it over
 * a period belongs after that period. "window-mean" measures no foresight besides: a spread that has
 * risen for ten bars and then stands still lies above the mean of the ten, and the trend counts as
 * right. "last-value" asks what a trader could have earned.
 *
 * @param spread n finite values, oldest first
 * @param trends −1, 0, 1 or NaN, aligned with the spread; 0 and NaN are not counted
 * @param reference see AccuracyReference
 * @returns the share and the number of trends
 *
 * Cost: O(n).
 */
export function trendAccuracy(
  spread: Float64Array,
  trends: Float64Array,
  reference: AccuracyReference,
): TrendAccuracy {
  let trendCount = 0;
  let hits = 0;
  for (const hit of trendHits(spread, trends, reference)) {
    if (Number.isNaN(hit)) continue;
    trendCount += 1;
    hits += hit;
  }
  return { share: trendCount === 0 ? null : hits / trendCount, trendCount };
}

/**
 * Trend hits: of every bar whether its trend was right; see trendAccuracy.
 *
 * @param spread, trends, reference as trendAccuracy
 * @returns 1 or 0 of a trend that is counted, else NaN
 *
 * Cost: O(n).
 */
export function trendHits(
  spread: Float64Array,
  trends: Float64Array,
  reference: AccuracyReference,
): Float64Array {
  const hits = new Float64Array(spread.length).fill(Number.NaN);
  for (let i = RLRT_WINDOW_BARS; i <= spread.length - RLRT_FORECAST_BARS; i++) {
    const trend = trends[i]!;
    if (trend === 0 || Number.isNaN(trend)) continue;
    const outcome = mean(spread.subarray(i, i + RLRT_FORECAST_BARS));
    const before =
      reference === "last-value" ? spread[i - 1]! : mean(spread.subarray(i - RLRT_WINDOW_BARS, i));
    hits[i] = Math.sign(outcome - before) === trend ? 1 : 0;
  }
  return hits;
}
