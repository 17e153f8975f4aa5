/** Half-open span of time, UTC ms. */
export type TimeSpan = { readonly fromMs: number; readonly toMs: number };

/** The same moments in as few spans as possible, ascending. Empty spans vanish. */
export function mergedSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const sorted = spans.filter(({ fromMs, toMs }) => fromMs < toMs);
  sorted.sort((a, b) => a.fromMs - b.fromMs);
  const merged: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else merged.push({ fromMs, toMs });
  }
  return merged;
}

/** The bars of an interval that spans touch, as far as they end until a moment. */
export function barSpans(
  spans: readonly TimeSpan[],
  intervalMs: number,
  untilMs: number,
): TimeSpan[] {
  const endMs = Math.floor(untilMs / intervalMs) * intervalMs;
  return mergedSpans(
    spans.map(({ fromMs, toMs }) => ({
      fromMs: Math.floor(fromMs / intervalMs) * intervalMs,
      toMs: Math.min(endMs, Math.ceil(toMs / intervalMs) * intervalMs),
    })),
  );
}
