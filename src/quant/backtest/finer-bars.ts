import { lowerBound } from "../series/lower-bound.ts";
import type { InstrumentSeries } from "./market-bars.ts";

/** Prices that were stored by different ways may differ by a rounding. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Finer bars: the first bar of an instrument whose inside they do not tell.
 *
 * They tell it where the bar is full of them, so that no leg waits for a part that another has, and where they go exactly as high and as low as it does: a stop
 * that the bar reaches and its parts do not would never be hit, and one that only a part reaches was never traded at.
 *
 * @param coarse bars of an instrument, oldest first
 * @param finer its bars at a shorter interval
 * @param span.intervalMs of the coarse bars
 * @param span.finerMs of the finer ones
 * @param span.startMs of the first coarse bar that is asked about
 * @returns its open time, ms; null where the finer bars cover all bars
 *
 * Cost: O(bars of both).
 */
export function firstUncoveredMs(
  coarse: InstrumentSeries,
  finer: InstrumentSeries,
  {
    intervalMs,
    finerMs,
    startMs,
  }: { readonly intervalMs: number; readonly finerMs: number; readonly startMs: number },
): number | null {
  // Where there are closes only, nothing is done inside bars.
  if (finer.open === null || coarse.open === null) return coarse.openTimeMs[0] ?? startMs;
  const high = finer.high ?? finer.close;
  const low = finer.low ?? finer.close;
  let at = lowerBound(finer.openTimeMs, startMs);
  for (let bar = lowerBound(coarse.openTimeMs, startMs); bar < coarse.openTimeMs.length; bar++) {
    const openMs = coarse.openTimeMs[bar]!;
    if (Number.isNaN(coarse.close[bar]!)) continue;
    const endMs = Math.min(openMs + intervalMs, coarse.openTimeMs[bar + 1] ?? Infinity);
    while (at < finer.openTimeMs.length && finer.openTimeMs[at]! < openMs) at++;
    let [highest, lowest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    let parts = 0;
    for (; at < finer.openTimeMs.length && finer.openTimeMs[at]! < endMs; at++) {
      if (Number.isNaN(finer.close[at]!)) continue;
      parts += 1;
      highest = Math.max(highest, high[at]!);
      lowest = Math.min(lowest, low[at]!);
    }
    const wholeHigh = (coarse.high ?? coarse.close)[bar]!;
    const wholeLow = (coarse.low ?? coarse.close)[bar]!;
    const isCovered =
      parts * finerMs === endMs - openMs &&
      Math.abs(highest - wholeHigh) <= wholeHigh * RELATIVE_TOLERANCE &&
      Math.abs(lowest - wholeLow) <= wholeLow * RELATIVE_TOLERANCE;
    if (!isCovered) return openMs;
  }
  return null;
}
