import type { Queryable } from "./client.ts";
import { numberArray } from "./pg-array.ts";

/** Who writes an instrument's trades: the token grows with every change of hands. */
export type FeedLease = { readonly instrumentId: number; readonly token: number };

/** A lease that was just taken. `wasGivenUp`: nobody wanted the instrument before. */
export type ClaimedLease = FeedLease & { readonly wasGivenUp: boolean };

/** Holder of what nobody wanted any more. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Locked in the order of the fence, so that no two wait for each other. */
const OWN_LEASES = `
  SELECT l.instrument_id FROM feed_lease l
  JOIN unnest($2::int[], $3::bigint[]) AS given (instrument_id, token)
    ON l.instrument_id = given.instrument_id AND l.token = given.token
  WHERE l.holder = $1 ORDER BY l.instrument_id FOR UPDATE OF l`;

const LEASE = `instrument_id AS "instrumentId", token::float8 AS token`;

/**
 * Keeps the leases of a holder for another while. One that is not in the answer was lost.
 *
 * @param leaseMs from now
 */
export async function renewLeases(
  client: Queryable,
  holder: string,
  leases: readonly FeedLease[],
  leaseMs: number,
): Promise<FeedLease[]> {
  const { rows } = await client.query<FeedLease>(
    `WITH mine AS (${OWN_LEASES})
     UPDATE feed_lease l SET expires_at = clock_timestamp() + $4 * interval '1 millisecond'
     FROM mine WHERE l.instrument_id = mine.instrument_id
     RETURNING l.instrument_id AS "instrumentId", l.token::float8 AS token`,
    [holder, ...leaseArrays(leases), leaseMs],
  );
  return rows;
}

/**
 * Takes instruments that nobody holds.
 *
 * @param instrumentIds in order of preference
 * @param countMax at most so many
 */
export async function claimLeases(
  client: Queryable,
  holder: string,
  instrumentIds: readonly number[],
  options: { readonly leaseMs: number; readonly countMax: number },
): Promise<ClaimedLease[]> {
  const { rows: free } = await client.query<{ id: number; wasGivenUp: boolean }>(
    `SELECT w.id, coalesce(l.holder = '${NOBODY}', false) AS "wasGivenUp" FROM unnest($1::int[]) WITH ORDINALITY AS w (id, place)
     LEFT JOIN feed_lease l ON l.instrument_id = w.id
     WHERE l.instrument_id IS NULL OR l.expires_at <= clock_timestamp()
     ORDER BY w.place LIMIT $2`,
    [numberArray(instrumentIds), options.countMax],
  );
  if (free.length === 0) return [];
  // In the order of ids, so that two who claim the same ones wait for each other in the same order.
  const { rows } = await client.query<FeedLease>(
    `INSERT INTO feed_lease AS l (instrument_id, holder, token, expires_at)
     SELECT id, $1, 1, clock_timestamp() + $3 * interval '1 millisecond'
     FROM unnest($2::int[]) AS w (id) ORDER BY id
     ON CONFLICT (instrument_id) DO UPDATE SET holder = excluded.holder, token = l.token + 1,
       expires_at = excluded.expires_at
     WHERE l.expires_at <= clock_timestamp()
     RETURNING ${LEASE}`,
    [holder, numberArray(free.map(({ id }) => id)), options.leaseMs],
  );
  const givenUp = new Set(free.filter((one) => one.wasGivenUp).map(({ id }) => id));
  return rows.map((lease) => ({ ...lease, wasGivenUp: givenUp.has(lease.instrumentId) }));
}

/**
 * Gives leases back at once. The rows stay, because their tokens must grow on.
 *
 * @param reason "unwanted": nobody is to go on with them
 */
export async function releaseLeases(
  client: Queryable,
  holder: string,
  leases: readonly FeedLease[],
  reason: "unwanted" | "for-others",
): Promise<void> {
  await client.query(
    `WITH mine AS (${OWN_LEASES})
     UPDATE feed_lease l SET expires_at = clock_timestamp(), holder = coalesce($4, l.holder)
     FROM mine WHERE l.instrument_id = mine.instrument_id`,
    [holder, ...leaseArrays(leases), reason === "unwanted" ? NOBODY : null],
  );
}

/**
 * The fence: which of these leases are still the newest. They cannot change hands before the
 * transaction ends.
 *
 * @returns instrument ids
 */
export async function fencedInstruments(
  client: Queryable,
  leases: readonly FeedLease[],
): Promise<Set<number>> {
  const { rows } = await client.query<{ id: number }>({
    name: "fenced-instruments",
    text: `SELECT l.instrument_id AS id FROM feed_lease l
      JOIN unnest($1::int[], $2::bigint[]) AS mine (instrument_id, token)
        ON l.instrument_id = mine.instrument_id AND l.token = mine.token
      ORDER BY l.instrument_id FOR SHARE OF l`,
    values: leaseArrays(leases),
  });
  return new Set(rows.map(({ id }) => id));
}

function leaseArrays(leases: readonly FeedLease[]): [string, string] {
  return [
    numberArray(leases.map(({ instrumentId }) => instrumentId)),
    numberArray(leases.map(({ token }) => token)),
  ];
}
