import type { Queryable } from "./client.ts";
import { numberArray } from "./pg-array.ts";

/**
 * How far a symbol's trades have come. Every id from `firstId` to `lastId` is stored or in the ledger of
 * gaps; every bar of a second that ends until `barsUntilMs` is stored.
 */
export type FeedCursor = {
  readonly firstId: number;
  readonly firstTradeTimeMs: number;
  readonly lastId: number;
  /** Last raw trade of the trade `lastId`; 0 when it is not known, because that trade is missing. */
  readonly lastRawId: number;
  readonly lastTradeTimeMs: number;
  readonly barsUntilMs: number;
};

/** Cursor of an instrument; null when nothing of it was ever stored. */
export async function feedCursor(
  client: Queryable,
  instrumentId: number,
): Promise<FeedCursor | null> {
  const { rows } = await client.query<FeedCursor>(
    `SELECT first_id::float8 AS "firstId", first_trade_time_ms::float8 AS "firstTradeTimeMs",
       last_id::float8 AS "lastId", last_raw_id::float8 AS "lastRawId",
       last_trade_time_ms::float8 AS "lastTradeTimeMs", bars_until_ms::float8 AS "barsUntilMs"
     FROM feed_cursor WHERE instrument_id = $1`,
    [instrumentId],
  );
  return rows[0] ?? null;
}

/** Stores how far instruments have come. */
export async function saveFeedCursors(
  client: Queryable,
  cursors: ReadonlyMap<number, FeedCursor>,
): Promise<void> {
  const all = [...cursors.values()];
  await client.query({
    name: "save-feed-cursors",
    text: `INSERT INTO feed_cursor (instrument_id, first_id, first_trade_time_ms, last_id,
        last_raw_id, last_trade_time_ms, bars_until_ms, updated_at)
      SELECT *, now() FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
        $6::bigint[], $7::bigint[])
      ON CONFLICT (instrument_id) DO UPDATE SET last_id = excluded.last_id,
        last_raw_id = excluded.last_raw_id, last_trade_time_ms = excluded.last_trade_time_ms,
        bars_until_ms = excluded.bars_until_ms, updated_at = now()`,
    values: [
      numberArray([...cursors.keys()]),
      numberArray(all.map((cursor) => cursor.firstId)),
      numberArray(all.map((cursor) => cursor.firstTradeTimeMs)),
      numberArray(all.map((cursor) => cursor.lastId)),
      numberArray(all.map((cursor) => cursor.lastRawId)),
      numberArray(all.map((cursor) => cursor.lastTradeTimeMs)),
      numberArray(all.map((cursor) => cursor.barsUntilMs)),
    ],
  });
}
