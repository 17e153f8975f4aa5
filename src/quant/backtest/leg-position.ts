import type { TradeLeg } from "./pair-trade.ts";

/** Costs as fractions: of the price against us, and of the notional of each fill. */
export type CostRates = { readonly feeRate: number; readonly slippageRate: number };

/**
 * An open leg: signed quantity, what it cost to get in, and the rates that getting out will cost.
 */
export type LegPosition = {
  readonly quantity: number;
  readonly entryPrice: number;
  readonly entryFee: number;
  readonly entrySlippageCost: number;
  readonly rates: CostRates;
};

/**
 * Open a leg: buy or sell a notional at a decision price made worse by the slippage.
 *
 * @param notionalSigned quote currency at the fill price, positive buys, negative sells
 * @param price decision price, positive
 * @param rates fee and slippage, fractions
 * @returns the position, whose quantity stays fixed until it is closed
 */
export function openLeg(notionalSigned: number, price: number, rates: CostRates): LegPosition {
  const entryPrice = fillPrice(price, Math.sign(notionalSigned), rates.slippageRate);
  const quantity = notionalSigned / entryPrice;
  return {
    quantity,
    entryPrice,
    entryFee: Math.abs(quantity) * entryPrice * rates.feeRate,
    entrySlippageCost: Math.abs(quantity) * Math.abs(entryPrice - price),
    rates,
  };
}

/**
 * Close a leg: the fill opposite to the entry, and what the round trip made.
 *
 * @param position the open leg
 * @param price decision price of the exit, positive
 * @returns the finished leg
 */
export function closeLeg(position: LegPosition, price: number): TradeLeg {
  const { quantity, entryPrice, rates } = position;
  const exitPrice = fillPrice(price, -Math.sign(quantity), rates.slippageRate);
  const grossPnl = quantity * (exitPrice - entryPrice);
  const fees = position.entryFee + Math.abs(quantity) * exitPrice * rates.feeRate;
  return {
    quantity,
    entryPrice,
    exitPrice,
    grossPnl,
    fees,
    slippageCost: position.entrySlippageCost + Math.abs(quantity) * Math.abs(exitPrice - price),
    netPnl: grossPnl - fees,
  };
}

/**
 * Unrealised profit of an open leg at a price, after the entry fee and before any cost of leaving.
 *
 * @param position the open leg
 * @param price mark, positive
 * @returns profit in the quote currency
 */
export function markLeg(position: LegPosition, price: number): number {
  return position.quantity * (price - position.entryPrice) - position.entryFee;
}

function fillPrice(price: number, direction: number, slippageRate: number): number {
  return price * (1 + direction * slippageRate);
}
