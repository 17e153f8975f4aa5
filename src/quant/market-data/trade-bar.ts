/**
 * A trade as bars count it. Ids grow with the order in which the venue matched: they decide which trade
 * of a bar is its first. Price in the quote asset, quantity in the base asset, both positive.
 */
export type BarTrade = {
  readonly id: number;
  /** Event time, UTC ms. */
  readonly timeMs: number;
  readonly price: number;
  readonly quantity: number;
  /** It came after its bar was closed. */
  readonly late: boolean;
  /** It was fetched after a gap, not received live. */
  readonly backfilled: boolean;
};

/**
 * A bar built from trades with an event time in [openTimeMs, openTimeMs + interval). There is at least
 * one: an interval without trades has no bar.
 */
export type TradeBar = {
  readonly openTimeMs: number;
  /** Prices of the trades with the least id, of the greatest id, and between. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Sum of quantities, base asset. */
  readonly volume: number;
  readonly tradeCount: number;
  readonly lateCount: number;
  readonly backfilledCount: number;
  readonly firstId: number;
  readonly lastId: number;
};
