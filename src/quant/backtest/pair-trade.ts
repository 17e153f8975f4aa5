import type { ExitReason } from "../strategies/z-score-reversion.ts";

/**
 * One leg of a round trip, money in the quote currency. `quantity` is signed, base units; the
 * prices are fill prices, slippage included. `grossPnl` is quantity · (exitPrice − entryPrice), so
 * `slippageCost` is already inside it and stands here as attribution only. `netPnl` is grossPnl −
 * fees.
 */
export type TradeLeg = {
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly grossPnl: number;
  readonly fees: number;
  readonly slippageCost: number;
  readonly netPnl: number;
};

/**
 * Round trip of a pair: entry fill to flat. `netPnl` is the sum of the legs' netPnl, exactly.
 *
 * Times name bars by their open time: a signal is given at the close of its bar, a fill happens
 * inside its bar (at the open, or at the close for close-only series). `barsHeld` counts bars from
 * fill to fill. `tradedNotional` is the sum of |quantity| · price over the four fills.
 */
export type PairTrade = {
  readonly side: "long" | "short";
  readonly entrySignalTimeMs: number;
  readonly entryFillTimeMs: number;
  readonly exitSignalTimeMs: number;
  readonly exitFillTimeMs: number;
  readonly entryZScore: number;
  readonly exitZScore: number;
  readonly exitReason: ExitReason;
  readonly barsHeld: number;
  readonly legY: TradeLeg;
  readonly legX: TradeLeg;
  readonly grossPnl: number;
  readonly fees: number;
  readonly slippageCost: number;
  readonly netPnl: number;
  readonly tradedNotional: number;
};
