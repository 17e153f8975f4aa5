import type { Gap } from "#contracts/market-data.ts";

/** Which bars of a series are there and which are missing between. Open times, UTC ms; gaps ascending. */
export type SeriesSpan = {
  readonly firstOpenTimeMs: number;
  readonly lastOpenTimeMs: number;
  readonly barCount: number;
  readonly gaps: readonly Gap[];
};

/** A series with more gaps than this is more hole than series; the newer ones are only counted. */
const GAPS_KEPT_MAX = 10_000;

/**
 * Span of a series after bars were added to it: behind, before, or in its gaps.
 *
 * @param addedMs open times on the grid of the interval, none of which had a bar before
 */
export function spanWithBars(
  span: SeriesSpan,
  addedMs: readonly number[],
  intervalMs: number,
): SeriesSpan {
  const gaps = [...span.gaps];
  let { firstOpenTimeMs, lastOpenTimeMs, barCount } = span;
  for (const openTimeMs of [...addedMs].sort((a, b) => a - b)) {
    if (barCount === 0) firstOpenTimeMs = lastOpenTimeMs = openTimeMs;
    else if (openTimeMs > lastOpenTimeMs) {
      const gap = gapBetween(lastOpenTimeMs, openTimeMs, intervalMs);
      if (gap !== null && gaps.length < GAPS_KEPT_MAX) gaps.push(gap);
      lastOpenTimeMs = openTimeMs;
    } else if (openTimeMs < firstOpenTimeMs) {
      const gap = gapBetween(openTimeMs, firstOpenTimeMs, intervalMs);
      if (gap !== null) gaps.unshift(gap);
      firstOpenTimeMs = openTimeMs;
    } else splitGap(gaps, openTimeMs, intervalMs);
    barCount += 1;
  }
  return { firstOpenTimeMs, lastOpenTimeMs, barCount, gaps: gaps.slice(0, GAPS_KEPT_MAX) };
}

/** Bars that are missing between the first and the last. */
export function missingCountOf(span: SeriesSpan, intervalMs: number): number {
  if (span.barCount === 0) return 0;
  return (span.lastOpenTimeMs - span.firstOpenTimeMs) / intervalMs + 1 - span.barCount;
}

function gapBetween(beforeMs: number, afterMs: number, intervalMs: number): Gap | null {
  const missingBars = (afterMs - beforeMs) / intervalMs - 1;
  return missingBars > 0 ? { startMs: beforeMs + intervalMs, missingBars } : null;
}

function splitGap(gaps: Gap[], openTimeMs: number, intervalMs: number): void {
  const index = lastStartingUntil(gaps, openTimeMs);
  const gap = gaps[index];
  // A gap beyond those that are kept was only counted.
  if (gap === undefined || openTimeMs >= gap.startMs + gap.missingBars * intervalMs) return;
  const before = (openTimeMs - gap.startMs) / intervalMs;
  const after = gap.missingBars - before - 1;
  const parts: Gap[] = [];
  if (before > 0) parts.push({ startMs: gap.startMs, missingBars: before });
  if (after > 0) parts.push({ startMs: openTimeMs + intervalMs, missingBars: after });
  gaps.splice(index, 1, ...parts);
}

/** Index of the last gap that starts at or before a moment; −1 when there is none. */
function lastStartingUntil(gaps: readonly Gap[], timeMs: number): number {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((gaps[middle]?.startMs ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
