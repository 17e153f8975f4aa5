import { z } from "zod";
import { Market, Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** An instrument with what its venue says of trading it; null is not known. */
export type TradedInstrument = z.infer<typeof TradedInstrumentRow>;

const TradedInstrumentRow = z.object({
  id: z.number(),
  symbol: z.string(),
  venue: Venue,
  market: Market,
  /** Step of the price, quote currency. */
  tickSize: z.number().nullable(),
  /** Step of the quantity, units. */
  lotSize: z.number().nullable(),
});

/** Instruments by id, as far as a workspace may see them; the others are absent. */
export async function tradedInstruments(
  client: Queryable,
  workspaceId: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, TradedInstrument>> {
  const { rows } = await client.query(
    `SELECT id, symbol, venue, market, tick_size::float8 AS "tickSize", lot_size::float8 AS "lotSize"
     FROM instrument WHERE id = ANY($2) AND (workspace_id IS NULL OR workspace_id = $1)`,
    [workspaceId, ids],
  );
  return new Map(rows.map((raw) => TradedInstrumentRow.parse(raw)).map((row) => [row.id, row]));
}
