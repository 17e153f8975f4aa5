import type { SimulatorSettings } from "../simulator-options.ts";
import { depth, depthWeight, FUTURES_DEPTH_WEIGHTS } from "./depth.ts";
import { fundingRates, premiumIndex } from "./funding.ts";
import { futuresExchangeInfo } from "./futures-exchange-info.ts";
import { klineRow, klines, readInterval } from "./klines.ts";
import type { Query } from "./query.ts";
import type { Route, RouteRequest } from "./route.ts";
import { bookTicker, dayTicker, perSymbol, priceTicker, symbolWeight } from "./tickers.ts";
import { aggregatedTradeRows, aggregatedTrades, rawTradeRows, recentRawTrades } from "./trades.ts";

const listingOf = ({ query, exchange }: RouteRequest) => query.listing(exchange, "usdm");

function klineWeight(query: Query): number {
  const limit = query.integer("limit") ?? 500;
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1_000 ? 5 : 10;
}

/** REST calls of the USD-M market with their documented weights. */
export function futuresRoutes({ limits }: SimulatorSettings): readonly Route[] {
  return [...generalRoutes(limits.futuresWeightPerMinute), ...tradeRoutes(), ...priceRoutes()];
}

function generalRoutes(weightPerMinute: number): readonly Route[] {
  return [
    { path: "/fapi/v1/ping", weight: 1, answer: () => ({}) },
    {
      path: "/fapi/v1/time",
      weight: 1,
      answer: ({ exchange, timeFactor }) => ({ serverTime: exchange.clock.saidMs() * timeFactor }),
    },
    {
      path: "/fapi/v1/exchangeInfo",
      weight: 1,
      answer: (request) => futuresExchangeInfo(request, weightPerMinute),
    },
    {
      path: "/fapi/v1/depth",
      weight: depthWeight(FUTURES_DEPTH_WEIGHTS, 500),
      answer: (request) => depth(request, listingOf(request), request.query.limit(500, 1_000)),
    },
  ];
}

function tradeRoutes(): readonly Route[] {
  return [
    {
      path: "/fapi/v1/aggTrades",
      weight: 20,
      answer: (request) => {
        const listing = listingOf(request);
        const trades = aggregatedTrades(request, listing);
        return aggregatedTradeRows(listing, trades, request.timeFactor);
      },
    },
    ...(["trades", "historicalTrades"] as const).map(
      (name): Route => ({
        path: `/fapi/v1/${name}`,
        weight: name === "trades" ? 5 : 20,
        answer: (request) => {
          const listing = listingOf(request);
          const mayChooseId = name === "historicalTrades";
          const trades = recentRawTrades(request, { listing, mayChooseId });
          return rawTradeRows(listing, trades, request.timeFactor);
        },
      }),
    ),
    {
      path: "/fapi/v1/klines",
      weight: klineWeight,
      answer: async (request) => {
        const listing = listingOf(request);
        const rows = await klines(request, listing, readInterval(request.query, false), 1_500);
        return rows.map((kline) => klineRow(listing, kline, request.timeFactor));
      },
    },
  ];
}

function priceRoutes(): readonly Route[] {
  return [
    {
      path: "/fapi/v1/ticker/24hr",
      weight: symbolWeight(1, () => 40),
      answer: (request) => perSymbol(request, "usdm", (listing) => dayTicker(request, listing)),
    },
    {
      path: "/fapi/v1/ticker/price",
      weight: symbolWeight(1, () => 2),
      answer: (request) => perSymbol(request, "usdm", (listing) => priceTicker(request, listing)),
    },
    {
      path: "/fapi/v1/ticker/bookTicker",
      weight: symbolWeight(2, () => 5),
      answer: (request) => perSymbol(request, "usdm", (listing) => bookTicker(request, listing)),
    },
    {
      path: "/fapi/v1/premiumIndex",
      weight: symbolWeight(1, () => 10),
      answer: (request) => perSymbol(request, "usdm", (listing) => premiumIndex(request, listing)),
    },
    {
      path: "/fapi/v1/fundingRate",
      weight: 1,
      isFunding: true,
      answer: (request) => {
        const { query, exchange } = request;
        return fundingRates(request, query.listings(exchange, "usdm") ?? exchange.listed("usdm"));
      },
    },
  ];
}
