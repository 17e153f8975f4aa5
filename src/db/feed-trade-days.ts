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
});

/**
 * The proof by symbol and UTC day, newest day first: ids from the first to the last, and whether as many
 * trades are stored as there are ids.
 */
export async function tradeDayProofs(
  client: Queryable,
  venue: z.infer<typeof Venue>,
  filter: { readonly instrumentId?: number | undefined; readonly limit: number },
): Promise<TradeDayProof[]> {
  const { rows } = await client.query(
    `SELECT d.instrument_id AS "instrumentId", i.symbol, i.market, i.venue,
       d.day_ms::float8 AS "dayMs", d.first_id::float8 AS "firstId", d.last_id::float8 AS "lastId",
       d.trade_count::float8 AS "tradeCount", d.backfilled_count::float8 AS "backfilledCount"
     FROM trade_day d JOIN instrument i ON i.id = d.instrument_id
     WHERE i.venue = $1 AND i.workspace_id IS NULL AND ($2::int IS NULL OR i.id = $2)
     ORDER BY d.day_ms DESC, i.symbol, i.market LIMIT $3`,
    [venue, filter.instrumentId ?? null, filter.limit],
  );
  return rows.map((raw) => {
    const row = ProofRow.parse(raw);
    const missingCount = row.lastId - row.firstId + 1 - row.tradeCount;
    return TradeDayProof.parse({ ...row, missingCount, isComplete: missingCount === 0 });
  });
}
