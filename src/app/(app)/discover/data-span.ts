import type { TimeWindow } from "#contracts/interval.ts";

const DAY_MS = 86_400_000;

type Spanned = {
  readonly firstOpenTimeMs: number | null;
  readonly lastOpenTimeMs: number | null;
};

/** The span in which every one of the series has begun and none has ended; null when there is none. */
export function commonSpan(series: readonly Spanned[], intervalMs: number): TimeWindow | null {
  let startMs = Number.NEGATIVE_INFINITY;
  let endMs = Number.POSITIVE_INFINITY;
  for (const { firstOpenTimeMs, lastOpenTimeMs } of series) {
    if (firstOpenTimeMs === null || lastOpenTimeMs === null) return null;
    startMs = Math.max(startMs, firstOpenTimeMs);
    endMs = Math.min(endMs, lastOpenTimeMs + intervalMs);
  }
  return series.length > 0 && startMs < endMs ? { startMs, endMs } : null;
}

/**
 * Splits a span into the two thirds in which pairs are looked for and the last third, which stays
 * unseen so that a strategy can be tested on it. The cut falls on midnight UTC where days allow it.
 */
export function splitSpan(
  span: TimeWindow,
  intervalMs: number,
): { formation: TimeWindow; trading: TimeWindow } {
  const wantedMs = span.startMs + ((span.endMs - span.startMs) * 2) / 3;
  const gridMs = span.endMs - span.startMs > 6 * DAY_MS ? DAY_MS : intervalMs;
  const cutMs = Math.max(Math.floor(wantedMs / gridMs) * gridMs, span.startMs + intervalMs);
  return {
    formation: { startMs: span.startMs, endMs: cutMs },
    trading: { startMs: cutMs, endMs: span.endMs },
  };
}

/** How many pairs n instruments make. */
export function pairCount(instrumentCount: number): number {
  return (instrumentCount * (instrumentCount - 1)) / 2;
}
