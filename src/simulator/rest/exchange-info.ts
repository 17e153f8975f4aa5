import type { Exchange, Listing } from "../exchange.ts";
import { BAD_COMBINATION } from "./api-error.ts";
import type { Query } from "./query.ts";
import type { RouteRequest } from "./route.ts";

const ORDER_TYPES = [
  "LIMIT",
  "LIMIT_MAKER",
  "MARKET",
  "STOP_LOSS",
  "STOP_LOSS_LIMIT",
  "TAKE_PROFIT",
  "TAKE_PROFIT_LIMIT",
];

const rateLimit = (
  rateLimitType: string,
  interval: string,
  intervalNum: number,
  limit: number,
) => ({ rateLimitType, interval, intervalNum, limit });

/** GET /api/v3/exchangeInfo. */
export function spotExchangeInfo(
  { exchange, query, timeFactor }: RouteRequest,
  limits: { readonly weightPerMinute: number; readonly rawRequestsPer5Minutes: number },
): unknown {
  return {
    timezone: "UTC",
    serverTime: exchange.clock.saidMs() * timeFactor,
    rateLimits: [
      rateLimit("REQUEST_WEIGHT", "MINUTE", 1, limits.weightPerMinute),
      rateLimit("ORDERS", "SECOND", 10, 50),
      rateLimit("ORDERS", "DAY", 1, 160_000),
      rateLimit("RAW_REQUESTS", "MINUTE", 5, limits.rawRequestsPer5Minutes),
    ],
    exchangeFilters: [],
    symbols: selected(exchange, query).map(spotSymbol),
  };
}

function selected(exchange: Exchange, query: Query): readonly Listing[] {
  const named = query.listings(exchange, "spot");
  const permissions = query.text("permissions");
  if (named !== undefined && permissions !== undefined) throw BAD_COMBINATION;
  const all = named ?? exchange.listed("spot");
  // Every instrument here is SPOT; whoever asks for other permissions finds none.
  return permissions === undefined || permissions.includes("SPOT") ? all : [];
}

function spotSymbol(listing: Listing): unknown {
  const { plan, status } = listing;
  return {
    symbol: plan.symbol,
    status,
    baseAsset: plan.baseAsset,
    baseAssetPrecision: 8,
    quoteAsset: plan.quoteAsset,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ORDER_TYPES,
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: spotFilters(listing),
    permissions: [],
    permissionSets: [["SPOT"]],
    defaultSelfTradePreventionMode: "EXPIRE_MAKER",
    allowedSelfTradePreventionModes: ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"],
  };
}

function spotFilters({ filters, text }: Listing): unknown[] {
  const { tickSize, stepSize, minQty, minNotional } = filters;
  return [
    { filterType: "PRICE_FILTER", minPrice: tickSize, maxPrice: text.price(1e11), tickSize },
    { filterType: "LOT_SIZE", minQty, maxQty: text.quantity(9e11), stepSize },
    { filterType: "ICEBERG_PARTS", limit: 100 },
    {
      filterType: "MARKET_LOT_SIZE",
      minQty: "0.00000000",
      maxQty: text.quantity(1e9),
      stepSize: "0.00000000",
    },
    {
      filterType: "TRAILING_DELTA",
      minTrailingAboveDelta: 10,
      maxTrailingAboveDelta: 2000,
      minTrailingBelowDelta: 10,
      maxTrailingBelowDelta: 2000,
    },
    {
      filterType: "PERCENT_PRICE_BY_SIDE",
      bidMultiplierUp: "5",
      bidMultiplierDown: "0.2",
      askMultiplierUp: "5",
      askMultiplierDown: "0.2",
      avgPriceMins: 5,
    },
    {
      filterType: "NOTIONAL",
      minNotional,
      applyMinToMarket: true,
      maxNotional: "9000000.00000000",
      applyMaxToMarket: false,
      avgPriceMins: 5,
    },
    { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
    { filterType: "MAX_NUM_ORDER_LISTS", maxNumOrderLists: 20 },
    { filterType: "MAX_NUM_ALGO_ORDERS", maxNumAlgoOrders: 5 },
    { filterType: "MAX_NUM_ORDER_AMENDS", maxNumOrderAmends: 10 },
  ];
}
