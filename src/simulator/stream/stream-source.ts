import type { Exchange, Listing } from "../exchange.ts";
import type { Market } from "../market/instrument-plan.ts";
import type { TradeColumns } from "../market/trade-columns.ts";
import { aggTradeTexts, type TimeUnit } from "../wire/event-text.ts";
import { rawTradeTexts } from "../wire/raw-trade-text.ts";
import { createBookTickerSource, createDepthSource, createDepthTopSource } from "./book-source.ts";
import { createKlineSource } from "./kline-source.ts";
import type { AllMarketStreamRequest, StreamRequest, SymbolStreamRequest } from "./stream-name.ts";
import { createTickerArraySource, createTickerSource } from "./ticker-source.ts";

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
  if (!("symbol" in request)) return allMarketSource(exchange, market, request, unit);
  const listing = exchange.find(market, request.symbol);
  return listing === undefined ? null : symbolSource(exchange, listing, request, unit);
}

function symbolSource(
  exchange: Exchange,
  listing: Listing,
  request: SymbolStreamRequest,
  unit: TimeUnit,
): StreamSource {
  switch (request.kind) {
    case "aggTrade":
      return ({ tradesOf, saidMs }) => aggTradeTexts(listing, tradesOf(listing), unit, saidMs);
    case "trade":
      return ({ tradesOf, saidMs }) => rawTradeTexts(listing, tradesOf(listing), unit, saidMs);
    case "kline":
      return createKlineSource(listing, request.interval, unit);
    case "bookTicker":
      return createBookTickerSource(listing, unit);
    case "depthDiff":
      return createDepthSource(listing, request.everyMs, unit);
    case "depthTop":
      return createDepthTopSource(listing, request, unit);
    case "miniTicker":
    case "ticker":
    case "avgPrice":
    case "windowTicker":
      return createTickerSource(exchange, listing, request, { unit });
    case "markPrice":
      return createTickerSource(exchange, listing, request, { everyMs: request.everyMs, unit });
  }
}

function allMarketSource(
  exchange: Exchange,
  market: Market,
  request: AllMarketStreamRequest,
  unit: TimeUnit,
): StreamSource {
  const listings = exchange.listed(market);
  switch (request.kind) {
    case "miniTickers":
      return createTickerArraySource(exchange, listings, { kind: "miniTicker" }, { unit });
    case "tickers":
      return createTickerArraySource(exchange, listings, { kind: "ticker" }, { unit });
    case "markPrices": {
      const { everyMs } = request;
      return createTickerArraySource(exchange, listings, { kind: "markPrice" }, { everyMs, unit });
    }
    case "bookTickers": {
      const sources = listings.map((listing) => createBookTickerSource(listing, unit));
      return (moment) => sources.flatMap((source) => source(moment));
    }
  }
}
