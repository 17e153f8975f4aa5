import type { Listing } from "../exchange.ts";
import { DAY_MS, MINUTE_MS } from "../market/calendar.ts";
import { statisticsTexts, windowStatistics } from "../market/statistics.ts";
import { ApiError } from "./api-error.ts";
import type { Query } from "./query.ts";
import type { RouteRequest } from "./route.ts";

/** Weight that depends on how many symbols are asked for; none named means all. */
export function symbolWeight(one: number, several: (count: number) => number) {
  return (query: Query): number => {
    if (query.text("symbol") !== undefined) return one;
    const named = query.text("symbols")?.split(",").length;
    return several(named ?? Number.POSITIVE_INFINITY);
  };
}

/** Spot's weight of ticker/24hr: 2 up to 20 symbols, 40 up to 100, else 80. */
export const DAY_TICKER_WEIGHT = symbolWeight(2, (count) => {
  if (count <= 20) return 2;
  return count <= 100 ? 40 : 80;
});

/** One object for one symbol, an array for several or all. */
export function perSymbol(
  request: RouteRequest,
  market: Listing["plan"]["market"],
  answer: (listing: Listing) => unknown,
): unknown {
  const { query, exchange } = request;
  const listings = query.listings(exchange, market) ?? exchange.listed(market);
  const rows = listings.map(answer).filter((row) => row !== null);
  return query.text("symbol") === undefined ? rows : (rows[0] ?? {});
}

/** GET ticker/24hr. */
export function dayTicker(request: RouteRequest, listing: Listing): unknown {
  const { exchange, query, timeFactor } = request;
  const { plan, text, book } = listing;
  const type = query.text("type") ?? "FULL";
  if (type !== "FULL" && type !== "MINI") throw new ApiError(400, -1139, "Invalid ticker type.");
  const nowMs = exchange.clock.nowMs();
  const statistics = windowStatistics(listing, DAY_MS, nowMs);
  if (statistics === null) return null;
  const { bar, rawFirst, rawLast } = statistics;
  const totals = {
    openPrice: text.price(bar.open),
    highPrice: text.price(bar.high),
    lowPrice: text.price(bar.low),
    volume: text.quantity(bar.lots),
    quoteVolume: text.quote(bar.quote),
    openTime: statistics.openMs * timeFactor,
    closeTime: statistics.closeMs * timeFactor,
    firstId: rawFirst,
    lastId: rawLast,
    count: rawLast - rawFirst + 1,
  };
  const lastPrice = text.price(bar.close);
  if (type === "MINI") return { symbol: plan.symbol, lastPrice, ...totals };
  const { priceChange, priceChangePercent, weightedAveragePrice } = statisticsTexts(
    listing,
    statistics,
  );
  const full = {
    symbol: plan.symbol,
    priceChange,
    priceChangePercent,
    weightedAvgPrice: weightedAveragePrice,
    lastPrice,
    lastQty: text.quantity(statistics.lastLots),
    ...totals,
  };
  if (plan.market === "usdm") return full;
  const { bids, asks } = book.at(book.slotAt(nowMs));
  return {
    ...full,
    prevClosePrice: text.price(statistics.previousPrice),
    bidPrice: text.price(bids[0]?.[0] ?? 0),
    bidQty: text.quantity(bids[0]?.[1] ?? 0),
    askPrice: text.price(asks[0]?.[0] ?? 0),
    askQty: text.quantity(asks[0]?.[1] ?? 0),
  };
}

/** GET ticker/price. */
export function priceTicker({ exchange, timeFactor }: RouteRequest, listing: Listing): unknown {
  const { plan, text } = listing;
  const nowMs = exchange.clock.nowMs();
  const statistics = windowStatistics(listing, DAY_MS, nowMs);
  if (statistics === null) return null;
  const price = text.price(statistics.bar.close);
  const row = { symbol: plan.symbol, price };
  return plan.market === "spot" ? row : { ...row, time: nowMs * timeFactor };
}

/** GET ticker/bookTicker. */
export function bookTicker({ exchange, timeFactor }: RouteRequest, listing: Listing): unknown {
  const { plan, text, book } = listing;
  const nowMs = exchange.clock.nowMs();
  const { lastUpdateId, bids, asks } = book.at(book.slotAt(nowMs));
  const row = {
    symbol: plan.symbol,
    bidPrice: text.price(bids[0]?.[0] ?? 0),
    bidQty: text.quantity(bids[0]?.[1] ?? 0),
    askPrice: text.price(asks[0]?.[0] ?? 0),
    askQty: text.quantity(asks[0]?.[1] ?? 0),
  };
  return plan.market === "spot" ? row : { ...row, time: nowMs * timeFactor, lastUpdateId };
}

/** GET avgPrice: the average of the last five minutes, weighted by volume. */
export function averagePrice({ exchange, timeFactor }: RouteRequest, listing: Listing): unknown {
  const nowMs = exchange.clock.nowMs();
  const statistics =
    windowStatistics(listing, 5 * MINUTE_MS, nowMs) ?? windowStatistics(listing, DAY_MS, nowMs);
  if (statistics === null) return { mins: 5, price: "0.00000000", closeTime: nowMs * timeFactor };
  return {
    mins: 5,
    price: statisticsTexts(listing, statistics).weightedAveragePrice,
    closeTime: statistics.closeMs * timeFactor,
  };
}
