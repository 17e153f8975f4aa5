import type { WatchedPairView } from "#contracts/live-message.ts";

/** The form of a new alert rule on a watched pair's z-score, filled in. */
export function alertRuleHref(pair: WatchedPairView): string {
  // The threshold is no part of the name: who changes it in the form would be told of the old one.
  const params = new URLSearchParams({
    watchedPairId: pair.id,
    metric: "z-score",
    threshold: String(pair.settings.threshold),
    name: `${pair.symbolY} / ${pair.symbolX}: |z|`,
  });
  return `/alerts/new?${params}`;
}

/** The form of a new pair with both legs filled in. */
export function watchHref(legs: {
  instrumentY: number | string;
  instrumentX: number | string;
}): string {
  return `/live/new?y=${legs.instrumentY}&x=${legs.instrumentX}`;
}
