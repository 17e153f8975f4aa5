import { z } from "zod";
import type { UploadView } from "#contracts/upload.ts";
import { UploadFormat, UploadPreview, UploadReport, UploadState } from "#contracts/upload.ts";
import type { Database, Queryable } from "./client.ts";

/** Starts to receive a file. @returns id of the upload */
export async function createUpload(
  client: Queryable,
  upload: { readonly workspaceId: string; readonly fileName: string },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO upload (id, workspace_id, file_name) VALUES (gen_random_uuid(), $1, $2)
     RETURNING id`,
    [upload.workspaceId, upload.fileName],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: INSERT returns the row");
  return row.id;
}

/** Stores one piece of a file; ordinals count from 0 without a gap. */
export async function appendUploadChunk(
  client: Queryable,
  chunk: { readonly uploadId: string; readonly ordinal: number; readonly bytes: Buffer },
): Promise<void> {
  await client.query("INSERT INTO upload_chunk (upload_id, ordinal, bytes) VALUES ($1, $2, $3)", [
    chunk.uploadId,
    chunk.ordinal,
    chunk.bytes,
  ]);
}

/** Marks a file as wholly received. */
export async function finishUpload(
  client: Queryable,
  upload: { readonly id: string; readonly byteCount: number; readonly sha256: string },
): Promise<void> {
  await client.query(
    `UPDATE upload SET state = 'received', byte_count = $2, sha256 = $3
     WHERE id = $1 AND state = 'receiving'`,
    [upload.id, upload.byteCount, upload.sha256],
  );
}

/** Removes a file that was not wholly received. */
export async function abandonUpload(client: Queryable, uploadId: string): Promise<void> {
  await client.query("DELETE FROM upload WHERE id = $1 AND state = 'receiving'", [uploadId]);
}

/** Bytes of a workspace's files that are kept until they are imported or discarded. */
export async function storedUploadBytes(client: Queryable, workspaceId: string): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `SELECT coalesce(sum(byte_count), 0)::float8 AS bytes FROM upload
     WHERE workspace_id = $1 AND state <> 'imported'`,
    [workspaceId],
  );
  return rows[0]?.bytes ?? 0;
}

/**
 * Files of a workspace, newest first: the last 500 that are not imported yet (as many as one import may
 * name), and the last hundred that are, without the previews that nobody needs any more.
 */
export async function listUploads(database: Database, workspaceId: string): Promise<UploadView[]> {
  const { rows } = await database.pool.query(
    `SELECT ${LIST_COLUMNS} FROM (
       SELECT *, row_number() OVER (PARTITION BY state = 'imported' ORDER BY created_at DESC) AS rank
       FROM upload WHERE workspace_id = $1 AND state <> 'receiving'
     ) AS upload
     WHERE rank <= CASE WHEN state = 'imported' THEN 100 ELSE 500 END
     ORDER BY created_at DESC, id`,
    [workspaceId],
  );
  return rows.map(uploadView);
}

/** One file of a workspace; null when the workspace has no such file. */
export async function uploadById(
  database: Database,
  workspaceId: string,
  uploadId: string,
): Promise<UploadView | null> {
  const { rows } = await database.pool.query(
    `SELECT ${VIEW_COLUMNS} FROM upload WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, uploadId],
  );
  return rows.length === 0 ? null : uploadView(rows[0]);
}

/** Deletes a file and what is known of it; bars that came from it stay. A file being imported stays too. */
export async function discardUpload(
  database: Database,
  workspaceId: string,
  uploadId: string,
): Promise<"discarded" | "being-imported" | "not-found"> {
  const { rowCount } = await database.pool.query(
    "DELETE FROM upload WHERE workspace_id = $1 AND id = $2 AND state <> 'importing'",
    [workspaceId, uploadId],
  );
  if (rowCount === 1) return "discarded";
  const upload = await uploadById(database, workspaceId, uploadId);
  return upload === null ? "not-found" : "being-imported";
}

/**
 * Bytes of a file, piece by piece in order; a piece is read only when the one before it was used.
 */
export async function* readUploadChunks(
  database: Database,
  uploadId: string,
): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal++) {
    const { rows } = await database.pool.query<{ bytes: Buffer }>(
      "SELECT bytes FROM upload_chunk WHERE upload_id = $1 AND ordinal = $2",
      [uploadId, ordinal],
    );
    const [row] = rows;
    if (row === undefined) return;
    yield row.bytes;
  }
}

