import { KALMAN_BURN_IN_BARS } from "../pair-analysis/kalman-hedge-fit.ts";
import type { LivePairOptions } from "./live-pair-options.ts";

/**
 * Bars needed: how many common bars there must be before a live pair has a z-score.
 *
 * @param options hedge method and window of the z-score
 * @returns a number of bars
 */
export function liveBarsNeeded({
  hedge,
  zScoreWindowBars,
}: Pick<LivePairOptions, "hedge" | "zScoreWindowBars">): number {
  switch (hedge.kind) {
    case "rolling-ols":
      return hedge.windowBars + zScoreWindowBars - 1;
    case "buffer":
      return zScoreWindowBars;
    case "kalman":
      return KALMAN_BURN_IN_BARS + zScoreWindowBars;
  }
}
