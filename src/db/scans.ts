import { randomUUID } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import type { JobView } from "#contracts/job.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { Manifest } from "#contracts/manifest.ts";
import { ScanConfig, ScanSummary, type ScanView } from "#contracts/scan.ts";
import { tooFewBarsMessage } from "#contracts/scan-bars-min.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { inTransaction } from "./transaction.ts";

type ScanRow = {
  id: string;
  universeId: string;
  universeName: string;
  intervalMs: number;
  synthetic: boolean;
  jobId: string | null;
  config: unknown;
  summary: unknown;
  manifest: unknown;
  createdAt: Date;
};

const SCAN_SELECT = `
  select s.id, s.universe_id as "universeId", s.universe_name as "universeName",
         s.interval_ms as "intervalMs", s.job_id as "jobId",
         exists (select 1 from instrument i
                  where i.id = any(s.instrument_ids) and i.venue in ('demo', 'simulated')) as synthetic,
         s.config, s.summary, s.manifest, s.created_at as "createdAt"
    from scan s
   where s.workspace_id = $1 and s.deleted_at is null`;

/** The newest scans of a workspace, newest first, without their manifests: those can be long. */
export async function scansOf(database: Database, workspaceId: string): Promise<ScanView[]> {
  const { rows } = await database.pool.query<ScanRow>(
    `${SCAN_SELECT} order by s.created_at desc, s.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  const jobs = await jobsByIds(
    database,
    workspaceId,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  return rows.map((row) => toScanView({ ...row, manifest: null }, jobs));
}

/** One scan. @throws {AppError} not-found */
export async function scanOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<ScanView> {
  const { rows } = await database.pool.query<ScanRow>(`${SCAN_SELECT} and s.id = $2`, [
    workspaceId,
    id,
  ]);
  const row = found(rows[0], "scan");
  const jobs = await jobsByIds(database, workspaceId, row.jobId === null ? [] : [row.jobId]);
  return toScanView(row, jobs);
}

/**
 * New scan with its job, in one transaction. The scan keeps the universe as it is now: its name, interval
 * and instruments; editing the universe later changes no scan.
 *
 * @throws {AppError} not-found when the workspace has no such universe; invalid-input on
 *   "formation.endMs" when the window is too short for the test; rate-limited when too many jobs are
 *   waiting
 */
export async function createScan(
  database: Database,
  owner: { workspaceId: string; userId: string },
  config: ScanConfig,
): Promise<{ scanId: string; jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    await requireJobSlot(client, owner.workspaceId);
    const scanId = await insertScan(client, owner.workspaceId, config);
    await requireEnoughBars(client, scanId, config);
    const jobId = await enqueueJob(client, {
      workspaceId: owner.workspaceId,
      createdBy: owner.userId,
      params: { kind: "scan", scanId },
    });
    await client.query("update scan set job_id = $2 where id = $1", [scanId, jobId]);
    return { scanId, jobId };
  });
}

/**
 * Adds a scan of a universe as it is now, without a job.
 *
 * @returns id of the scan
 * @throws {AppError} not-found on "universeId"
 */
export async function insertScan(
  client: Queryable,
  workspaceId: string,
  config: ScanConfig,
): Promise<string> {
  const scanId = randomUUID();
  const { rowCount } = await client.query(
    `insert into scan (id, workspace_id, universe_id, universe_name, interval_ms, instrument_ids,
                       config)
     select $1, u.workspace_id, u.id, u.name, u.interval_ms, u.instrument_ids, $4
       from universe u where u.workspace_id = $2 and u.id = $3 and u.deleted_at is null`,
    [scanId, workspaceId, config.universeId, JSON.stringify(config)],
  );
  if (rowCount === 0) {
    throw new AppError("not-found", "There is no such universe", { field: "universeId" });
  }
  return scanId;
}

/** A window that no data could fill with bars enough is refused before there is a job. */
async function requireEnoughBars(
  client: Queryable,
  scanId: string,
  config: ScanConfig,
): Promise<void> {
  const { rows } = await client.query<{ intervalMs: number }>(
    `select interval_ms as "intervalMs" from scan where id = $1`,
    [scanId],
  );
  const { intervalMs } = found(rows[0], "scan");
  const { startMs, endMs } = config.formation;
  const message = tooFewBarsMessage(Math.ceil((endMs - startMs) / intervalMs), config);
  if (message !== undefined) {
    throw new AppError("invalid-input", message, { field: "formation.endMs" });
  }
}

/** Delete a scan, so that it can still be restored. @throws {AppError} not-found */
export async function deleteScan(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.scan.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "scan");
}

/** Bring a deleted scan back. @throws {AppError} not-found */
export async function restoreScan(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.scan.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "scan");
}

function toScanView(row: ScanRow, jobs: ReadonlyMap<string, JobView>): ScanView {
  return {
    id: row.id,
    universeId: row.universeId,
    universeName: row.universeName,
    intervalMs: row.intervalMs,
    synthetic: row.synthetic,
    config: ScanConfig.parse(row.config),
    summary: ScanSummary.nullable().parse(row.summary),
    manifest: Manifest.nullable().parse(row.manifest),
    job: row.jobId === null ? null : (jobs.get(row.jobId) ?? null),
    createdAtMs: row.createdAt.getTime(),
  };
}
