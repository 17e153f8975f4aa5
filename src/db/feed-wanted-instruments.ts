import { z } from "zod";
import type { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** An instrument whose trades somebody wants. */
export type WantedInstrument = {
  readonly id: number;
  readonly market: "spot" | "usdm";
  readonly symbol: string;
  readonly status: "trading" | "halted" | "delisted";
};

const WantedRow = z.object({
  id: z.number(),
  market: z.enum(["spot", "usdm"]),
  symbol: z.string(),
  status: z.enum(["trading", "halted", "delisted"]),
});

/**
 * The instruments of a venue that are to be followed: legs of watched pairs and of enabled alert rules,
 * instruments of enabled rules and of universes, and fixed ones.
 *
 * @param fixed "spot:BTCUSDT"
 * @returns by id
 */
export async function wantedInstruments(
  client: Queryable,
  venue: Venue,
  fixed: readonly string[],
): Promise<WantedInstrument[]> {
  const { rows } = await client.query(
    `WITH pairs AS (
       SELECT live_pair_id AS id FROM watched_pair WHERE retired_at IS NULL
       UNION
       SELECT live_pair_id FROM alert_rule
       WHERE live_pair_id IS NOT NULL AND is_enabled AND deleted_at IS NULL),
     wanted AS (
       SELECT p.instrument_y AS id FROM live_pair p JOIN pairs USING (id)
       UNION SELECT p.instrument_x FROM live_pair p JOIN pairs USING (id)
       UNION SELECT instrument_id FROM alert_rule WHERE is_enabled AND deleted_at IS NULL
       UNION SELECT unnest(instrument_ids) FROM universe WHERE deleted_at IS NULL
       UNION SELECT id FROM instrument
         WHERE workspace_id IS NULL AND venue = $1 AND market || ':' || symbol = ANY($2))
     SELECT i.id, i.market, i.symbol, i.status FROM instrument i JOIN wanted USING (id)
     WHERE i.workspace_id IS NULL AND i.venue = $1 ORDER BY i.id`,
    [venue, fixed],
  );
  return rows.map((row) => WantedRow.parse(row));
}
