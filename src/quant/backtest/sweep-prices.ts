import { borrowDue, dividendsDue, fundingDue } from "./holding-costs.ts";
import type { InstrumentCosts } from "./instrument-costs.ts";
import { roundToTick } from "./lot-rule.ts";
import type { InstrumentBars } from "./market-bars.ts";
import { slippageRate } from "./slippage-model.ts";

/** Prices of one leg as a sweep needs them, one a bar. */
export type SweepPrices = {
  readonly costs: InstrumentCosts;
  readonly close: Float64Array;
  /** What orders are filled at: before slippage, and what buyers and sellers pay and get. */
  readonly fill: Float64Array;
  readonly bought: Float64Array;
  readonly sold: Float64Array;
  /** Of a long and of a short position. */
  readonly long: HeldPrices;
  readonly short: HeldPrices;
};

/**
 * What holding one unit is worth: `carried` is all funding and dividends that came in less all borrow that
 * was paid up to a bar, `mark` the close with that. Null where holding neither costs nor earns anything.
 */
export type HeldPrices = { readonly mark: Float64Array; readonly carried: Float64Array | null };

/**
 * Prices of a leg.
 *
 * @param openTimeMs of the bars
 * @param bars of the instrument, without gaps
 * @param options its costs, and whether orders are filled at closes
 *
 * Cost: O(n).
 */
export function sweepPrices(
  openTimeMs: Float64Array,
  bars: InstrumentBars,
  {
    costs,
    isFilledAtClose,
  }: { readonly costs: InstrumentCosts; readonly isFilledAtClose: boolean },
): SweepPrices {
  const { open, close } = bars;
  const { funding, dividends, borrowRateAnnual } = costs;
  const rates = funding === null ? null : fundingDue(openTimeMs, funding);
  const perUnit = dividends === null ? null : dividendsDue(openTimeMs, dividends);
  const borrow = borrowRateAnnual === 0 ? null : borrowDue(openTimeMs, borrowRateAnnual);
  const held = (isShort: boolean): HeldPrices => {
    const lent = isShort ? borrow : null;
    if (rates === null && perUnit === null && lent === null) return { mark: close, carried: null };
    const carried = new Float64Array(close.length);
    for (let bar = 1; bar < carried.length; bar++) {
      // As chargeHoldings: at the open, or the last close of an instrument without opens.
      const price = Number.isNaN(open[bar]!) ? close[bar - 1]! : open[bar]!;
      const paid = price * ((rates?.[bar] ?? 0) - (lent?.[bar] ?? 0));
      carried[bar] = carried[bar - 1]! + (perUnit?.[bar] ?? 0) - paid;
    }
    return { mark: close.map((value, bar) => value + carried[bar]!), carried };
  };
  const long = held(false);
  const short = borrow === null ? long : held(true);
  const fill = isFilledAtClose ? close : open;
  return {
    costs,
    close,
    fill,
    bought: fill.map((price) => sweepFillPrice(costs, price, 1)),
    sold: fill.map((price) => sweepFillPrice(costs, price, -1)),
    long,
    short,
  };
}

/**
 * Price of a market order: slipped and on the tick, both against us, as in the event engine.
 *
 * @param costs whose slippage does not depend on volume
 * @param price decision price
 * @param direction 1 buys, −1 sells
 */
export function sweepFillPrice(costs: InstrumentCosts, price: number, direction: number): number {
  const { slippage, lots } = costs;
  const { priceTick } = lots;
  const noShare = { quantityAbs: 0, takenAbs: 0, volume: Number.POSITIVE_INFINITY };
  const rate = slippageRate(slippage, { price, priceTick, ...noShare });
  return roundToTick(price * (1 + direction * rate), direction, priceTick);
}
