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

/** Instruments of a venue that one workspace may have followed. */
export type FollowLimits = { readonly workspaceMax: number; readonly guestMax: number };

const WantedRow = z.object({
  id: z.number(),
  market: z.enum(["spot", "usdm"]),
  symbol: z.string(),
  status: z.enum(["trading", "halted", "delisted"]),
  isFollowed: z.boolean(),
});

/**
 * The instruments of a venue that somebody wants followed: legs of watched pairs and of enabled alert rules,
 * instruments of enabled rules and of universes, and fixed ones.
 *
 * A workspace may have so many followed, because every process of the feed bears all of them: first those of watched
 * pairs and of rules, then those of universes, in both what was there earlier. What is beyond is not followed unless
 * another workspace has it within its own, or it is fixed.
 *
 * @param options.fixed "spot:BTCUSDT"
 * @returns `beyond`: wanted and not followed; both by id
 */
export async function wantedInstruments(
  client: Queryable,
  venue: Venue,
  options: { readonly fixed: readonly string[]; readonly limits: FollowLimits },
): Promise<{ readonly followed: WantedInstrument[]; readonly beyond: WantedInstrument[] }> {
  const { fixed, limits } = options;
  const { rows } = await client.query(
    `WITH pairs AS (
       SELECT workspace_id, live_pair_id AS id, created_at FROM watched_pair
       WHERE retired_at IS NULL
       UNION ALL
       SELECT workspace_id, live_pair_id, created_at FROM alert_rule
       WHERE live_pair_id IS NOT NULL AND is_enabled AND deleted_at IS NULL),
     wishes AS (
       SELECT workspace_id, p.instrument_y AS id, 1 AS rank, pairs.created_at
       FROM pairs JOIN live_pair p USING (id)
       UNION ALL
       SELECT workspace_id, p.instrument_x, 1, pairs.created_at
       FROM pairs JOIN live_pair p USING (id)
       UNION ALL
       SELECT workspace_id, instrument_id, 1, created_at FROM alert_rule
       WHERE is_enabled AND deleted_at IS NULL
       UNION ALL
       SELECT workspace_id, unnest(instrument_ids), 2, created_at FROM universe
       WHERE deleted_at IS NULL),
     first_wishes AS (
       SELECT DISTINCT ON (w.workspace_id, w.id) w.workspace_id, w.id, w.rank, w.created_at
       FROM wishes w JOIN instrument i ON i.id = w.id
       WHERE i.workspace_id IS NULL AND i.venue = $1
       ORDER BY w.workspace_id, w.id, w.rank, w.created_at),
     placed AS (
       SELECT workspace_id, id, row_number() OVER (
         PARTITION BY workspace_id ORDER BY rank, created_at, id) AS place
       FROM first_wishes),
     wanted AS (
       SELECT p.id, place <= CASE WHEN w.expires_at IS NULL THEN $3::int ELSE $4::int END AS is_followed
       FROM placed p JOIN workspace w ON w.id = p.workspace_id
       UNION ALL
       SELECT id, true FROM instrument
       WHERE workspace_id IS NULL AND venue = $1 AND market || ':' || symbol = ANY($2))
     SELECT i.id, i.market, i.symbol, i.status, bool_or(is_followed) AS "isFollowed"
     FROM wanted JOIN instrument i USING (id) GROUP BY i.id ORDER BY i.id`,
    [venue, fixed, limits.workspaceMax, limits.guestMax],
  );
  const followed: WantedInstrument[] = [];
  const beyond: WantedInstrument[] = [];
  for (const row of rows) {
    const { isFollowed, ...instrument } = WantedRow.parse(row);
    (isFollowed ? followed : beyond).push(instrument);
  }
  return { followed, beyond };
}
