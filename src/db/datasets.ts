import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { type DatasetConfig, DatasetVersionView, type DatasetView } from "#contracts/dataset.ts";
import { AppError } from "#contracts/error-code.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { isSynthetic } from "#contracts/venue.ts";
import type { Database, DatabaseClient, Queryable } from "./client.ts";
import { hashedBars } from "./dataset-bars.ts";
import { assertChanged, found } from "./found.ts";
import { inTransaction } from "./transaction.ts";

type DatasetRow = {
  id: string;
  name: string;
  notes: string;
  createdAt: Date;
  versions: unknown[];
};

/** SQL that makes one JSON object of a dataset version `v` with the names of its instruments. */
export const DATASET_VERSION_JSON = `
  jsonb_build_object(
    'id', v.id, 'version', v.version, 'config', v.config, 'configHash', v.config_hash,
    'createdAtMs', (extract(epoch from v.created_at) * 1000)::bigint,
    'runCount', (select count(*) from learning_run r
                  where r.dataset_version_id = v.id and r.deleted_at is null),
    'books', (
      select jsonb_agg((
          select jsonb_agg(jsonb_build_object('instrumentId', leg.id::int,
                   'symbol', coalesce(i.symbol, '#' || leg.id), 'venue', coalesce(i.venue, ''))
                   order by leg.place)
            from jsonb_array_elements_text(book.legs) with ordinality as leg(id, place)
            left join instrument i on i.id = leg.id::int
        ) order by book.place)
        from jsonb_array_elements(v.config -> 'books') with ordinality as book(legs, place)))`;

const DATASET_SELECT = `
  select d.id, d.name, d.notes, d.created_at as "createdAt",
         (select coalesce(jsonb_agg(${DATASET_VERSION_JSON} order by v.version desc), '[]')
            from dataset_version v where v.dataset_id = d.id) as versions
    from dataset d
   where d.workspace_id = $1 and d.deleted_at is null`;

/** Datasets of a workspace with their versions, newest first. */
export async function datasetsOf(database: Database, workspaceId: string): Promise<DatasetView[]> {
  const { rows } = await database.pool.query<DatasetRow>(
    `${DATASET_SELECT} order by d.created_at desc, d.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  return rows.map(toDatasetView);
}

/** One dataset. @throws {AppError} not-found */
export async function datasetOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<DatasetView> {
  const { rows } = await database.pool.query<DatasetRow>(`${DATASET_SELECT} and d.id = $2`, [
    workspaceId,
    id,
  ]);
  return toDatasetView(found(rows[0], "dataset"));
}

/**
 * New dataset with its first version.
 *
 * @throws {AppError} invalid-input when an instrument is unknown to the workspace or has no bars of the
 *   interval within the span
 */
export async function createDataset(
  database: Database,
  workspaceId: string,
  dataset: { readonly name: string; readonly notes: string; readonly config: DatasetConfig },
): Promise<{ id: string; versionId: string }> {
  return inTransaction(database.pool, async (client) => {
    await requireBars(client, workspaceId, dataset.config);
    const id = randomUUID();
    await client.query(
      "insert into dataset (id, workspace_id, name, notes) values ($1, $2, $3, $4)",
      [id, workspaceId, dataset.name, dataset.notes],
    );
    return {
      id,
      versionId: await insertVersion(client, workspaceId, { id, version: 1, ...dataset }),
    };
  });
}

/**
 * New version of a dataset; the ones before it stay as they are.
 *
 * @returns the newest version, which is the old one when the configuration is the same
 * @throws {AppError} not-found; invalid-input as in createDataset
 */
export async function addDatasetVersion(
  database: Database,
  workspaceId: string,
  id: string,
  config: DatasetConfig,
): Promise<{ versionId: string; version: number }> {
  return inTransaction(database.pool, async (client) => {
    const dataset = await client.query(
      "select 1 from dataset where id = $1 and workspace_id = $2 and deleted_at is null for update",
      [id, workspaceId],
    );
    found(dataset.rows[0], "dataset");
    await requireBars(client, workspaceId, config);
    const { rows } = await client.query<{ id: string; version: number; hash: string }>(
      `select id, version, config_hash as hash from dataset_version
        where dataset_id = $1 order by version desc limit 1`,
      [id],
    );
    const newest = found(rows[0], "dataset");
    if (newest.hash === datasetHash(config)) {
      return { versionId: newest.id, version: newest.version };
    }
    const version = newest.version + 1;
    return {
      versionId: await insertVersion(client, workspaceId, { id, version, config }),
      version,
    };
  });
}

/** Change the name and notes of a dataset. @throws {AppError} not-found */
export async function renameDataset(
  database: Database,
  workspaceId: string,
  id: string,
  { name, notes }: { readonly name: string; readonly notes: string },
): Promise<void> {
  const { count } = await database.prisma.dataset.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { name, notes },
  });
  assertChanged(count, "dataset");
}

/** Delete a dataset, so that it can still be restored; its runs stay. @throws {AppError} not-found */
export async function deleteDataset(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.dataset.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "dataset");
}

/** Bring a deleted dataset back. @throws {AppError} not-found */
export async function restoreDataset(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.dataset.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "dataset");
}

/** True when prices of an instrument were generated: what is learned of it is synthetic too. */
export function hasSyntheticBook({ books }: Pick<DatasetVersionView, "books">): boolean {
  return books.flat().some(({ venue }) => isSynthetic(venue));
}

/** Hash of a configuration: SHA-256 of its canonical JSON, hexadecimal. */
function datasetHash(config: DatasetConfig): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex");
}

async function insertVersion(
  client: DatabaseClient,
  workspaceId: string,
  dataset: { readonly id: string; readonly version: number; readonly config: DatasetConfig },
): Promise<string> {
  const { id: datasetId, version, config } = dataset;
  const id = randomUUID();
  const bars = await hashedBars(client, workspaceId, config);
  await client.query(
    `insert into dataset_version (id, dataset_id, version, config, config_hash, bars)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      ...[id, datasetId, version, JSON.stringify(config), datasetHash(config)],
      bars === null ? null : JSON.stringify(bars),
    ],
  );
  return id;
}

async function requireBars(
  client: Queryable,
  workspaceId: string,
  { books, intervalMs, window }: DatasetConfig,
): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `select i.id from instrument i
       join bar_series s on s.instrument_id = i.id and s.interval_ms = $3
      where i.id = any($1::int[]) and (i.workspace_id is null or i.workspace_id = $2)
        and exists (select 1 from any_bar b where b.series_id = s.id
                     and b.open_time_ms >= $4 and b.open_time_ms < $5)`,
    [[...new Set(books.flat())], workspaceId, intervalMs, window.startMs, window.endMs],
  );
  const priced = new Set(rows.map(({ id }) => id));
  books.forEach((book, i) => {
    const place = book.findIndex((id) => !priced.has(id));
    if (place === -1) return;
    throw new AppError(
      "invalid-input",
      "This instrument has no bars of this interval in the span",
      { field: `config.books.${i}.${place}` },
    );
  });
}

function toDatasetView(row: DatasetRow): DatasetView {
  const versions = row.versions.map((version) => DatasetVersionView.parse(version));
  const { id, name, notes } = row;
  return {
    ...{ id, name, notes },
    synthetic: versions.some(hasSyntheticBook),
    createdAtMs: row.createdAt.getTime(),
    versions,
  };
}
