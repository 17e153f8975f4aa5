import type { PoolClient } from "pg";
import { AppError } from "#contracts/error-code.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { nextRunMs } from "#contracts/next-run.ts";
import { ScanConfig } from "#contracts/scan.ts";
import { ScanCadence, type ScheduleOutcome } from "#contracts/scan-schedule.ts";
import type { Database } from "./client.ts";
import { requireJobSlot } from "./job-slots.ts";
import { enqueueJob } from "./jobs.ts";
import { insertScan } from "./scans.ts";
import { inTransaction } from "./transaction.ts";

/** A schedule that was due, and what became of it. */
export type DueScan = {
  readonly universeId: string;
  readonly outcome: ScheduleOutcome;
  /** The new scan; null when none was started. */
  readonly scanId: string | null;
};

type DueRow = {
  universeId: string;
  workspaceId: string;
  createdBy: string | null;
  cadence: unknown;
  config: unknown;
  lastEndMs: number | null;
  spanStartMs: number | null;
  spanEndMs: number | null;
};

/**
 * Starts the scan of one schedule that is due, and moves the schedule to its next time: what was missed
 * while no worker ran is made good by one scan, not by many. Several workers may call this at once.
 *
 * @returns what was done, or null when no schedule is due
 */
export async function startDueScan(database: Database, nowMs: number): Promise<DueScan | null> {
  return inTransaction(database.pool, async (client) => {
    const due = await claimDue(client, nowMs);
    if (due === null) return null;
    const cadence = ScanCadence.parse(due.cadence);
    const { outcome, scanId } = await startScan(client, due);
    await client.query(
      `update scan_schedule set next_run_at = $2, last_run_at = $3, last_outcome = $4,
              last_scan_id = coalesce($5, last_scan_id) where universe_id = $1`,
      [due.universeId, new Date(nextRunMs(cadence, nowMs)), new Date(nowMs), outcome, scanId],
    );
    return { universeId: due.universeId, outcome, scanId };
  });
}

async function claimDue(client: PoolClient, nowMs: number): Promise<DueRow | null> {
  const { rows } = await client.query<DueRow>(
    `select s.universe_id as "universeId", s.workspace_id as "workspaceId",
            s.created_by as "createdBy", s.cadence, s.config,
            (select (l.config -> 'formation' ->> 'endMs')::float8 from scan l
              where l.id = s.last_scan_id) as "lastEndMs",
            b.start_ms as "spanStartMs", b.end_ms as "spanEndMs"
       from scan_schedule s
       join universe u on u.id = s.universe_id and u.deleted_at is null
       cross join lateral (
         select case when count(*) = cardinality(u.instrument_ids)
                     then max(first_open_time_ms)::float8 end as start_ms,
                min(last_open_time_ms)::float8 + u.interval_ms as end_ms
           from bar_series
          where instrument_id = any(u.instrument_ids) and interval_ms = u.interval_ms) b
      where s.next_run_at <= $1
      order by s.next_run_at limit 1
        for update of s skip locked`,
    [new Date(nowMs)],
  );
  return rows[0] ?? null;
}

async function startScan(
  client: PoolClient,
  due: DueRow,
): Promise<{ outcome: ScheduleOutcome; scanId: string | null }> {
  const config = ScanConfig.parse(due.config);
  const formation = newestWindow(config.formation, due);
  if (formation === null) return { outcome: "no-common-bars", scanId: null };
  if (formation.endMs === due.lastEndMs) return { outcome: "no-new-bars", scanId: null };
  const { workspaceId, createdBy, universeId } = due;
  try {
    await requireJobSlot(client, workspaceId);
  } catch (error) {
    // It is tried again when it is due again; a full queue is no reason to stop the schedule.
    if (error instanceof AppError) return { outcome: "too-many-jobs", scanId: null };
    throw error;
  }
  const scanId = await insertScan(client, workspaceId, { ...config, universeId, formation });
  const params = { kind: "scan", scanId } as const;
  const jobId = await enqueueJob(client, { workspaceId, createdBy, params });
  await client.query("update scan set job_id = $2 where id = $1", [scanId, jobId]);
  return { outcome: "started", scanId };
}

/** A window as long as the model's that ends with the newest bar that all instruments have. */
function newestWindow(
  model: TimeWindow,
  span: Pick<DueRow, "spanStartMs" | "spanEndMs">,
): TimeWindow | null {
  const { spanStartMs, spanEndMs } = span;
  if (spanStartMs === null || spanEndMs === null || spanEndMs <= spanStartMs) return null;
  return { startMs: Math.max(0, spanEndMs - (model.endMs - model.startMs)), endMs: spanEndMs };
}
