import type { Listing } from "../exchange.ts";
import { Bar } from "./bar.ts";
import { SECOND_MS } from "./calendar.ts";
import { TradeColumns } from "./trade-columns.ts";

/** Statistics of a rolling window, as the tickers show them. Prices in ticks, quantities in lots. */
export type WindowStatistics = {
  readonly openMs: number;
  readonly closeMs: number;
  readonly bar: Bar;
  readonly lastLots: number;
  /** Price of the last trade before the window; the first in it when there is none. */
  readonly previousPrice: number;
  readonly rawFirst: number;
  readonly rawLast: number;
};

/** @returns null when nothing traded in the window */
export function windowStatistics(
  { tape }: Listing,
  windowMs: number,
  nowMs: number,
): WindowStatistics | null {
  const openMs = Math.max(tape.startMs, Math.floor((nowMs - windowMs) / SECOND_MS) * SECOND_MS);
  const bar = new Bar();
  bar.reset(tape.firstIdAt(openMs));
  tape.addBar(openMs, nowMs, bar);
  if (bar.count === 0) return null;
  const lastId = bar.firstId + bar.count - 1;
  const last = tradeAt(tape, lastId, nowMs);
  const before = bar.firstId > tape.oldestId ? tradeAt(tape, bar.firstId - 1, nowMs) : null;
  return {
    openMs,
    closeMs: nowMs,
    bar,
    lastLots: last?.lots[0] ?? 0,
    previousPrice: before?.priceTicks[0] ?? bar.open,
    rawFirst: tape.rawFirst(bar.firstId),
    rawLast: tape.rawLast(lastId),
  };
}

function tradeAt(tape: Listing["tape"], id: number, endMs: number): TradeColumns | null {
  const trade = new TradeColumns();
  tape.collectFrom(id, 1, endMs, trade);
  return trade.count === 0 ? null : trade;
}

/** Derived texts of a window that every ticker shows alike. */
export function statisticsTexts({ plan, text }: Listing, statistics: WindowStatistics) {
  const { bar } = statistics;
  const tickSize = plan.tickUnits / 10 ** plan.priceDecimals;
  const decimals = plan.market === "spot" ? 8 : plan.priceDecimals;
  const change = bar.close - bar.open;
  const average = Number(bar.quote) / bar.lots;
  return {
    priceChange: change < 0 ? `-${text.price(-change)}` : text.price(change),
    priceChangePercent: ((100 * change) / bar.open).toFixed(3),
    weightedAveragePrice: (average * tickSize).toFixed(decimals),
  };
}
