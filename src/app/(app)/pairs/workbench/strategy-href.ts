import type { PairAnalysisConfig } from "#contracts/pair-analysis.ts";

/**
 * The page of a new strategy on an analysed pair, entering as far from the mean as was found best. A
 * z-score strategy leaves at the mean or before it, so the exit is the mean.
 *
 * @param deviations distance of the entry from the mean in deviations of the spread
 */
export function strategyHref(config: PairAnalysisConfig, deviations: number): string {
  const query = new URLSearchParams({
    y: String(config.instrumentY),
    x: String(config.instrumentX),
    interval: String(config.intervalMs),
    from: String(config.window.startMs),
    to: String(config.window.endMs),
    z: String(config.zScoreWindowBars),
    entry: String(Math.min(10, Math.max(0.01, Number(deviations.toPrecision(3))))),
    exit: "0",
  });
  return `/strategies/new?${query.toString()}`;
}
