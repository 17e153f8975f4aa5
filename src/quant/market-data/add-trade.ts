import { barOf, growByTrade, requireSameBar } from "./bar-builder.ts";
import { openTime } from "./open-time.ts";
import type { BarTrade, TradeBar } from "./trade-bar.ts";

/**
 * Bar with one more trade: the incremental form of barsFromTrades.
 *
 * Trades may come in any order; the one with the least id opens the bar, the one with the greatest
 * closes it. The same trade twice counts twice: repeats are the caller's to leave out.
 *
 * @param bar null for the first trade of a bar
 * @param intervalMs length of the bar
 * @returns a new bar
 * @throws {InvalidInputError} the trade belongs to another bar, or its time is not finite
 */
export function addTrade(bar: TradeBar | null, trade: BarTrade, intervalMs: number): TradeBar {
  const openTimeMs = openTime(trade.timeMs, intervalMs);
  if (bar === null) return barOf(trade, openTimeMs);
  requireSameBar(bar, openTimeMs);
  const grown = { ...bar };
  growByTrade(grown, trade);
  return grown;
}
