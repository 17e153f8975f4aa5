import { randomUUID } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { type UniverseInput, UniverseView } from "#contracts/universe.ts";
import { isSynthetic } from "#contracts/venue.ts";
import type { Database } from "./client.ts";
import { assertChanged, found } from "./found.ts";

type UniverseRow = {
  id: string;
  name: string;
  intervalMs: number;
  instruments: unknown;
  scanCount: number;
  createdAt: Date;
  updatedAt: Date;
};

const UNIVERSE_SELECT = `
  select u.id, u.name, u.interval_ms as "intervalMs",
         u.created_at as "createdAt", u.updated_at as "updatedAt",
         (select count(*)::int from scan s where s.universe_id = u.id and s.deleted_at is null)
           as "scanCount",
         (select coalesce(jsonb_agg(jsonb_build_object(
                   'id', i.id, 'symbol', i.symbol, 'venue', i.venue,
                   'firstOpenTimeMs', b.first_open_time_ms, 'lastOpenTimeMs', b.last_open_time_ms,
                   'barCount', coalesce(b.bar_count, 0)) order by i.symbol collate "C"), '[]')
            from instrument i
            left join bar_series b on b.instrument_id = i.id and b.interval_ms = u.interval_ms
           where i.id = any(u.instrument_ids)) as instruments
    from universe u
   where u.workspace_id = $1 and u.deleted_at is null`;

/** Universes of a workspace, newest first. */
export async function universesOf(
  database: Database,
  workspaceId: string,
): Promise<UniverseView[]> {
  const { rows } = await database.pool.query<UniverseRow>(
    `${UNIVERSE_SELECT} order by u.created_at desc, u.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  return rows.map(toUniverseView);
}

/** One universe. @throws {AppError} not-found */
export async function universeOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<UniverseView> {
  const { rows } = await database.pool.query<UniverseRow>(`${UNIVERSE_SELECT} and u.id = $2`, [
    workspaceId,
    id,
  ]);
  return toUniverseView(found(rows[0], "universe"));
}

/**
 * New universe; returns its id.
 *
 * @throws {AppError} invalid-input when an instrument is unknown or has no bars of the interval
 */
export async function createUniverse(
  database: Database,
  workspaceId: string,
  input: UniverseInput,
): Promise<string> {
  await requireSeries(database, workspaceId, input);
  const id = randomUUID();
  await database.prisma.universe.create({
    data: {
      id,
      workspaceId,
      name: input.name,
      intervalMs: input.intervalMs,
      instrumentIds: input.instrumentIds,
    },
    select: { id: true },
  });
  return id;
}

/**
 * Change a universe; scans made of it keep their results.
 *
 * @throws {AppError} not-found; invalid-input as in createUniverse
 */
export async function updateUniverse(
  database: Database,
  workspaceId: string,
  id: string,
  input: UniverseInput,
): Promise<void> {
  await requireSeries(database, workspaceId, input);
  const { count } = await database.prisma.universe.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { name: input.name, intervalMs: input.intervalMs, instrumentIds: input.instrumentIds },
  });
  assertChanged(count, "universe");
}

/** Delete a universe, so that it can still be restored. @throws {AppError} not-found */
export async function deleteUniverse(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.universe.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "universe");
}

/** Bring a deleted universe back. @throws {AppError} not-found */
export async function restoreUniverse(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.universe.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "universe");
}

async function requireSeries(
  database: Database,
  workspaceId: string,
  input: UniverseInput,
): Promise<void> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count
       from instrument i join bar_series b on b.instrument_id = i.id and b.interval_ms = $2
      where i.id = any($1::int[]) and (i.workspace_id is null or i.workspace_id = $3)`,
    [input.instrumentIds, input.intervalMs, workspaceId],
  );
  if (rows[0]?.count !== input.instrumentIds.length) {
    throw new AppError("invalid-input", "An instrument has no bars of this interval", {
      field: "instrumentIds",
    });
  }
}

function toUniverseView(row: UniverseRow): UniverseView {
  const instruments = UniverseView.shape.instruments.parse(row.instruments);
  return {
    id: row.id,
    name: row.name,
    intervalMs: row.intervalMs,
    instruments,
    synthetic: instruments.some(({ venue }) => isSynthetic(venue)),
    scanCount: row.scanCount,
    createdAtMs: row.createdAt.getTime(),
    updatedAtMs: row.updatedAt.getTime(),
  };
}
