import { LiveSnapshot } from "#contracts/live-message.ts";
import type { Queryable } from "./client.ts";
import { numberArray } from "./pg-array.ts";

/** Pairs in one statement: their ids must fit into one notification. */
export const SNAPSHOTS_AT_ONCE_MAX = 200;

/** A snapshot with the proof that its pair is ours. */
export type OwnSnapshot = { readonly snapshot: LiveSnapshot; readonly token: number };

/**
 * Stores snapshots and tells the listeners of pairdesk_live, in one statement. One whose pair has another
 * holder by now, or of which a newer one is stored, is left out.
 *
 * @param snapshots at most SNAPSHOTS_AT_ONCE_MAX, one a pair
 * @returns ids of the pairs whose snapshots were stored
 */
export async function storeSnapshots(
  client: Queryable,
  holder: string,
  snapshots: readonly OwnSnapshot[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: "store-live-snapshots",
    text: `WITH stored AS (
        INSERT INTO live_snapshot AS s (live_pair_id, seq, snapshot, updated_at)
        SELECT p.id, g.seq, g.snapshot::jsonb, clock_timestamp()
        FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[])
          AS g (id, token, seq, snapshot)
        JOIN live_pair p ON p.id = g.id AND p.token = g.token AND p.holder = $1
        ORDER BY p.id
        ON CONFLICT (live_pair_id) DO UPDATE SET seq = excluded.seq, snapshot = excluded.snapshot,
          updated_at = excluded.updated_at
        WHERE s.seq < excluded.seq
        RETURNING live_pair_id),
      told AS (
        SELECT pg_notify('pairdesk_live', string_agg(live_pair_id::text, ',')) FROM stored
        HAVING count(*) > 0)
      SELECT live_pair_id AS id FROM stored LEFT JOIN told ON true`,
    values: [
      holder,
      snapshots.map(({ snapshot }) => snapshot.livePairId),
      numberArray(snapshots.map(({ token }) => token)),
      numberArray(snapshots.map(({ snapshot }) => snapshot.seq)),
      snapshots.map(({ snapshot }) => JSON.stringify(snapshot)),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Whether nobody computes a live pair `p`: its lease ran out, and no other process has taken it. */
export const IS_ABANDONED = `
  coalesce(p.lease_expires_at < clock_timestamp() - interval '5 seconds', true)`;

/**
 * A stored snapshot as a reader is to see it: one that nobody keeps up any more does not pass for live.
 *
 * @returns null for one of an earlier version of the program, after which the next comes within a second
 */
export function shownSnapshot(stored: unknown, isAbandoned: boolean): LiveSnapshot | null {
  const { data: snapshot } = LiveSnapshot.safeParse(stored);
  if (snapshot === undefined) return null;
  if (!isAbandoned || snapshot.state === "halted") return snapshot;
  const reason = "No worker computes this pair at the moment";
  return { ...snapshot, state: "stale", stateReason: reason };
}

/** The newest snapshots of these pairs as readers are to see them; those without one are absent. */
export async function snapshotsOf(
  client: Queryable,
  livePairIds: readonly string[],
): Promise<LiveSnapshot[]> {
  const { rows } = await client.query<{ snapshot: unknown; isAbandoned: boolean }>({
    name: "live-snapshots",
    text: `SELECT s.snapshot, ${IS_ABANDONED} AS "isAbandoned"
      FROM live_snapshot s JOIN live_pair p ON p.id = s.live_pair_id
      WHERE s.live_pair_id = ANY($1::uuid[])`,
    values: [livePairIds],
  });
  return rows
    .map(({ snapshot, isAbandoned }) => shownSnapshot(snapshot, isAbandoned))
    .filter((snapshot) => snapshot !== null);
}

/** Number of a pair's newest snapshot; 0 when there is none. */
export async function latestSnapshotSeq(client: Queryable, livePairId: string): Promise<number> {
  const { rows } = await client.query<{ seq: number }>(
    "SELECT seq::float8 AS seq FROM live_snapshot WHERE live_pair_id = $1",
    [livePairId],
  );
  return rows[0]?.seq ?? 0;
}

/** Forgets snapshots of pairs that are gone. */
export async function forgetLostSnapshots(client: Queryable): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM live_snapshot s WHERE NOT EXISTS (SELECT FROM live_pair p WHERE p.id = s.live_pair_id)`,
  );
  return rowCount ?? 0;
}
