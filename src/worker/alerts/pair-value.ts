import type { PairMetric } from "#contracts/alert.ts";
import type { LiveSnapshot } from "#contracts/live-message.ts";

/** What rules look at of a closed bar: a part of the live figures. */
export type BarFigures = {
  readonly openTimeMs: number;
  readonly zScore: number | null;
  readonly spread: number | null;
  readonly correlation: number | null;
  readonly adfPValue: number | null;
  readonly hedgeRatio: number | null;
  readonly halfLifeBars: number | null;
  readonly decay: { readonly hedgeDrift: number | null } | null;
};

/** The figure of a closed bar. */
export function barValue(bar: BarFigures, metric: PairMetric): number | null {
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
      return bar.decay?.hedgeDrift ?? null;
    case "half-life":
      return bar.halfLifeBars;
  }
}

/**
 * The last closed bar of a live pair; null while there are too few. It is one of the record, and counts
 * also where the pair is stale by now.
 */
export function closedBar({ bar, decay }: LiveSnapshot): BarFigures | null {
  return bar === null || bar.bars < bar.barsNeeded ? null : { ...bar, decay };
}

/**
 * The figure at this moment, of those that move between bars; else that of the last closed bar. A pair that
 * is not live has none.
 */
export function nowValue(snapshot: LiveSnapshot, metric: PairMetric): number | null {
  const { state, now, bar, decay } = snapshot;
  if (state !== "live") return null;
  if (metric === "z-score" && now.zScore !== null) return now.zScore;
  if (metric === "spread" && now.spread !== null) return now.spread;
  return bar === null ? null : barValue({ ...bar, decay }, metric);
}
