import { nextRunMs } from "#contracts/next-run.ts";
import { ScanConfig } from "#contracts/scan.ts";
import {
  ScanCadence,
  type ScanScheduleInput,
  ScanScheduleView,
  ScheduleOutcome,
} from "#contracts/scan-schedule.ts";
import type { Database } from "./client.ts";
import { assertChanged } from "./found.ts";

type ScheduleRow = {
  universeId: string;
  universeName: string;
  cadence: unknown;
  config: unknown;
  nextRunAt: Date;
  lastRunAt: Date | null;
  lastOutcome: unknown;
  lastScanId: string | null;
};

/** Schedules of a workspace's universes, the one that is due first in front. */
export async function scanSchedulesOf(
  database: Database,
  workspaceId: string,
): Promise<ScanScheduleView[]> {
  const { rows } = await database.pool.query<ScheduleRow>(
    `select s.universe_id as "universeId", u.name as "universeName", s.cadence, s.config,
            s.next_run_at as "nextRunAt", s.last_run_at as "lastRunAt",
            s.last_outcome as "lastOutcome",
            (select id from scan where id = s.last_scan_id and deleted_at is null) as "lastScanId"
       from scan_schedule s join universe u on u.id = s.universe_id and u.deleted_at is null
      where s.workspace_id = $1 order by s.next_run_at, s.universe_id`,
    [workspaceId],
  );
  return rows.map(toScheduleView);
}

/**
 * Has a universe scanned again and again as one scan of it was; a schedule that it has is replaced.
 *
 * @param nowMs the first run is the first of the cadence after this
 * @throws {AppError} not-found when the workspace has no such universe, or no such scan of it
 */
export async function setScanSchedule(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  input: ScanScheduleInput,
  nowMs: number,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    `insert into scan_schedule (universe_id, workspace_id, created_by, cadence, config, next_run_at)
     select u.id, u.workspace_id, $4, $5, s.config, $6
       from universe u join scan s on s.universe_id = u.id and s.id = $3 and s.deleted_at is null
      where u.workspace_id = $1 and u.id = $2 and u.deleted_at is null
     on conflict (universe_id) do update
       set cadence = excluded.cadence, config = excluded.config, created_by = excluded.created_by,
           next_run_at = excluded.next_run_at`,
    [
      owner.workspaceId,
      input.universeId,
      input.scanId,
      owner.userId,
      JSON.stringify(input.cadence),
      new Date(nextRunMs(input.cadence, nowMs)),
    ],
  );
  assertChanged(rowCount, "scan of the universe");
}

/** Ends the schedule of a universe. @throws {AppError} not-found */
export async function deleteScanSchedule(
  database: Database,
  workspaceId: string,
  universeId: string,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    "delete from scan_schedule where workspace_id = $1 and universe_id = $2",
    [workspaceId, universeId],
  );
  assertChanged(rowCount, "schedule");
}

function toScheduleView(row: ScheduleRow): ScanScheduleView {
  return {
    universeId: row.universeId,
    universeName: row.universeName,
    cadence: ScanCadence.parse(row.cadence),
    config: ScanConfig.parse(row.config),
    nextRunAtMs: row.nextRunAt.getTime(),
    lastRunAtMs: row.lastRunAt?.getTime() ?? null,
    lastOutcome: ScheduleOutcome.nullable().parse(row.lastOutcome),
    lastScanId: ScanScheduleView.shape.lastScanId.parse(row.lastScanId),
  };
}
