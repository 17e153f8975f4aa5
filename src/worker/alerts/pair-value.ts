import type { PairMetric } from "#contracts/alert.ts";
import type { LiveSnapshot } from "#contracts/live-message.ts";

/** The figure of a live pair at its last closed bar. Old figures of a pair that is not live are none. */
export function barValue({ state, bar, decay }: LiveSnapshot, metric: PairMetric): number | null {
  if (state !== "live" || bar === null) return null;
  switch (metric) {
    case "z-score":
      return bar.zScore;
    case "spread":
      return bar.spread;
    case "correlation":
      return bar.correlation;
    case "adf-p-value":
      return bar.adfPValue;
    case "hedge-ratio":
      return bar.hedgeRatio;
    case "hedge-drift":
      return decay?.hedgeDrift ?? null;
    case "half-life":
      return bar.halfLifeBars;
  }
}

/** The figure at this moment, of those that move between bars; else that of the last closed bar. */
export function nowValue(snapshot: LiveSnapshot, metric: PairMetric): number | null {
  const { state, now } = snapshot;
  if (state === "live" && metric === "z-score" && now.zScore !== null) return now.zScore;
  if (state === "live" && metric === "spread" && now.spread !== null) return now.spread;
  return barValue(snapshot, metric);
}
