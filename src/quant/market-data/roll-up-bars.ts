import { gatherBars, growByBar } from "./bar-builder.ts";
import { openTime } from "./open-time.ts";
import type { TradeBar } from "./trade-bar.ts";

/**
 * Longer bars from shorter ones: equal to the bars built from the trades themselves.
 *
 * @param bars of an interval that divides the longer one, in any order, each once
 * @param intervalMs length of the longer bars
 * @returns ascending open times; where parts are missing the bar is made of the others
 * @throws {InvalidInputError} a time is not finite, or the interval is not whole and positive
 *
 * Cost: O(n) for bars in order.
 */
export function rollUpBars(bars: Iterable<TradeBar>, intervalMs: number): TradeBar[] {
  return gatherBars(bars, {
    openTimeOf: (bar) => openTime(bar.openTimeMs, intervalMs),
    start: (bar, openTimeMs) => ({ ...bar, openTimeMs }),
    grow: growByBar,
  });
}
