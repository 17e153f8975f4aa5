import type { SimulatorSettings } from "../simulator-options.ts";
import { depth, depthWeight, SPOT_DEPTH_WEIGHTS } from "./depth.ts";
import { spotExchangeInfo } from "./exchange-info.ts";
import { klineRow, klines, readInterval } from "./klines.ts";
import type { Route, RouteRequest } from "./route.ts";
import {
  averagePrice,
  bookTicker,
  DAY_TICKER_WEIGHT,
  dayTicker,
  perSymbol,
  priceTicker,
  symbolWeight,
} from "./tickers.ts";
import { aggregatedTradeRows, aggregatedTrades, rawTradeRows, recentRawTrades } from "./trades.ts";

const listingOf = ({ query, exchange }: RouteRequest) => query.listing(exchange, "spot");

/** REST calls of the spot market with their documented weights. */
export function spotRoutes({ limits }: SimulatorSettings): readonly Route[] {
  return [...generalRoutes(limits), ...tradeRoutes(), ...priceRoutes()];
}

function generalRoutes(limits: SimulatorSettings["limits"]): readonly Route[] {
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
      path: "/api/v3/depth",
      weight: depthWeight(SPOT_DEPTH_WEIGHTS, 100),
      answer: (request) => depth(request, listingOf(request), request.query.limit(100, 5_000)),
    },
  ];
}

function tradeRoutes(): readonly Route[] {
  return [
    {
      path: "/api/v3/aggTrades",
      weight: 4,
      answer: (request) => {
        const listing = listingOf(request);
        const trades = aggregatedTrades(request, listing);
        return aggregatedTradeRows(listing, trades, request.timeFactor);
      },
    },
    ...(["trades", "historicalTrades"] as const).map(
      (name): Route => ({
        path: `/api/v3/${name}`,
        weight: 25,
        answer: (request) => {
          const listing = listingOf(request);
          const mayChooseId = name === "historicalTrades";
          const trades = recentRawTrades(request, { listing, mayChooseId });
          return rawTradeRows(listing, trades, request.timeFactor);
        },
      }),
    ),
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

function priceRoutes(): readonly Route[] {
  return [
    {
      path: "/api/v3/avgPrice",
      weight: 2,
      answer: (request) => averagePrice(request, listingOf(request)),
    },
    {
      path: "/api/v3/ticker/24hr",
      weight: DAY_TICKER_WEIGHT,
      answer: (request) => perSymbol(request, "spot", (listing) => dayTicker(request, listing)),
    },
    {
      path: "/api/v3/ticker/price",
      weight: symbolWeight(2, () => 4),
      answer: (request) => perSymbol(request, "spot", (listing) => priceTicker(request, listing)),
    },
    {
      path: "/api/v3/ticker/bookTicker",
      weight: symbolWeight(2, () => 4),
      answer: (request) => perSymbol(request, "spot", (listing) => bookTicker(request, listing)),
    },
  ];
}
