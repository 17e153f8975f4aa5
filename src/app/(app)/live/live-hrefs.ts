import type { WatchedPairView } from "#contracts/live-message.ts";

/** The form of a new alert rule on a watched pair's z-score, filled in. */
export function alertRuleHref(pair: WatchedPairView): string {
  const params = new URLSearchParams({
    watchedPairId: pair.id,
    metric: "z-score",
    threshold: String(pair.settings.threshold),
    name: `${pair.symbolY} / ${pair.symbolX}: |z| > ${pair.settings.threshold}`,
  });
  return `/alerts/new?${params}`;
}
