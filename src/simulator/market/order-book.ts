import { HEAVY_TAIL, mix, seedOf } from "./block-random.ts";
import { EPOCH_MS } from "./calendar.ts";
import type { Tape } from "./tape.ts";

/** The book changes every 100 ms; a slot is such a span, counted from the epoch. */
export const SLOT_MS = 100;

/** Update ids of a slot; the venue counts single changes, we hand out a fixed number. */
const UPDATES_PER_SLOT = 10;

/** Levels on each side; a fiftieth of the price deep. */
export const BOOK_LEVELS = 200;

/** Prices in ticks and quantities in lots, best first. */
export type BookSide = readonly (readonly [priceTicks: number, lots: number])[];
export type Book = {
  readonly lastUpdateId: number;
  readonly bids: BookSide;
  readonly asks: BookSide;
};

/** What changed between two slots; a quantity of 0 removes the level. */
export type BookChange = Book & { readonly firstUpdateId: number };

/**
 * Order book of an instrument, a function of the time alone.
 *
 * Best bid and ask are those of the trades; behind them lie levels on a grid of one hundredth of a per
 * cent, each of which changes its quantity at moments of its own. So a snapshot and the changes after it
 * always agree, and nothing is kept.
 */
export type OrderBook = {
  readonly at: (slot: number) => Book;
  readonly between: (fromSlot: number, toSlot: number) => BookChange;
  readonly slotAt: (timeMs: number) => number;
};

export function createOrderBook(tape: Tape): OrderBook {
  const { plan } = tape;
  const seed = seedOf(1, `${plan.market} ${plan.symbol} book`);
  const tickSize = plan.tickUnits / 10 ** plan.priceDecimals;
  const step = Math.max(1, Math.round((plan.basePrice * 0.0001) / tickSize));
  const meanLots = (4 * plan.tradeNotional * 10 ** plan.quantityDecimals) / plan.basePrice;

  const lotsAt = (side: number, price: number, slot: number, isBest: boolean): number => {
    const level = mix(seed ^ side, price % 2 ** 31);
    const period = isBest ? 2 + (level % 4) : 5 + (level % 60);
    const version = Math.floor((slot + (level >>> 8)) / period);
    const size = HEAVY_TAIL[mix(level, version) & 1023] ?? 1;
    return Math.max(1, Math.round(meanLots * size));
  };

  const at = (slot: number): Book => {
    const ask = tape.askAt(EPOCH_MS + slot * SLOT_MS);
    const bid = ask - 1;
    const asks: [number, number][] = [[ask, lotsAt(1, ask, slot, true)]];
    const bids: [number, number][] = [[bid, lotsAt(2, bid, slot, true)]];
    const above = Math.floor(ask / step) + 1;
    const below = Math.ceil(bid / step) - 1;
    for (let i = 0; i < BOOK_LEVELS - 1; i++) {
      const askPrice = (above + i) * step;
      asks.push([askPrice, lotsAt(1, askPrice, slot, false)]);
      const bidPrice = (below - i) * step;
      if (bidPrice > 0) bids.push([bidPrice, lotsAt(2, bidPrice, slot, false)]);
    }
    return { lastUpdateId: lastUpdateId(slot), bids, asks };
  };

  return {
    at,
    slotAt: (timeMs) => Math.floor((timeMs - EPOCH_MS) / SLOT_MS),
    between: (fromSlot, toSlot) => {
      const before = at(fromSlot);
      const after = at(toSlot);
      return {
        firstUpdateId: before.lastUpdateId + 1,
        lastUpdateId: after.lastUpdateId,
        bids: changedLevels(before.bids, after.bids),
        asks: changedLevels(before.asks, after.asks),
      };
    },
  };
}

function lastUpdateId(slot: number): number {
  return (slot + 1) * UPDATES_PER_SLOT;
}

function changedLevels(before: BookSide, after: BookSide): BookSide {
  const old = new Map(before);
  const changed: (readonly [number, number])[] = [];
  for (const [price, lots] of after) {
    if (old.get(price) !== lots) changed.push([price, lots]);
    old.delete(price);
  }
  for (const price of old.keys()) changed.push([price, 0]);
  return changed;
}
