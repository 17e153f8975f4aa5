import { z } from "zod";
import { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

const LiveVenue = z.object({ venue: Venue });

/**
 * The venue that live data comes from: that of the feed heard of last, else the one whose instruments were
 * listed last; null before the first feed has run.
 */
export async function liveVenue(client: Queryable): Promise<Venue | null> {
  const { rows } = await client.query(
    `(SELECT status ->> 'venue' AS venue, 1 AS rank FROM feed_status ORDER BY updated_at DESC LIMIT 1)
     UNION ALL
     (SELECT venue, 2 FROM instrument WHERE workspace_id IS NULL AND market <> ''
      ORDER BY created_at DESC, id DESC LIMIT 1)
     ORDER BY rank LIMIT 1`,
  );
  const [row] = rows;
  return row === undefined ? null : LiveVenue.parse(row).venue;
}
