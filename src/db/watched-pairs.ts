import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "#contracts/error-code.ts";
import { WatchedPairView } from "#contracts/live-message.ts";
import type { LivePairConfig } from "#contracts/live-settings.ts";
import { Market, Venue } from "#contracts/market-data.ts";
import { isSynthetic } from "#contracts/venue.ts";
import { GUEST_WATCHED_PAIRS_MAX, WATCHED_PAIRS_MAX } from "#contracts/watch.ts";
import type { Database, DatabaseClient, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { enqueuePairHistory } from "./history.ts";
import { ensureLivePair, forgetUnusedLivePairs } from "./live-pairs.ts";
import { IS_ABANDONED, shownSnapshot } from "./live-snapshots.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

const VIEW_SELECT = `
  SELECT w.id, w.live_pair_id AS "livePairId", y.symbol AS "symbolY", x.symbol AS "symbolX",
    y.id AS "instrumentY", x.id AS "instrumentX", y.venue AS "venueY", x.venue AS "venueX",
    y.market AS "marketY", x.market AS "marketX", p.settings, w.notes,
    (extract(epoch FROM w.created_at) * 1000)::float8 AS "createdAtMs",
    (extract(epoch FROM w.retired_at) * 1000)::float8 AS "retiredAtMs",
    w.retired_reason AS "retiredReason", s.snapshot, ${IS_ABANDONED} AS "isAbandoned"
  FROM watched_pair w JOIN live_pair p ON p.id = w.live_pair_id
  JOIN instrument y ON y.id = p.instrument_y JOIN instrument x ON x.id = p.instrument_x
  LEFT JOIN live_snapshot s ON s.live_pair_id = p.id
  WHERE w.workspace_id = $1`;

/** Watched pairs of a workspace in its own order, retired ones too, each with its newest snapshot. */
export async function watchedPairsOf(
  client: Queryable,
  workspaceId: string,
): Promise<WatchedPairView[]> {
  const { rows } = await client.query(`${VIEW_SELECT} ORDER BY w.position, w.created_at, w.id`, [
    workspaceId,
  ]);
  return rows.map(toView);
}

/** One watched pair. @throws {AppError} not-found */
export async function watchedPairOf(
  client: Queryable,
  workspaceId: string,
  id: string,
): Promise<WatchedPairView> {
  const { rows } = await client.query(`${VIEW_SELECT} AND w.id = $2`, [workspaceId, id]);
  return toView(found(rows[0], "watched pair"));
}

/** What a workspace watches now. */
export type Watchlist = {
  readonly livePairIds: ReadonlySet<string>;
  /** Another one when anything but the notes has changed. */
  readonly version: string;
};

/** What these workspaces watch now; an empty list is there too. */
export async function watchlistsOf(
  client: Queryable,
  workspaceIds: readonly string[],
): Promise<Map<string, Watchlist>> {
  const { rows } = await client.query<{
    workspaceId: string;
    livePairIds: string[] | null;
    version: string | null;
  }>(
    `SELECT g.id AS "workspaceId",
       array_agg(w.live_pair_id::text) FILTER (WHERE w.retired_at IS NULL) AS "livePairIds",
       md5(string_agg(concat_ws(' ', w.id, w.position, w.retired_at, w.retired_reason), ','
         ORDER BY w.id)) AS version
     FROM unnest($1::uuid[]) AS g (id) LEFT JOIN watched_pair w ON w.workspace_id = g.id
     GROUP BY g.id`,
    [workspaceIds],
  );
  return new Map(
    rows.map(({ workspaceId, livePairIds, version }) => [
      workspaceId,
      { livePairIds: new Set(livePairIds ?? []), version: version ?? "" },
    ]),
  );
}

/**
 * Watches a pair. One that is watched already keeps its row, and is restored if it was retired.
 *
 * @returns isNew: whether it was not watched before
 * @throws {AppError} not-found or invalid-input on the leg at fault; conflict when no more may be watched
 */
export async function addWatchedPair(
  database: Database,
  watcher: { readonly workspaceId: string; readonly isGuest: boolean },
  config: LivePairConfig,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  return inTransaction(database.pool, async (client) => {
    await requireTradableLegs(client, watcher.workspaceId, config);
    await lockWatchlist(client, watcher.workspaceId);
    const livePairId = await ensureLivePair(client, config);
    const known = await client.query<{ id: string; isRetired: boolean }>(
      `SELECT id, retired_at IS NOT NULL AS "isRetired" FROM watched_pair
       WHERE workspace_id = $1 AND live_pair_id = $2`,
      [watcher.workspaceId, livePairId],
    );
    const [row] = known.rows;
    if (row !== undefined && !row.isRetired) return { id: row.id, isNew: false };
    await requireSlot(client, watcher);
    const id = row?.id ?? randomUUID();
    await client.query(
      `INSERT INTO watched_pair (id, workspace_id, live_pair_id, position)
       VALUES ($1, $2, $3, (SELECT coalesce(max(position), 0) + 1 FROM watched_pair
         WHERE workspace_id = $2))
       ON CONFLICT (id) DO UPDATE SET retired_at = NULL, retired_reason = NULL`,
      [id, watcher.workspaceId, livePairId],
    );
    await enqueuePairHistory(client, watcher.workspaceId, livePairId);
    await notify(client, "pairdesk_watch");
    return { id, isNew: row === undefined };
  });
}

const LegRow = z.object({
  id: z.number(),
  symbol: z.string(),
  venue: Venue,
  status: z.enum(["trading", "halted", "delisted"]),
});

async function requireTradableLegs(
  client: Queryable,
  workspaceId: string,
  { instrumentY, instrumentX }: LivePairConfig,
): Promise<void> {
  const { rows } = await client.query(
    `SELECT id, symbol, venue, status FROM instrument
     WHERE id = ANY($2) AND (workspace_id IS NULL OR workspace_id = $1)`,
    [workspaceId, [instrumentY, instrumentX]],
  );
  const known = rows.map((row) => LegRow.parse(row));
  const legOf = (id: number, field: "instrumentY" | "instrumentX") => {
    const leg = known.find((one) => one.id === id);
    if (leg === undefined)
      throw new AppError("not-found", "There is no such instrument", { field });
    requireLive(leg, field);
    return leg;
  };
  const legY = legOf(instrumentY, "instrumentY");
  const legX = legOf(instrumentX, "instrumentX");
  if (legY.venue !== legX.venue) {
    throw new AppError("invalid-input", "Both legs must be of one venue", { field: "instrumentX" });
  }
}

function requireLive({ symbol, venue, status }: z.infer<typeof LegRow>, field: string): void {
  if (venue === "upload" || venue === "demo") {
    throw new AppError(
      "invalid-input",
      `${symbol} has no live trades: it was uploaded or generated`,
      {
        field,
      },
    );
  }
  if (status !== "trading") {
    throw new AppError("invalid-input", `${symbol} does not trade at the moment (${status})`, {
      field,
    });
  }
}

/** Additions to one watchlist are counted one after the other. */
async function lockWatchlist(client: Queryable, workspaceId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('watchlist:' || $1, 0))", [
    workspaceId,
  ]);
}

