import type { Candles } from "./candles.ts";
import { lowerBound } from "./lower-bound.ts";

/**
 * Slice by time: the bars that open in a half-open window.
 *
 * The result shares memory with the input: a slice is a view, not a copy.
 *
 * @param candles bars, oldest first
 * @param window.startMs first open time that belongs to the window, UTC milliseconds
 * @param window.endMs first open time that no longer does
 * @returns the bars with startMs ≤ openTimeMs < endMs, possibly none
 *
 * Cost: O(log n).
 */
export function sliceByTime(
  candles: Candles,
  window: { readonly startMs: number; readonly endMs: number },
): Candles {
  const from = lowerBound(candles.openTimeMs, window.startMs);
  const to = Math.max(from, lowerBound(candles.openTimeMs, window.endMs));
  return {
    openTimeMs: candles.openTimeMs.subarray(from, to),
    open: candles.open === null ? null : candles.open.subarray(from, to),
    close: candles.close.subarray(from, to),
  };
}
