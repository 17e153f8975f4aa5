import type { TimeWindow } from "#contracts/interval.ts";

/** A zoomed span as an address holds it ("1672531200000-1675209600000"); anything else is no zoom. */
export function zoomWindowOf(text: string | null): TimeWindow | null {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? "");
  if (match === null) return null;
  const startMs = Number(match[1]);
  const endMs = Number(match[2]);
  return startMs < endMs ? { startMs, endMs } : null;
}

/** The address's form of a zoomed span; null for the whole. */
export function zoomTextOf(window: TimeWindow | null): string | null {
  return window === null ? null : `${Math.floor(window.startMs)}-${Math.ceil(window.endMs)}`;
}

/** A span around a trade, wide enough to see what led to it. */
export function windowAroundTrade(
  trade: { readonly entryMs: number; readonly exitMs: number },
  whole: TimeWindow,
  intervalMs: number,
): TimeWindow {
  const marginMs = Math.max((trade.exitMs - trade.entryMs) * 1.5, 60 * intervalMs);
  return {
    startMs: Math.max(Math.floor(trade.entryMs - marginMs), whole.startMs),
    endMs: Math.min(Math.ceil(trade.exitMs + marginMs), whole.endMs),
  };
}