async function requireSlot(
  client: Queryable,
  { workspaceId, isGuest }: { readonly workspaceId: string; readonly isGuest: boolean },
): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM watched_pair
     WHERE workspace_id = $1 AND retired_at IS NULL`,
    [workspaceId],
  );
  const most = isGuest ? GUEST_WATCHED_PAIRS_MAX : WATCHED_PAIRS_MAX;
  if ((rows[0]?.count ?? 0) >= most) {
    const who = isGuest ? "A guest" : "A workspace";
    throw new AppError(
      "conflict",
      `${who} watches at most ${most} pairs at a time: retire or remove one`,
    );
  }
}

/** Takes a pair off the watchlist, with its notes. @throws {AppError} not-found */
export async function removeWatchedPair(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  await changed(database, async (client) => {
    const { rowCount } = await client.query(
      "DELETE FROM watched_pair WHERE workspace_id = $1 AND id = $2",
      [workspaceId, id],
    );
    assertChanged(rowCount, "watched pair");
    await forgetUnusedLivePairs(client);
  });
}

/**
 * Puts the named pairs first, in this order; the others follow in theirs.
 *
 * @throws {AppError} not-found when one of them is not of the workspace
 */
export async function reorderWatchedPairs(
  database: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  await changed(database, async (client) => {
    await lockWatchlist(client, workspaceId);
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM watched_pair WHERE workspace_id = $1 ORDER BY position, created_at, id`,
      [workspaceId],
    );
    const known = new Set(rows.map(({ id }) => id));
    const first = [...new Set(ids)];
    for (const id of first) found(known.has(id) ? id : null, "watched pair");
    const rest = [...known].filter((id) => !first.includes(id));
    await client.query(
      `UPDATE watched_pair w SET position = o.position
       FROM unnest($2::uuid[]) WITH ORDINALITY AS o (id, position)
       WHERE w.workspace_id = $1 AND w.id = o.id`,
      [workspaceId, [...first, ...rest]],
    );
  });
}

