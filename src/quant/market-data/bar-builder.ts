import { InvalidInputError } from "../invalid-input-error.ts";
import { addQuantity } from "./add-quantity.ts";
import type { BarTrade, TradeBar } from "./trade-bar.ts";

/** A bar while it is being built: millions of trades go into it without an object for each. */
export type GrowingBar = { -readonly [Key in keyof TradeBar]: TradeBar[Key] };

/** A bar of one trade. */
export function barOf(trade: BarTrade, openTimeMs: number): GrowingBar {
  return {
    openTimeMs,
    open: trade.price,
    high: trade.price,
    low: trade.price,
    close: trade.price,
    volume: addQuantity(0, trade.quantity),
    tradeCount: 1,
    lateCount: trade.late ? 1 : 0,
    backfilledCount: trade.backfilled ? 1 : 0,
    firstId: trade.id,
    lastId: trade.id,
  };
}

/** Adds a trade to its bar, in any order of ids. A trade that is added twice counts twice. */
export function growByTrade(bar: GrowingBar, trade: BarTrade): void {
  if (trade.id < bar.firstId) {
    bar.firstId = trade.id;
    bar.open = trade.price;
  }
  if (trade.id > bar.lastId) {
    bar.lastId = trade.id;
    bar.close = trade.price;
  }
  if (trade.price > bar.high) bar.high = trade.price;
  if (trade.price < bar.low) bar.low = trade.price;
  bar.volume = addQuantity(bar.volume, trade.quantity);
  bar.tradeCount += 1;
  if (trade.late) bar.lateCount += 1;
  if (trade.backfilled) bar.backfilledCount += 1;
}

/** Adds a shorter bar to the longer one that it is part of, in any order. */
export function growByBar(bar: GrowingBar, part: TradeBar): void {
  if (part.firstId < bar.firstId) {
    bar.firstId = part.firstId;
    bar.open = part.open;
  }
  if (part.lastId > bar.lastId) {
    bar.lastId = part.lastId;
    bar.close = part.close;
  }
  if (part.high > bar.high) bar.high = part.high;
  if (part.low < bar.low) bar.low = part.low;
  bar.volume = addQuantity(bar.volume, part.volume);
  bar.tradeCount += part.tradeCount;
  bar.lateCount += part.lateCount;
  bar.backfilledCount += part.backfilledCount;
}

/** Bars in ascending order, gathered one item at a time; items mostly follow each other in time. */
export function gatherBars<Item>(
  items: Iterable<Item>,
  options: {
    readonly openTimeOf: (item: Item) => number;
    readonly start: (item: Item, openTimeMs: number) => GrowingBar;
    readonly grow: (bar: GrowingBar, item: Item) => void;
  },
): TradeBar[] {
  const { openTimeOf, start, grow } = options;
  const byTime = new Map<number, GrowingBar>();
  let current: GrowingBar | undefined;
  let isAscending = true;
  for (const item of items) {
    const openTimeMs = openTimeOf(item);
    if (current?.openTimeMs !== openTimeMs) {
      isAscending &&= current === undefined || openTimeMs > current.openTimeMs;
      current = byTime.get(openTimeMs);
    }
    if (current !== undefined) grow(current, item);
    else {
      current = start(item, openTimeMs);
      byTime.set(openTimeMs, current);
    }
  }
  const bars = [...byTime.values()];
  return isAscending ? bars : bars.sort((a, b) => a.openTimeMs - b.openTimeMs);
}

/** A bar only takes trades of its own interval. */
export function requireSameBar(bar: TradeBar, openTimeMs: number): void {
  if (bar.openTimeMs !== openTimeMs) {
    throw new InvalidInputError("out-of-range", "addTrade requires a trade of the bar's interval");
  }
}
