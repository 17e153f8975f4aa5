/** Whether an order took liquidity (market, stop) or gave it (a resting limit). */
export type FillRole = "maker" | "taker";

/** Fees as fractions of the notional of a fill; a negative maker rate is a rebate. */
export type FeeRates = { readonly makerRate: number; readonly takerRate: number };

/** Venues whose published fees are known here. */
export const FEE_VENUES = ["binance-spot", "binance-usdm", "alpaca-equities"] as const;

/** One of {@link FEE_VENUES}. */
export type FeeVenue = (typeof FEE_VENUES)[number];

/**
 * Fees of accounts without discounts, by venue.
 *
 * Source: the fee schedules of Binance (regular user: spot 0.1 % both ways, USD-M futures 0.02 % maker
 * and 0.05 % taker) and Alpaca (no commission; the regulatory fees on sales are left out).
 */
export const VENUE_FEES: Readonly<Record<FeeVenue, FeeRates>> = {
  "binance-spot": { makerRate: 0.001, takerRate: 0.001 },
  "binance-usdm": { makerRate: 0.0002, takerRate: 0.0005 },
  "alpaca-equities": { makerRate: 0, takerRate: 0 },
};

/**
 * Fee of a fill.
 *
 * @param rates fractions of the notional
 * @param notional quote currency, not negative
 * @param role maker or taker
 * @returns quote currency; negative is a rebate
 */
export function fillFee(rates: FeeRates, notional: number, role: FillRole): number {
  return notional * (role === "maker" ? rates.makerRate : rates.takerRate);
}
