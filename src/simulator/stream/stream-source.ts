import type { Exchange, Listing } from "../exchange.ts";
import type { Market } from "../market/instrument-plan.ts";
import type { TradeColumns } from "../market/trade-columns.ts";
import { aggTradeTexts, type TimeUnit } from "../wire/event-text.ts";
import { rawTradeTexts } from "../wire/raw-trade-text.ts";
import { createKlineSource } from "./kline-source.ts";
import type { StreamRequest } from "./stream-name.ts";

/** A moment of the exchange: the span since the last one, and its trades, collected once for all. */
export type Moment = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly saidMs: number;
  readonly tradesOf: (listing: Listing) => TradeColumns;
};

/** Makes the events of one stream, as texts, moment by moment. */
export type StreamSource = (moment: Moment) => readonly string[];

/** @returns null when the stream delivers nothing (unknown symbol) */
export function createStreamSource(
  exchange: Exchange,
  market: Market,
  request: StreamRequest,
  unit: TimeUnit,
): StreamSource | null {
  if (!("symbol" in request)) return null;
  const listing = exchange.find(market, request.symbol);
  if (listing === undefined) return null;
  switch (request.kind) {
    case "aggTrade":
      return ({ tradesOf, saidMs }) => aggTradeTexts(listing, tradesOf(listing), unit, saidMs);
    case "trade":
      return ({ tradesOf, saidMs }) => rawTradeTexts(listing, tradesOf(listing), unit, saidMs);
    case "kline":
      return createKlineSource(listing, request.interval, unit);
    default:
      return null;
  }
}
