import type { TradeOutcome } from "./trade-outcome.ts";

/**
 * Exposure: the share of the time in which a position was held.
 *
 * @param trades round trips, one after the other
 * @param bars bars of the trading window
 * @returns a fraction in [0, 1]; null without bars
 *
 * Cost: O(n).
 */
export function exposure(trades: readonly TradeOutcome[], bars: number): number | null {
  if (bars === 0) return null;
  return trades.reduce((held, trade) => held + trade.barsHeld, 0) / bars;
}
