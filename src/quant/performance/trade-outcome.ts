/**
 * What the figures need to know of a round trip: profit after costs, bars held, notional of all
 * fills.
 */
export type TradeOutcome = {
  readonly netPnl: number;
  readonly barsHeld: number;
  readonly tradedNotional: number;
};