/** Stores the notes of a watched pair. @throws {AppError} not-found */
export async function setWatchedPairNotes(
  database: Database,
  workspaceId: string,
  id: string,
  notes: string,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    "UPDATE watched_pair SET notes = $3 WHERE workspace_id = $1 AND id = $2",
    [workspaceId, id, notes],
  );
  assertChanged(rowCount, "watched pair");
}

/** Retires a pair with a reason: it stays in the list and is computed no more. @throws {AppError} not-found */
export async function retireWatchedPair(
  database: Database,
  workspaceId: string,
  id: string,
  reason: string,
): Promise<void> {
  await changed(database, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE watched_pair SET retired_at = coalesce(retired_at, now()), retired_reason = $3
       WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, id, reason],
    );
    assertChanged(rowCount, "watched pair");
  });
}

/** Watches a retired pair again. @throws {AppError} not-found; conflict when no more may be watched */
export async function restoreWatchedPair(
  database: Database,
  watcher: { readonly workspaceId: string; readonly isGuest: boolean },
  id: string,
): Promise<void> {
  await changed(database, async (client) => {
    await lockWatchlist(client, watcher.workspaceId);
    const { rows } = await client.query<{ isRetired: boolean; livePairId: string }>(
      `SELECT retired_at IS NOT NULL AS "isRetired", live_pair_id AS "livePairId"
       FROM watched_pair WHERE workspace_id = $1 AND id = $2`,
      [watcher.workspaceId, id],
    );
    const { isRetired, livePairId } = found(rows[0], "watched pair");
    if (!isRetired) return;
    await requireSlot(client, watcher);
    await client.query(
      "UPDATE watched_pair SET retired_at = NULL, retired_reason = NULL WHERE id = $1",
      [id],
    );
    await enqueuePairHistory(client, watcher.workspaceId, livePairId);
  });
}

/** A change of what is watched: whoever follows the watchlists hears of it. */
async function changed(
  database: Database,
  work: (client: DatabaseClient) => Promise<void>,
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    await work(client);
    await notify(client, "pairdesk_watch");
  });
}

const ViewRow = WatchedPairView.omit({ synthetic: true, snapshot: true }).extend({
  venueY: Venue,
  marketY: Market,
  snapshot: z.unknown(),
  isAbandoned: z.boolean(),
});

function toView(raw: unknown): WatchedPairView {
  const { snapshot, isAbandoned, ...row } = ViewRow.parse(raw);
  return {
    ...row,
    synthetic: isSynthetic(row.venueY) || isSynthetic(row.venueX),
    snapshot: shownSnapshot(snapshot, isAbandoned),
  };
}
