import { FeedStatus } from "#contracts/feed.ts";
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

/** Forgets processes that were not heard of for ten minutes. */
export async function forgetDeadFeeds(client: Queryable): Promise<void> {
  await client.query("DELETE FROM feed_status WHERE updated_at < now() - interval '10 minutes'");
}
