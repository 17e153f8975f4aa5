import type { TimeWindow } from "#contracts/interval.ts";

const DAY_MS = 86_400_000;

const RANGES = [
  { label: "1D", ms: DAY_MS },
  { label: "1W", ms: 7 * DAY_MS },
  { label: "1M", ms: 30 * DAY_MS },
  { label: "3M", ms: 91 * DAY_MS },
  { label: "6M", ms: 182 * DAY_MS },
  { label: "1Y", ms: 365 * DAY_MS },
] as const;

export type TimeRange = { label: string; window: TimeWindow | null };

/** The last day, week, … of a span, as far as they are shorter than it and long enough to show a line; and all of it. */
export function timeRanges(extent: TimeWindow, intervalMs: number): TimeRange[] {
  const length = extent.endMs - extent.startMs;
  const shorter = RANGES.filter(({ ms }) => ms < length && ms >= 20 * intervalMs).slice(-4);
  return [
    ...shorter.map(({ label, ms }) => ({
      label,
      window: { startMs: extent.endMs - ms, endMs: extent.endMs },
    })),
    { label: "All", window: null },
  ];
}

/** A span moved and stretched about its middle, kept within the extent and above some bars; null: all of it. */
export function steppedWindow(
  window: TimeWindow,
  extent: TimeWindow,
  change: { shift: number; scale: number },
  intervalMs: number,
): TimeWindow | null {
  const length = window.endMs - window.startMs;
  const all = extent.endMs - extent.startMs;
  const nextLength = Math.min(all, Math.max(10 * intervalMs, length * change.scale));
  if (nextLength >= all) return null;
  const middle = (window.startMs + window.endMs) / 2 + change.shift * length;
  const startMs = Math.min(
    extent.endMs - nextLength,
    Math.max(extent.startMs, middle - nextLength / 2),
  );
  return { startMs: Math.round(startMs), endMs: Math.round(startMs + nextLength) };
}
