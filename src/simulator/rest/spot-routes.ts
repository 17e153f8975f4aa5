import type { SimulatorSettings } from "../simulator-options.ts";
import { spotExchangeInfo } from "./exchange-info.ts";
import { klineRow, klines, readInterval } from "./klines.ts";
import type { Route, RouteRequest } from "./route.ts";
import { aggregatedTradeRows, aggregatedTrades, rawTradeRows, recentRawTrades } from "./trades.ts";

const listingOf = ({ query, exchange }: RouteRequest) => query.listing(exchange, "spot");

/** REST calls of the spot market with their documented weights. */
export function spotRoutes({ limits }: SimulatorSettings): readonly Route[] {
  return [
    { path: "/api/v3/ping", weight: 1, answer: () => ({}) },
    {
      path: "/api/v3/time",
      weight: 1,
      answer: ({ exchange, timeFactor }) => ({ serverTime: exchange.clock.saidMs() * timeFactor }),
    },
    {
      path: "/api/v3/exchangeInfo",
      weight: 20,
      answer: (request) => spotExchangeInfo(request, limits),
    },
    {
      path: "/api/v3/aggTrades",
      weight: 4,
      answer: (request) => {
        const listing = listingOf(request);
        const trades = aggregatedTrades(request, listing);
        return aggregatedTradeRows(listing, trades, request.timeFactor);
      },
    },
    {
      path: "/api/v3/trades",
      weight: 25,
      answer: (request) => {
        const listing = listingOf(request);
        const trades = recentRawTrades(request, { listing, mayChooseId: false });
        return rawTradeRows(listing, trades, request.timeFactor);
      },
    },
    {
      path: "/api/v3/historicalTrades",
      weight: 25,
      answer: (request) => {
        const listing = listingOf(request);
        const trades = recentRawTrades(request, { listing, mayChooseId: true });
        return rawTradeRows(listing, trades, request.timeFactor);
      },
    },
    {
      path: "/api/v3/klines",
      weight: 2,
      answer: async (request) => {
        const listing = listingOf(request);
        const rows = await klines(request, listing, readInterval(request.query, true), 1_000);
        return rows.map((kline) => klineRow(listing, kline, request.timeFactor));
      },
    },
  ];
}
