import { barOf, gatherBars, growByTrade } from "./bar-builder.ts";
import { openTime } from "./open-time.ts";
import type { BarTrade, TradeBar } from "./trade-bar.ts";

/**
 * Bars of trades by event time. An interval without trades has no bar.
 *
 * @param trades in any order, each once; none is kept, so that a caller may hand over one object with
 *   changing values
 * @param intervalMs length of the bars
 * @returns ascending open times
 * @throws {InvalidInputError} a time is not finite, or the interval is not whole and positive
 *
 * Cost: O(n) for trades in order of time, with no allocation for a trade; else O(n + m log m), m bars.
 */
export function barsFromTrades(trades: Iterable<BarTrade>, intervalMs: number): TradeBar[] {
  return gatherBars(trades, {
    openTimeOf: (trade) => openTime(trade.timeMs, intervalMs),
    start: barOf,
    grow: growByTrade,
  });
}
