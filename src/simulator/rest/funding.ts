import type { Listing } from "../exchange.ts";
import { FUNDING_MS, fundingRateOf, markPriceAt } from "../market/mark-price.ts";
import type { RouteRequest } from "./route.ts";

/** GET /fapi/v1/premiumIndex. */
export function premiumIndex({ exchange, timeFactor }: RouteRequest, listing: Listing): unknown {
  const nowMs = exchange.clock.nowMs();
  const { mark, index, fundingRate, nextFundingMs } = markPriceAt(exchange, listing, nowMs);
  return {
    symbol: listing.plan.symbol,
    markPrice: mark,
    indexPrice: index,
    estimatedSettlePrice: index,
    lastFundingRate: fundingRate,
    interestRate: "0.00010000",
    nextFundingTime: nextFundingMs * timeFactor,
    time: nowMs * timeFactor,
  };
}

/** GET /fapi/v1/fundingRate: what was exchanged, oldest first. */
export function fundingRates(request: RouteRequest, listings: readonly Listing[]): unknown[] {
  const { exchange, query, timeFactor } = request;
  const limit = query.limit(100, 1_000);
  const nowMs = exchange.clock.nowMs();
  const startMs = query.time("startTime");
  const lastSpan = Math.floor(Math.min(query.time("endTime") ?? nowMs, nowMs) / FUNDING_MS);
  return listings.flatMap((listing) => {
    const oldest = Math.ceil(Math.max(startMs ?? 0, listing.tape.startMs) / FUNDING_MS);
    const first = startMs === undefined ? Math.max(oldest, lastSpan - limit + 1) : oldest;
    const count = Math.max(0, Math.min(limit, lastSpan - first + 1));
    return Array.from({ length: count }, (_, i) => {
      const fundingMs = (first + i) * FUNDING_MS;
      return {
        symbol: listing.plan.symbol,
        fundingTime: fundingMs * timeFactor,
        fundingRate: fundingRateOf(listing.plan.symbol, first + i - 1),
        markPrice: markPriceAt(exchange, listing, fundingMs).mark,
      };
    });
  });
}
