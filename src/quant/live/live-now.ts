import type { LiveFigures } from "./live-figures.ts";
import type { LivePairOptions } from "./live-pair-options.ts";

/** Spread and z-score at the newest trades; null where the last bar has no line or deviation. */
export type LiveNow = { readonly spread: number | null; readonly zScore: number | null };

/** What the z-score asks for: buy the spread, sell it, neither; "none": there is no z-score. */
export type LiveSignal = "long" | "short" | "flat" | "none";

/**
 * A live pair between two bars: the newest prices against the line, mean and deviation of the last
 * closed bar, which stay as they are until the next one closes.
 *
 * @param figures at the last closed bar
 * @param prices of the newest trades, positive
 * @param options whether logarithms are taken
 * @returns spread and z-score
 *
 * Cost: O(1).
 */
export function liveNow(
  figures: Pick<LiveFigures, "hedgeRatio" | "intercept" | "spreadMean" | "spreadDeviation">,
  prices: { readonly priceY: number; readonly priceX: number },
  options: Pick<LivePairOptions, "prices">,
): LiveNow {
  const { hedgeRatio, intercept, spreadMean, spreadDeviation } = figures;
  if (hedgeRatio === null || intercept === null) return { spread: null, zScore: null };
  const isLog = options.prices === "log";
  const y = isLog ? Math.log(prices.priceY) : prices.priceY;
  const x = isLog ? Math.log(prices.priceX) : prices.priceX;
  const spread = y - intercept - hedgeRatio * x;
  if (spreadMean === null || spreadDeviation === null || spreadDeviation === 0) {
    return { spread, zScore: null };
  }
  return { spread, zScore: (spread - spreadMean) / spreadDeviation };
}

/**
 * Signal of a z-score: beyond the threshold the spread is bought or sold.
 *
 * @param zScore null: unknown
 * @param threshold > 0
 * @returns z ≤ −threshold long, z ≥ threshold short, flat between
 */
export function liveSignal(zScore: number | null, threshold: number): LiveSignal {
  if (zScore === null) return "none";
  if (zScore >= threshold) return "short";
  return zScore <= -threshold ? "long" : "flat";
}
