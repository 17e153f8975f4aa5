import { FeedStatus } from "#contracts/feed.ts";
import type { Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";

/** Stores what a feed process says of itself: this is also how others know that it lives. */
export async function saveFeedStatus(client: Queryable, status: FeedStatus): Promise<void> {
  await client.query({
    name: "save-feed-status",
    text: `INSERT INTO feed_status (holder, status, updated_at) VALUES ($1, $2, clock_timestamp())
      ON CONFLICT (holder) DO UPDATE SET status = excluded.status, updated_at = clock_timestamp()`,
    values: [status.holder, JSON.stringify(status)],
  });
}

/** A feed process has stopped by itself. */
export async function removeFeedStatus(client: Queryable, holder: string): Promise<void> {
  await client.query("DELETE FROM feed_status WHERE holder = $1", [holder]);
}

/** Feed processes that were heard of lately, by holder. */
export async function liveFeedStatuses(client: Queryable, withinMs: number): Promise<FeedStatus[]> {
  const { rows } = await client.query<{ status: unknown }>(
    `SELECT status FROM feed_status
     WHERE updated_at > clock_timestamp() - $1 * interval '1 millisecond' ORDER BY holder`,
    [withinMs],
  );
  return rows.map(({ status }) => FeedStatus.parse(status));
}

/** Feed processes of a venue that were heard of lately. */
export async function liveFeedHolders(
  client: Queryable,
  venue: Venue,
  withinMs: number,
): Promise<string[]> {
  const { rows } = await client.query<{ holder: string }>(
    `SELECT holder FROM feed_status WHERE status ->> 'venue' = $1
       AND updated_at > clock_timestamp() - $2 * interval '1 millisecond' ORDER BY holder`,
    [venue, withinMs],
  );
  return rows.map(({ holder }) => holder);
}

/** Until when the venue wants no calls at a market, as far as any process was told; null: no ban. UTC ms. */
export async function venueBanUntilMs(
  client: Queryable,
  venue: Venue,
  market: string,
): Promise<number | null> {
  const { rows } = await client.query<{ untilMs: number | null }>(
    `SELECT max((w ->> 'bannedUntilMs')::float8) AS "untilMs"
     FROM feed_status, jsonb_array_elements(status -> 'weights') AS w
     WHERE status ->> 'venue' = $1 AND w ->> 'market' = $2`,
    [venue, market],
  );
  return rows[0]?.untilMs ?? null;
}

/** Forgets processes that were not heard of for ten minutes. */
export async function forgetDeadFeeds(client: Queryable): Promise<void> {
  await client.query("DELETE FROM feed_status WHERE updated_at < now() - interval '10 minutes'");
}
