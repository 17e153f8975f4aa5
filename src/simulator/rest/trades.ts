import type { Listing } from "../exchange.ts";
import { HOUR_MS } from "../market/calendar.ts";
import { TradeColumns } from "../market/trade-columns.ts";
import { type RawTrade, rawTrades } from "../wire/raw-trade-text.ts";
import { ApiError, BAD_COMBINATION } from "./api-error.ts";
import type { RouteRequest } from "./route.ts";

/**
 * Aggregated trades of a request. `fromId` is inclusive; `startTime` alone gives the oldest from there,
 * `endTime` alone the newest up to it, neither the newest of all.
 *
 * Futures refuse spans over an hour and `fromId` together with a time.
 */
export function aggregatedTrades(request: RouteRequest, listing: Listing): TradeColumns {
  const { query, exchange } = request;
  const { tape, plan } = listing;
  const limit = query.limit(500, 1_000);
  const nowMs = exchange.clock.nowMs();
  const fromId = query.integer("fromId");
  const startMs = query.time("startTime");
  const endTime = query.time("endTime");
  if (fromId !== undefined && (startMs !== undefined || endTime !== undefined)) {
    throw BAD_COMBINATION;
  }
  const isLong = (endTime ?? 0) - (startMs ?? Number.POSITIVE_INFINITY) > HOUR_MS;
  if (plan.market === "usdm" && isLong) {
    throw new ApiError(400, -1127, "More than 1 hours between startTime and endTime.");
  }
  // endTime is inclusive; the current millisecond is not over yet.
  const endMs = Math.min((endTime ?? nowMs) + 1, nowMs);
  const trades = new TradeColumns();
  if (fromId !== undefined) tape.collectFrom(fromId, limit, nowMs, trades);
  else if (startMs !== undefined) {
    if (startMs < endMs) tape.collectFrom(tape.firstIdAt(startMs), limit, endMs, trades);
  } else {
    const endId = tape.firstIdAt(endMs);
    tape.collectFrom(Math.max(tape.oldestId, endId - limit), limit, endMs, trades);
  }
  return trades;
}

export function aggregatedTradeRows(
  { plan, tape, text }: Listing,
  trades: TradeColumns,
  timeFactor: 1 | 1000,
): unknown[] {
  return Array.from({ length: trades.count }, (_, i) => {
    const id = trades.firstId + i;
    const row = {
      a: id,
      p: text.price(trades.priceTicks[i] ?? 0),
      q: text.quantity(trades.lots[i] ?? 0),
      f: tape.rawFirst(id),
      l: tape.rawLast(id),
      T: (trades.timeMs[i] ?? 0) * timeFactor,
      m: trades.isSell[i] === 1,
    };
    return plan.market === "spot" ? { ...row, M: true } : row;
  });
}

/** The newest raw trades, or those from an id on. */
export function recentRawTrades(
  request: RouteRequest,
  { listing, mayChooseId }: { readonly listing: Listing; readonly mayChooseId: boolean },
): RawTrade[] {
  const { query, exchange } = request;
  const { tape } = listing;
  const limit = query.limit(500, 1_000);
  const nowMs = exchange.clock.nowMs();
  const fromId = mayChooseId ? query.integer("fromId") : undefined;
  const endId = tape.firstIdAt(nowMs);
  if (endId <= tape.oldestId) return [];
  const newest = tape.rawLast(endId - 1);
  const first = Math.max(tape.rawFirst(tape.oldestId), fromId ?? newest - limit + 1);
  if (first > newest) return [];
  const trades = new TradeColumns();
  tape.collectFrom(tape.aggregateOf(first), limit, nowMs, trades);
  return rawTrades(listing, trades)
    .filter(({ id }) => id >= first)
    .slice(0, limit);
}

export function rawTradeRows(
  { plan, text }: Listing,
  trades: readonly RawTrade[],
  timeFactor: 1 | 1000,
): unknown[] {
  return trades.map(({ id, priceTicks, lots, timeMs, isSell }) => {
    const row = {
      id,
      price: text.price(priceTicks),
      qty: text.quantity(lots),
      quoteQty: text.quote(BigInt(priceTicks) * BigInt(lots)),
      time: timeMs * timeFactor,
      isBuyerMaker: isSell,
    };
    return plan.market === "spot" ? { ...row, isBestMatch: true } : row;
  });
}
