import type { Listing } from "../exchange.ts";
import type { RouteRequest } from "./route.ts";

/** Perpetuals have no delivery; the venue says so with a date in 2100. */
const NO_DELIVERY_MS = 4_133_404_800_000;

/** GET /fapi/v1/exchangeInfo. */
export function futuresExchangeInfo(
  { exchange, timeFactor }: RouteRequest,
  weightPerMinute: number,
): unknown {
  return {
    timezone: "UTC",
    serverTime: exchange.clock.saidMs() * timeFactor,
    futuresType: "U_MARGINED",
    rateLimits: [
      {
        rateLimitType: "REQUEST_WEIGHT",
        interval: "MINUTE",
        intervalNum: 1,
        limit: weightPerMinute,
      },
      { rateLimitType: "ORDERS", interval: "MINUTE", intervalNum: 1, limit: 1_200 },
      { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: 300 },
    ],
    exchangeFilters: [],
    assets: [{ asset: "USDT", marginAvailable: true, autoAssetExchange: "-10000" }],
    symbols: exchange.listed("usdm").map(futuresSymbol),
  };
}

function futuresSymbol(listing: Listing): unknown {
  const { plan, status, tape } = listing;
  return {
    symbol: plan.symbol,
    pair: plan.symbol,
    contractType: "PERPETUAL",
    deliveryDate: NO_DELIVERY_MS,
    onboardDate: tape.startMs,
    status,
    maintMarginPercent: "2.5000",
    requiredMarginPercent: "5.0000",
    baseAsset: plan.baseAsset,
    quoteAsset: plan.quoteAsset,
    marginAsset: plan.quoteAsset,
    pricePrecision: plan.priceDecimals,
    quantityPrecision: plan.quantityDecimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: "COIN",
    underlyingSubType: [],
    triggerProtect: "0.0500",
    liquidationFee: "0.012500",
    marketTakeBound: "0.05",
    maxMoveOrderLimit: 10_000,
    filters: futuresFilters(listing),
    orderTypes: ["LIMIT", "MARKET"],
    timeInForce: ["GTC", "IOC", "FOK", "GTX", "GTD"],
  };
}

function futuresFilters({ filters, text }: Listing): unknown[] {
  const { tickSize, stepSize, minQty, minNotional } = filters;
  return [
    { filterType: "PRICE_FILTER", minPrice: tickSize, maxPrice: text.price(1e9), tickSize },
    { filterType: "LOT_SIZE", minQty, maxQty: text.quantity(1e9), stepSize },
    { filterType: "MARKET_LOT_SIZE", minQty, maxQty: text.quantity(1e7), stepSize },
    { filterType: "MAX_NUM_ORDERS", limit: 200 },
    { filterType: "MAX_NUM_ALGO_ORDERS", limit: 10 },
    { filterType: "MIN_NOTIONAL", notional: minNotional },
    {
      filterType: "PERCENT_PRICE",
      multiplierUp: "1.0500",
      multiplierDown: "0.9500",
      multiplierDecimal: "4",
    },
  ];
}
