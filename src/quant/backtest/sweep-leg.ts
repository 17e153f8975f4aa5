import { type HeldPrices, type SweepPrices, sweepFillPrice } from "./sweep-prices.ts";
import { fillFee } from "./venue-fees.ts";

/** A leg that is held; money in the quote currency. */
export type SweepLeg = {
  readonly prices: SweepPrices;
  readonly held: HeldPrices;
  /** Signed units; 0 is a leg that a hedge ratio of 0 leaves out. */
  readonly quantity: number;
  readonly entryBar: number;
  /** What the entry made of cash, less all that holding a unit had carried before. */
  readonly cash: number;
  readonly entryTrade: number;
  readonly entryFee: number;
  readonly slippageCost: number;
};

/** What a finished leg made and cost; see EventTradeLeg, `carry` is funding + dividends − borrow. */
export type SweepLegResult = {
  readonly netPnl: number;
  readonly tradedNotional: number;
  readonly fees: number;
  readonly slippageCost: number;
  readonly carry: number;
};

/**
 * Fills the entry of a leg.
 *
 * @param prices of its instrument
 * @param quantity signed units
 * @param bar of the fill
 */
export function enterLeg(prices: SweepPrices, quantity: number, bar: number): SweepLeg {
  const { costs, fill } = prices;
  const price = sweepFillPrice(costs, fill[bar]!, Math.sign(quantity));
  const entryTrade = -quantity * price;
  const entryFee = fillFee(costs.fees, Math.abs(quantity) * price, "taker");
  const held = quantity < 0 ? prices.short : prices.long;
  const before = held.carried === null ? 0 : quantity * held.carried[bar]!;
  return {
    prices,
    held,
    quantity,
    entryBar: bar,
    cash: entryTrade - entryFee - before,
    entryTrade,
    entryFee,
    slippageCost: Math.abs(quantity) * Math.abs(price - fill[bar]!),
  };
}

/**
 * Fills the exit of a leg.
 *
 * @param leg what is held
 * @param bar of the fill
 * @param isAtClose whether it is left at the close, as at the end of the bars
 */
export function leaveLeg(leg: SweepLeg, bar: number, isAtClose: boolean): SweepLegResult {
  const { prices, held, quantity, entryTrade, entryFee } = leg;
  const { costs, fill, close } = prices;
  const decisionPrice = isAtClose ? close[bar]! : fill[bar]!;
  const price = sweepFillPrice(costs, decisionPrice, -Math.sign(quantity));
  const units = Math.abs(quantity);
  const fees = entryFee + fillFee(costs.fees, units * price, "taker");
  const carry =
    held.carried === null ? 0 : quantity * (held.carried[bar]! - held.carried[leg.entryBar]!);
  return {
    netPnl: entryTrade + quantity * price - fees + carry,
    tradedNotional: Math.abs(entryTrade) + units * price,
    fees,
    slippageCost: leg.slippageCost + units * Math.abs(price - decisionPrice),
    carry,
  };
}
