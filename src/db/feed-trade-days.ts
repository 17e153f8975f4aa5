import { z } from "zod";
import { TradeDayProof } from "#contracts/feed.ts";
import { Market, Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

const ProofRow = z.object({
  instrumentId: z.number(),
  symbol: z.string(),
  market: Market,
  venue: Venue,
  dayMs: z.number(),
  firstId: z.number(),
  lastId: z.number(),
  tradeCount: z.number(),
  backfilledCount: z.number(),
  missingWithin: z.number(),
  missingBefore: z.number(),
  missingAfter: z.number(),
  hasGap: z.boolean(),
});

/**
 * The proof by symbol and UTC day, newest day first. A day is complete when as many trades are stored as
 * there are ids from its first to its last, when these ids join those of the days before and after (and
 * the feed's cursor, at both ends), and when no gap of the ledger that reaches into it is open.
 *
 * Ids that are missing over midnight may be of either day and count in both. A day of which nothing is
 * stored at all is shown when ids are missing over it, with those ids.
 */
export async function tradeDayProofs(
  client: Queryable,
  venue: z.infer<typeof Venue>,
  filter: { readonly instrumentId?: number | undefined; readonly limit: number },
): Promise<TradeDayProof[]> {
  const { rows } = await client.query(
    `WITH newest AS (
       SELECT d.*, i.symbol, i.market, i.venue
       FROM trade_day d JOIN instrument i ON i.id = d.instrument_id
       WHERE i.venue = $1 AND i.workspace_id IS NULL AND ($2::int IS NULL OR i.id = $2)
       ORDER BY d.day_ms DESC, i.symbol, i.market LIMIT $3),
     joined AS (
       SELECT n.*, before.day_ms AS day_before_ms,
         coalesce(before.last_id + 1, least(c.first_id, n.first_id)) AS from_id,
         coalesce(after.first_id - 1, greatest(c.last_id, n.last_id)) AS to_id,
         after.day_ms IS NULL AS is_newest
       FROM newest n LEFT JOIN feed_cursor c ON c.instrument_id = n.instrument_id
       LEFT JOIN LATERAL (
         SELECT day_ms, last_id FROM trade_day
         WHERE instrument_id = n.instrument_id AND day_ms < n.day_ms
         ORDER BY day_ms DESC LIMIT 1) before ON true
       LEFT JOIN LATERAL (
         SELECT day_ms, first_id FROM trade_day
         WHERE instrument_id = n.instrument_id AND day_ms > n.day_ms
         ORDER BY day_ms LIMIT 1) after ON true),
     proof AS (
       SELECT instrument_id, symbol, market, venue, day_ms, first_id, last_id, trade_count,
         backfilled_count, last_id - first_id + 1 - trade_count AS within,
         greatest(first_id - from_id, 0) AS before, greatest(to_id - last_id, 0) AS after,
         EXISTS (SELECT FROM feed_gap g WHERE g.instrument_id = j.instrument_id
           AND g.state <> 'filled' AND g.cause <> 'raw-id-break'
           AND g.to_id >= j.from_id AND (g.from_id <= j.to_id OR j.is_newest)) AS has_gap
       FROM joined j
       UNION ALL
       SELECT instrument_id, symbol, market, venue, empty_ms, from_id, first_id - 1, 0,
         0, first_id - from_id, 0, 0, true
       FROM joined, generate_series(day_before_ms + 86400000, day_ms - 86400000, 86400000) empty_ms
       WHERE first_id > from_id)
     SELECT instrument_id AS "instrumentId", symbol, market, venue, day_ms::float8 AS "dayMs",
       first_id::float8 AS "firstId", last_id::float8 AS "lastId",
       trade_count::float8 AS "tradeCount", backfilled_count::float8 AS "backfilledCount",
       within::float8 AS "missingWithin", before::float8 AS "missingBefore",
       after::float8 AS "missingAfter", has_gap AS "hasGap"
     FROM proof ORDER BY day_ms DESC, symbol, market LIMIT $3`,
    [venue, filter.instrumentId ?? null, filter.limit],
  );
  return rows.map((raw) => {
    const row = ProofRow.parse(raw);
    const { missingWithin, missingBefore, missingAfter, hasGap } = row;
    const missingCount = Math.max(0, missingWithin) + missingBefore + missingAfter;
    // More rows than ids are no proof either.
    const isComplete = missingCount === 0 && missingWithin === 0 && !hasGap;
    return TradeDayProof.parse({ ...row, missingCount, isComplete });
  });
}
