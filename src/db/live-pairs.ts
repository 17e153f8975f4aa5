import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { type LivePairConfig, LiveSettings } from "#contracts/live-settings.ts";
import { Market, Venue } from "#contracts/market-data.ts";
import type { Queryable } from "./client.ts";
import { numberArray } from "./pg-array.ts";

/** A leg as a live pair's process needs it. */
export type LiveLegInstrument = {
  readonly id: number;
  readonly symbol: string;
  readonly venue: Venue;
  readonly market: Market;
};

/** A live pair that this process computes; `token` is its proof, which grows with each change of hands. */
export type LeasedLivePair = {
  readonly id: string;
  readonly token: number;
  readonly settings: LiveSettings;
  readonly legY: LiveLegInstrument;
  readonly legX: LiveLegInstrument;
};

/** Pairs that somebody wants computed: watched and not retired, or the subject of an alert rule. */
const IS_WANTED = `(
  EXISTS (SELECT FROM watched_pair w WHERE w.live_pair_id = p.id AND w.retired_at IS NULL)
  OR EXISTS (SELECT FROM alert_rule r
    WHERE r.live_pair_id = p.id AND r.is_enabled AND r.deleted_at IS NULL))`;

/** The row of a pair with these settings, made if need be. @returns its id */
export async function ensureLivePair(client: Queryable, config: LivePairConfig): Promise<string> {
  const hash = createHash("sha256").update(canonicalJson(config)).digest("hex");
  // DO UPDATE rather than DO NOTHING: it locks the row and returns it in either case.
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO live_pair (id, instrument_y, instrument_x, settings, config_hash)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (config_hash) DO UPDATE SET config_hash = excluded.config_hash RETURNING id`,
    [randomUUID(), config.instrumentY, config.instrumentX, JSON.stringify(config.settings), hash],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the upsert returns a row");
  return row.id;
}

const IS_UNUSED = `
  NOT EXISTS (SELECT FROM watched_pair w WHERE w.live_pair_id = p.id)
  AND NOT EXISTS (SELECT FROM alert_rule r WHERE r.live_pair_id = p.id AND r.deleted_at IS NULL)`;

/** Forgets pairs that nobody watches and no alert rule is about. Part of a transaction. @returns how many */
export async function forgetUnusedLivePairs(client: Queryable): Promise<number> {
  // Locked first and asked again: who begins to watch one meanwhile waits, and then makes a new one.
  const { rows } = await client.query<{ id: string }>(
    `SELECT p.id FROM live_pair p WHERE ${IS_UNUSED} ORDER BY p.id FOR UPDATE SKIP LOCKED`,
  );
  if (rows.length === 0) return 0;
  const { rowCount } = await client.query(
    `DELETE FROM live_pair p WHERE p.id = ANY($1::uuid[]) AND ${IS_UNUSED}`,
    [rows.map(({ id }) => id)],
  );
  return rowCount ?? 0;
}

/**
 * Takes wanted pairs that nobody holds.
 *
 * @param options.leaseMs from now
 * @param options.countMax at most so many
 */
export async function claimLivePairs(
  client: Queryable,
  holder: string,
  options: { readonly leaseMs: number; readonly countMax: number },
): Promise<LeasedLivePair[]> {
  const { rows } = await client.query(
    `WITH free AS (
       SELECT id FROM live_pair p
       WHERE (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp()) AND ${IS_WANTED}
       ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED),
     taken AS (
       UPDATE live_pair p SET holder = $1, token = p.token + 1,
         lease_expires_at = clock_timestamp() + $2 * interval '1 millisecond'
       FROM free WHERE p.id = free.id
       RETURNING p.id, p.token, p.settings, p.instrument_y, p.instrument_x)
     SELECT t.id, t.token::float8 AS token, t.settings,
       jsonb_build_object('id', y.id, 'symbol', y.symbol, 'venue', y.venue, 'market', y.market) AS "legY",
       jsonb_build_object('id', x.id, 'symbol', x.symbol, 'venue', x.venue, 'market', x.market) AS "legX"
     FROM taken t JOIN instrument y ON y.id = t.instrument_y JOIN instrument x ON x.id = t.instrument_x
     ORDER BY t.id`,
    [holder, options.leaseMs, options.countMax],
  );
  return rows.map((row) => LeasedRow.parse(row));
}

const Leg = z.object({ id: z.number(), symbol: z.string(), venue: Venue, market: Market });
const LeasedRow = z.object({
  id: z.uuid(),
  token: z.number(),
  settings: LiveSettings,
  legY: Leg,
  legX: Leg,
});

/**
 * Keeps pairs for longer. One that is not in the answer was lost, or nobody wants it any more.
 *
 * @returns ids
 */
export async function renewLivePairs(
  client: Queryable,
  holder: string,
  pairs: readonly Pick<LeasedLivePair, "id" | "token">[],
  leaseMs: number,
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `WITH mine AS (${OWN_PAIRS})
     UPDATE live_pair p SET lease_expires_at = clock_timestamp() + $4 * interval '1 millisecond'
     FROM mine WHERE p.id = mine.id AND ${IS_WANTED} RETURNING p.id`,
    [holder, ...pairArrays(pairs), leaseMs],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Gives pairs back at once, so that another process goes on with them. */
export async function releaseLivePairs(
  client: Queryable,
  holder: string,
  pairs: readonly Pick<LeasedLivePair, "id" | "token">[],
): Promise<void> {
  await client.query(
    `WITH mine AS (${OWN_PAIRS})
     UPDATE live_pair p SET lease_expires_at = clock_timestamp() FROM mine WHERE p.id = mine.id`,
    [holder, ...pairArrays(pairs)],
  );
}

/** Those of these pairs that are still held with the same token, locked in the order of their ids. */
const OWN_PAIRS = `
  SELECT p.id FROM live_pair p
  JOIN unnest($2::uuid[], $3::bigint[]) AS held (id, token) ON p.id = held.id AND p.token = held.token
  WHERE p.holder = $1 ORDER BY p.id FOR UPDATE OF p`;

function pairArrays(
  pairs: readonly Pick<LeasedLivePair, "id" | "token">[],
): [readonly string[], string] {
  return [pairs.map(({ id }) => id), numberArray(pairs.map(({ token }) => token))];
}
