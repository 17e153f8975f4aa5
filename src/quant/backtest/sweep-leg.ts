import { type HeldPrices, type SweepPrices, sweepFillPrice } from "./sweep-prices.ts";
import { fillFee } from "./venue-fees.ts";

/**
 * One leg of the trade that is under way or was the last; money in the quote currency. Written in place,
 * so that a trade needs no memory. See EventTradeLeg; `carry` is funding + dividends − borrow.
 */
export type SweepLeg = {
  readonly prices: SweepPrices;
  held: HeldPrices;
  /** Signed units; 0 is a leg that a hedge ratio of 0 leaves out. */
  quantity: number;
  entryBar: number;
  /** What the entry made of cash, less all that holding the units had carried before. */
  cash: number;
  grossPnl: number;
  fees: number;
  slippageCost: number;
  tradedNotional: number;
  carry: number;
  netPnl: number;
};

/** A leg that has never been held. */
export function createSweepLeg(prices: SweepPrices): SweepLeg {
  return {
    prices,
    held: prices.long,
    quantity: 0,
    entryBar: 0,
    cash: 0,
    grossPnl: 0,
    fees: 0,
    slippageCost: 0,
    tradedNotional: 0,
    carry: 0,
    netPnl: 0,
  };
}

/**
 * Fills the entry of a leg.
 *
 * @param leg written
 * @param quantity signed units
 * @param bar of the fill
 */
export function enterLeg(leg: SweepLeg, quantity: number, bar: number): void {
  const { costs, fill, bought, sold, long, short } = leg.prices;
  const price = quantity < 0 ? sold[bar]! : bought[bar]!;
  const units = Math.abs(quantity);
  leg.held = quantity < 0 ? short : long;
  leg.quantity = quantity;
  leg.entryBar = bar;
  leg.grossPnl = -quantity * price;
  leg.fees = fillFee(costs.fees, units * price, "taker");
  leg.slippageCost = units * Math.abs(price - fill[bar]!);
  leg.tradedNotional = units * price;
  const { carried } = leg.held;
  leg.cash = leg.grossPnl - leg.fees - (carried === null ? 0 : quantity * carried[bar]!);
}

/**
 * Fills the exit of a leg.
 *
 * @param leg written
 * @param bar of the fill
 * @param isAtClose whether it is left at the close, as at the end of the bars
 */
export function leaveLeg(leg: SweepLeg, bar: number, isAtClose: boolean): void {
  const { quantity } = leg;
  const { costs, fill, close, bought, sold } = leg.prices;
  let decisionPrice = fill[bar]!;
  let price = quantity < 0 ? bought[bar]! : sold[bar]!;
  if (isAtClose) {
    decisionPrice = close[bar]!;
    price = sweepFillPrice(costs, decisionPrice, -Math.sign(quantity));
  }
  const units = Math.abs(quantity);
  leg.grossPnl += quantity * price;
  leg.fees += fillFee(costs.fees, units * price, "taker");
  leg.slippageCost += units * Math.abs(price - decisionPrice);
  leg.tradedNotional += units * price;
  const { carried } = leg.held;
  leg.carry = carried === null ? 0 : quantity * (carried[bar]! - carried[leg.entryBar]!);
  leg.netPnl = leg.grossPnl - leg.fees + leg.carry;
}
