import { randomUUID } from "node:crypto";
import { type BacktestListItem, BacktestReport, type BacktestView } from "#contracts/backtest.ts";
import type { JobView } from "#contracts/job.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import type { Database } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import {
  hasSyntheticLeg,
  STRATEGY_VERSION_JSON,
  toStrategyVersionView,
} from "./strategy-version-view.ts";
import { inTransaction } from "./transaction.ts";

/**
 * New backtest of a strategy version with its job, in one transaction. While one of the same version is
 * waiting or running, that one is the answer: a second could only say the same.
 *
 * @throws {AppError} not-found; rate-limited when too many jobs are waiting
 */
export async function createBacktest(
  database: Database,
  owner: { workspaceId: string; userId: string },
  strategyVersionId: string,
): Promise<{ backtestId: string; jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const version = await client.query(
      `select 1 from strategy_version v join strategy t on t.id = v.strategy_id
        where v.id = $1 and t.workspace_id = $2 and t.deleted_at is null
          for update of v`,
      [strategyVersionId, owner.workspaceId],
    );
    found(version.rows[0], "strategy version");
    const active = await client.query<{ backtestId: string; jobId: string }>(
      `select b.id as "backtestId", j.id as "jobId" from backtest b join job j on j.id = b.job_id
        where b.strategy_version_id = $1 and b.workspace_id = $2 and b.deleted_at is null
          and j.state in ('queued', 'running') and j.cancel_requested_at is null`,
      [strategyVersionId, owner.workspaceId],
    );
    if (active.rows[0] !== undefined) return active.rows[0];
    await requireJobSlot(client, owner.workspaceId);
    const backtestId = randomUUID();
    await client.query(
      "insert into backtest (id, workspace_id, strategy_version_id) values ($1, $2, $3)",
      [backtestId, owner.workspaceId, strategyVersionId],
    );
    const jobId = await enqueueJob(client, {
      workspaceId: owner.workspaceId,
      createdBy: owner.userId,
      params: { kind: "backtest", backtestId },
    });
    await client.query("update backtest set job_id = $2 where id = $1", [backtestId, jobId]);
    return { backtestId, jobId };
  });
}

type ListRow = {
  id: string;
  strategyId: string;
  strategyName: string;
  strategyVersion: unknown;
  netReturn: number | null;
  sharpeRatio: number | null;
  drawdownMax: number | null;
  tradeCount: number | null;
  jobId: string | null;
  createdAt: Date;
};

/** The newest backtests of a workspace, or of one of its strategies, newest first. */
export async function backtestsOf(
  database: Database,
  workspaceId: string,
  strategyId: string | null,
): Promise<BacktestListItem[]> {
  const { rows } = await database.pool.query<ListRow>(
    `select b.id, t.id as "strategyId", t.name as "strategyName",
            ${STRATEGY_VERSION_JSON} as "strategyVersion",
            (b.report #>> '{metrics,totalReturn,value}')::float8 as "netReturn",
            (b.report #>> '{metrics,sharpeRatio,value}')::float8 as "sharpeRatio",
            (b.report #>> '{metrics,drawdownMax,value}')::float8 as "drawdownMax",
            (b.report #>> '{metrics,tradeCount,value}')::float8 as "tradeCount",
            b.job_id as "jobId", b.created_at as "createdAt"
       from backtest b
       join strategy_version v on v.id = b.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where b.workspace_id = $1 and b.deleted_at is null and ($2::uuid is null or t.id = $2)
      order by b.created_at desc, b.id limit $3`,
    [workspaceId, strategyId, LIST_LENGTH_MAX],
  );
  const jobs = await jobsByIds(
    database,
    workspaceId,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  return rows.map((row) => toListItem(row, jobs));
}

function toListItem(row: ListRow, jobs: ReadonlyMap<string, JobView>): BacktestListItem {
  const version = toStrategyVersionView(row.strategyVersion);
  return {
    id: row.id,
    strategyId: row.strategyId,
    strategyName: row.strategyName,
    version: version.version,
    symbolY: version.legY.symbol,
    symbolX: version.legX.symbol,
    synthetic: hasSyntheticLeg(version),
    netReturn: row.netReturn,
    sharpeRatio: row.sharpeRatio,
    drawdownMax: row.drawdownMax,
    tradeCount: row.tradeCount,
    job: row.jobId === null ? null : (jobs.get(row.jobId) ?? null),
    createdAtMs: row.createdAt.getTime(),
  };
}

/** One backtest with its report, null until it is finished. @throws {AppError} not-found */
export async function backtestOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<BacktestView> {
  const { rows } = await database.pool.query<{
    strategyName: string;
    strategyId: string | null;
    strategyVersion: unknown;
    report: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select t.name as "strategyName",
            case when t.deleted_at is null then t.id end as "strategyId",
            ${STRATEGY_VERSION_JSON} as "strategyVersion",
            b.report, b.job_id as "jobId", b.created_at as "createdAt"
       from backtest b
       join strategy_version v on v.id = b.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where b.workspace_id = $1 and b.id = $2 and b.deleted_at is null`,
    [workspaceId, id],
  );
  const row = found(rows[0], "backtest");
  const jobs = await jobsByIds(database, workspaceId, row.jobId === null ? [] : [row.jobId]);
  const strategyVersion = toStrategyVersionView(row.strategyVersion);
  return {
    id,
    strategyName: row.strategyName,
    strategyId: row.strategyId,
    strategyVersion,
    synthetic: hasSyntheticLeg(strategyVersion),
    job: row.jobId === null ? null : (jobs.get(row.jobId) ?? null),
    report: BacktestReport.nullable().parse(row.report),
    createdAtMs: row.createdAt.getTime(),
  };
}

/** Delete a backtest, so that it can still be restored. @throws {AppError} not-found */
export async function deleteBacktest(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.backtest.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "backtest");
}

/** Bring a deleted backtest back. @throws {AppError} not-found */
export async function restoreBacktest(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.backtest.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "backtest");
}
