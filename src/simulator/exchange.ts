import type { ExchangeClock } from "./clock.ts";
import type { InstrumentPlan, Market } from "./market/instrument-plan.ts";
import { createOrderBook, type OrderBook } from "./market/order-book.ts";
import type { Tape } from "./market/tape.ts";
import { createNumberText, type NumberText } from "./wire/number-text.ts";

/** What a listed instrument may be; a delisted one is gone from every list. */
export type SymbolStatus = "TRADING" | "HALT" | "BREAK" | "CANCEL_ONLY" | "DELISTED";

/** The filters that can change while the exchange runs; decimal texts. */
export type SymbolFilters = {
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minQty: string;
  readonly minNotional: string;
};

export type Listing = {
  readonly plan: InstrumentPlan;
  readonly tape: Tape;
  readonly book: OrderBook;
  readonly text: NumberText;
  status: SymbolStatus;
  filters: SymbolFilters;
};

/** The instruments of both markets and the time: all that REST and streams answer from. */
export type Exchange = {
  readonly clock: ExchangeClock;
  readonly all: readonly Listing[];
  /** Listings that are not delisted. */
  readonly listed: (market: Market) => readonly Listing[];
  readonly find: (market: Market, symbol: string) => Listing | undefined;
};

export function createExchange(clock: ExchangeClock, tapes: readonly Tape[]): Exchange {
  const listings = new Map<string, Listing>();
  for (const tape of tapes) {
    const { plan } = tape;
    listings.set(`${plan.market} ${plan.symbol}`, {
      plan,
      tape,
      book: createOrderBook(tape),
      text: createNumberText(plan),
      status: "TRADING",
      filters: filtersOf(plan),
    });
  }
  const all = [...listings.values()];
  return {
    clock,
    all,
    listed: (market) =>
      all.filter(({ plan, status }) => plan.market === market && status !== "DELISTED"),
    find: (market, symbol) => listings.get(`${market} ${symbol}`),
  };
}

function filtersOf(plan: InstrumentPlan): SymbolFilters {
  const text = createNumberText(plan);
  return {
    tickSize: text.price(1),
    stepSize: text.quantity(1),
    minQty: text.quantity(1),
    minNotional: plan.market === "spot" ? "5.00000000" : "5",
  };
}