/** Stores what a file looks like. The person may then correct the format and have it read again. */
export async function saveUploadPreview(
  client: Queryable,
  upload: {
    readonly id: string;
    readonly format: UploadFormat;
    readonly preview: UploadPreview;
  },
): Promise<void> {
  await client.query(
    `UPDATE upload SET state = 'inspected', format = $2, preview = $3, report = NULL
     WHERE id = $1 AND state IN ('received', 'inspected', 'refused')`,
    [upload.id, JSON.stringify(upload.format), JSON.stringify(upload.preview)],
  );
}

/** Sets a file's state to importing, or back when the import was given up. */
export async function markUploadImporting(
  client: Queryable,
  uploadId: string,
  importing: boolean,
): Promise<void> {
  await client.query(
    importing
      ? "UPDATE upload SET state = 'importing' WHERE id = $1 AND state IN ('received', 'inspected', 'refused')"
      : "UPDATE upload SET state = 'inspected' WHERE id = $1 AND state = 'importing'",
    [uploadId],
  );
}

/** Locks a file's row until the transaction ends. @returns its state; null when it is gone */
export async function lockUpload(client: Queryable, uploadId: string): Promise<UploadState | null> {
  const { rows } = await client.query<{ state: UploadState }>(
    "SELECT state FROM upload WHERE id = $1 FOR UPDATE",
    [uploadId],
  );
  return rows[0]?.state ?? null;
}

/** Stores why a file was not imported. Its bytes stay: the person may import the rows that are right. */
export async function saveUploadRefusal(
  client: Queryable,
  uploadId: string,
  report: UploadReport,
): Promise<void> {
  await client.query(
    "UPDATE upload SET state = 'refused', report = $2 WHERE id = $1 AND state <> 'imported'",
    [uploadId, JSON.stringify(report)],
  );
}

/** Stores what an import did, and lets go of the file's bytes. */
export async function saveUploadImport(
  client: Queryable,
  uploadId: string,
  report: UploadReport,
): Promise<void> {
  await client.query("UPDATE upload SET state = 'imported', report = $2 WHERE id = $1", [
    uploadId,
    JSON.stringify(report),
  ]);
  await client.query("DELETE FROM upload_chunk WHERE upload_id = $1", [uploadId]);
}

/** A rejected row as it is stored; `seriesId` is null when its symbol got no series. */
export type StoredRejection = {
  readonly line: number;
  readonly seriesId: number | null;
  readonly symbol: string;
  readonly field: string;
  readonly reason: string;
  readonly text: string;
};

/** Replaces the rejected rows that are stored for a file. */
export async function saveRowRejections(
  client: Queryable,
  uploadId: string,
  rejections: readonly StoredRejection[],
): Promise<void> {
  await client.query("DELETE FROM row_rejection WHERE upload_id = $1", [uploadId]);
  await client.query(
    `INSERT INTO row_rejection (upload_id, line, series_id, symbol, field, reason, text)
     SELECT $1, * FROM unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
     ON CONFLICT DO NOTHING`,
    [
      uploadId,
      rejections.map((row) => row.line),
      rejections.map((row) => row.seriesId),
      rejections.map((row) => row.symbol),
      rejections.map((row) => row.field),
      rejections.map((row) => row.reason),
      rejections.map((row) => row.text),
    ],
  );
}

const FILE_COLUMNS = `id, file_name, state, byte_count::float8 AS byte_count,
  (extract(epoch FROM created_at) * 1000)::float8 AS created_at_ms, format, report`;
const VIEW_COLUMNS = `${FILE_COLUMNS}, preview`;
const LIST_COLUMNS = `${FILE_COLUMNS},
  CASE WHEN state IN ('imported', 'importing') THEN NULL ELSE preview END AS preview`;

const UploadRow = z.object({
  id: z.uuid(),
  file_name: z.string(),
  state: UploadState,
  byte_count: z.number(),
  created_at_ms: z.number(),
  format: UploadFormat.nullable(),
  preview: UploadPreview.nullable(),
  report: UploadReport.nullable(),
});

function uploadView(raw: unknown): UploadView {
  const row = UploadRow.parse(raw);
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state,
    byteCount: row.byte_count,
    createdAtMs: row.created_at_ms,
    format: row.format,
    preview: row.preview,
    report: row.report,
  };
}
