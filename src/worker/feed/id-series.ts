import type { FeedCursor } from "#db/feed-cursors.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { CallOptions, RestClient } from "../venues/rest-client.ts";

/** What is stored of a symbol: how far its trades have come, and the last of them, where it is known. */
export type StoredEnd = {
  readonly cursor: Pick<FeedCursor, "lastId" | "lastTradeTimeMs">;
  readonly last: VenueTrade | null;
};

/** The venue's REST may be so far behind its streams. */
const REST_LAG_MS = 60_000;

/**
 * Whether the venue's ids are of another series than the stored ones: a test exchange that was wiped, a simulated one
 * with another seed or rate, a recording. Ids alone do not show it, and trades of two series must not be mixed.
 *
 * @throws {VenueError} it could not be found out
 */
export async function isOtherSeries(
  rest: Pick<RestClient, "aggTrades">,
  symbol: string,
  { cursor, last }: StoredEnd,
  how: CallOptions,
): Promise<boolean> {
  const { lastId, lastTradeTimeMs } = cursor;
  const [said] = await rest.aggTrades(symbol, { fromId: lastId, limit: 1 }, how);
  if (said?.id === lastId) {
    // Where the last trade is not known, at least it is not older than the one before it.
    return last === null ? said.timeMs < lastTradeTimeMs - REST_LAG_MS : isOtherTrade(last, said);
  }
  const [newest] = await rest.aggTrades(symbol, { limit: 1 }, how);
  if (newest === undefined || newest.id >= lastId) return false;
  const behindMs = lastTradeTimeMs - newest.timeMs;
  return behindMs < 0 || behindMs > REST_LAG_MS;
}

/** A trade that was stored with one wrong value, which is corrected when it is found, is the same nevertheless. */
function isOtherTrade(stored: VenueTrade, said: VenueTrade): boolean {
  return (
    stored.timeMs !== said.timeMs &&
    (Number(stored.price) !== Number(said.price) ||
      Number(stored.quantity) !== Number(said.quantity) ||
      stored.lastTradeId !== said.lastTradeId)
  );
}
