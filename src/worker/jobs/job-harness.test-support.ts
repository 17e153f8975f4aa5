import { createHash } from "node:crypto";
import pino from "pino";
import type { JobParams } from "#contracts/job.ts";
import type { ScanConfig } from "#contracts/scan.ts";
import type { BadRows, UploadView } from "#contracts/upload.ts";
import { BAR_QUOTA } from "#db/bar-quota.ts";
import type { Database } from "#db/client.ts";
import { enqueueJob, jobById } from "#db/jobs.ts";
import { insertScan } from "#db/scans.ts";
import { inTransaction } from "#db/transaction.ts";
import { appendUploadChunk, createUpload, finishUpload, uploadById } from "#db/uploads.ts";
import { createComputePool } from "../compute/compute-pool.ts";
import { EXPANSION_LIMITS } from "../imports/expand-file.ts";
import { NO_VENUES } from "../venues/venue-access.ts";
import { createCancelRequests } from "./cancel-requests.ts";
import type { JobEngine } from "./job-context.ts";
import { runJob } from "./run-job.ts";

/** An engine over a test's database, with threads of its own; nobody takes jobs from the queue. */
export function createTestEngine(database: Database, threads = 1): JobEngine {
  return {
    database,
    compute: createComputePool(threads),
    log: pino({ level: "silent" }),
    codeHash: "code-under-test",
    limits: EXPANSION_LIMITS,
    barQuota: BAR_QUOTA,
    cancelRequests: createCancelRequests(),
    venues: NO_VENUES,
  };
}

export const NEVER_STOPPING: AbortSignal = new AbortController().signal;

/** A workspace of nobody in particular. */
export async function createWorkspace(database: Database): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    "INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'Test') RETURNING id",
  );
  return rows[0]?.id ?? "";
}

/** Pieces in which storeUpload stores a file. */
export const CHUNK_BYTES = 100_000;

/** Stores a file as the upload route does. @returns its id */
export async function storeUpload(
  database: Database,
  workspaceId: string,
  file: { readonly name: string; readonly bytes: Uint8Array | string },
): Promise<string> {
  const bytes = Buffer.from(file.bytes);
  return inTransaction(database.pool, async (client) => {
    const id = await createUpload(client, { workspaceId, fileName: file.name });
    for (let ordinal = 0; ordinal * CHUNK_BYTES < bytes.length; ordinal++) {
      const piece = bytes.subarray(ordinal * CHUNK_BYTES, (ordinal + 1) * CHUNK_BYTES);
      await appendUploadChunk(client, { uploadId: id, ordinal, bytes: piece });
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await finishUpload(client, { id, byteCount: bytes.length, sha256 });
    return id;
  });
}

/** Adds a job without running it. */
export function addJob(
  database: Database,
  workspaceId: string,
  params: JobParams,
): Promise<string> {
  return inTransaction(database.pool, (client) =>
    enqueueJob(client, { workspaceId, createdBy: null, params }),
  );
}

/** Adds a job and runs it here. @returns the job as its owner sees it then */
export async function runNow(engine: JobEngine, workspaceId: string, params: JobParams) {
  const jobId = await addJob(engine.database, workspaceId, params);
  await runJob(engine, jobId, NEVER_STOPPING);
  const job = await jobById(engine.database, workspaceId, jobId);
  if (job === null) throw new Error("the job is gone");
  return job;
}

/** Imports files in their detected formats. @returns the files as their owner sees them then */
export async function importFiles(
  engine: JobEngine,
  workspaceId: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array | string }[],
  badRows: BadRows = "refuse",
): Promise<UploadView[]> {
  const uploadIds: string[] = [];
  for (const file of files) uploadIds.push(await storeUpload(engine.database, workspaceId, file));
  await runNow(engine, workspaceId, { kind: "import-uploads", uploadIds, badRows });
  const views = await Promise.all(
    uploadIds.map((id) => uploadById(engine.database, workspaceId, id)),
  );
  return views.filter((view) => view !== null);
}

/**
 * Runs a job in whose middle all bars change: after it has read which series there are, and before it has
 * their bars, for which it is made to wait.
 */
export async function whileBarsChange<T>(database: Database, run: () => Promise<T>): Promise<T> {
  return inTransaction(database.pool, async (writer) => {
    await writer.query("LOCK TABLE bar IN ACCESS EXCLUSIVE MODE");
    const running = run();
    for (let isWaiting = false; !isWaiting; ) {
      const { rowCount } = await database.pool.query(
        "SELECT FROM pg_locks WHERE relation = 'bar'::regclass AND NOT granted",
      );
      isWaiting = rowCount === 1;
    }
    await writer.query("UPDATE bar SET close = close * 1.5 WHERE open_time_ms % 7200000 = 0");
    await writer.query("UPDATE bar_series SET content_hash = 'changed'");
    await writer.query("COMMIT");
    return running;
  });
}

/** Adds a universe of the workspace's instruments at an interval, all of them unless told. */
export async function createUniverse(
  database: Database,
  workspaceId: string,
  intervalMs: number,
  instrumentIds?: readonly number[],
): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO universe (id, workspace_id, name, interval_ms, instrument_ids)
     VALUES (gen_random_uuid(), $1, 'Test', $2,
       coalesce($3, ARRAY(SELECT id FROM instrument WHERE workspace_id = $1 ORDER BY id)))
     RETURNING id`,
    [workspaceId, intervalMs, instrumentIds ?? null],
  );
  return rows[0]?.id ?? "";
}

/** Adds a scan without a job. */
export function createScan(
  database: Database,
  workspaceId: string,
  config: ScanConfig,
): Promise<string> {
  return insertScan(database.pool, workspaceId, config);
}
