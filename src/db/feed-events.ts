import { FeedEvent } from "#contracts/feed.ts";
import type { Queryable } from "./client.ts";

/** Something that happened to a feed. `message` is for people; `detail` what programs may want of it. */
export type NewFeedEvent = {
  readonly holder: string;
  readonly instrumentId: number | null;
  readonly kind: string;
  readonly message: string;
  readonly happenedAtMs: number;
};

/** Stores events in the order given. */
export async function addFeedEvents(
  client: Queryable,
  events: readonly NewFeedEvent[],
): Promise<void> {
  await client.query(
    `INSERT INTO feed_event (holder, instrument_id, kind, detail, happened_at)
     SELECT holder, instrument_id, kind, jsonb_build_object('message', message),
       to_timestamp(at_ms / 1000.0)
     FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::float8[])
       WITH ORDINALITY AS e (holder, instrument_id, kind, message, at_ms, place) ORDER BY place`,
    [
      events.map((event) => event.holder),
      events.map((event) => event.instrumentId),
      events.map((event) => event.kind),
      events.map((event) => event.message),
      events.map((event) => event.happenedAtMs),
    ],
  );
}

/** Events of every feed, newest first. */
export async function listFeedEvents(
  client: Queryable,
  filter: { readonly instrumentId?: number | undefined; readonly limit: number },
): Promise<FeedEvent[]> {
  const { rows } = await client.query(
    `SELECT e.id::float8 AS id, e.kind, i.symbol, coalesce(e.detail ->> 'message', '') AS message,
       (extract(epoch FROM e.happened_at) * 1000)::float8 AS "happenedAtMs"
     FROM feed_event e LEFT JOIN instrument i ON i.id = e.instrument_id
     WHERE $1::int IS NULL OR e.instrument_id = $1
     ORDER BY e.id DESC LIMIT $2`,
    [filter.instrumentId ?? null, filter.limit],
  );
  return rows.map((row) => FeedEvent.parse(row));
}

/** Forgets events that are older. @returns how many there were */
export async function forgetFeedEvents(client: Queryable, olderThanDays: number): Promise<number> {
  const { rowCount } = await client.query(
    "DELETE FROM feed_event WHERE happened_at < now() - $1 * interval '1 day'",
    [olderThanDays],
  );
  return rowCount ?? 0;
}
