import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type BacktestListItem,
  BacktestReport,
  type BacktestView,
  MetricName,
  TradeLeg,
} from "#contracts/backtest.ts";
import { BacktestPlan } from "#contracts/backtest-plan.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import type { JobView } from "#contracts/job.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import { requireBacktestPlan } from "./backtest-plan-check.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { lockJobSlots, requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { type BookNames, bookNames } from "./named-books.ts";
import {
  hasSyntheticLeg,
  STRATEGY_BOOKS,
  STRATEGY_VERSION_JSON,
  toStrategyVersionView,
} from "./strategy-version-view.ts";
import { inTransaction } from "./transaction.ts";

/**
 * New backtest of a strategy version with its job, in one transaction. While one of the same version by
 * the same plan is waiting or running, that one is the answer: a second could only say the same.
 *
 * @throws {AppError} not-found; invalid-input on "plan", see requireBacktestPlan; rate-limited when too
 *   many jobs are waiting
 */
export async function createBacktest(
  database: Database,
  owner: { workspaceId: string; userId: string },
  strategyVersionId: string,
  plan: BacktestPlan = { kind: "single" },
): Promise<StartedBacktest> {
  return inTransaction(database.pool, (client) =>
    insertBacktest(client, owner, { strategyVersionId, plan }),
  );
}

/** A backtest that waits or runs. */
export type StartedBacktest = { readonly backtestId: string; readonly jobId: string };

/** What a backtest is made of. */
type NewBacktest = { readonly strategyVersionId: string; readonly plan: BacktestPlan };

/**
 * New backtests, all of them or none.
 *
 * @returns in the order of `runs`
 * @throws {AppError} as createBacktest
 */
export async function createBacktests(
  database: Database,
  owner: { workspaceId: string; userId: string },
  runs: readonly NewBacktest[],
): Promise<StartedBacktest[]> {
  return inTransaction(database.pool, async (client) => {
    const started: StartedBacktest[] = [];
    for (const run of runs) started.push(await insertBacktest(client, owner, run));
    return started;
  });
}

async function insertBacktest(
  client: Queryable,
  owner: { workspaceId: string; userId: string },
  { strategyVersionId, plan }: NewBacktest,
): Promise<StartedBacktest> {
  await lockJobSlots(client, owner.workspaceId);
  const version = await client.query<{ config: unknown }>(
    `select v.config from strategy_version v join strategy t on t.id = v.strategy_id
        where v.id = $1 and t.workspace_id = $2 and t.deleted_at is null`,
    [strategyVersionId, owner.workspaceId],
  );
  const { config } = found(version.rows[0], "strategy version");
  await requireBacktestPlan(client, owner.workspaceId, StrategyConfig.parse(config), plan);
  const active = await client.query<{ backtestId: string; jobId: string }>(
    `select b.id as "backtestId", j.id as "jobId" from backtest b join job j on j.id = b.job_id
        where b.strategy_version_id = $1 and b.workspace_id = $2 and b.deleted_at is null
          and b.plan = $3::jsonb
          and j.state in ('queued', 'running') and j.cancel_requested_at is null`,
    [strategyVersionId, owner.workspaceId, JSON.stringify(plan)],
  );
  if (active.rows[0] !== undefined) return active.rows[0];
  await requireJobSlot(client, owner.workspaceId);
  const backtestId = randomUUID();
  await client.query(
    "insert into backtest (id, workspace_id, strategy_version_id, plan) values ($1, $2, $3, $4)",
    [backtestId, owner.workspaceId, strategyVersionId, JSON.stringify(plan)],
  );
  const jobId = await enqueueJob(client, {
    workspaceId: owner.workspaceId,
    createdBy: owner.userId,
    params: { kind: "backtest", backtestId },
  });
  await client.query("update backtest set job_id = $2 where id = $1", [backtestId, jobId]);
  return { backtestId, jobId };
}

/** What of the backtests of a workspace a list shows; a filter that is left out lets all through. */
export type BacktestFilters = {
  readonly strategyId?: string | undefined;
  readonly strategyKind?: string | undefined;
  readonly planKind?: BacktestPlan["kind"] | undefined;
  readonly tag?: string | undefined;
};

type ListRow = {
  id: string;
  strategyId: string;
  strategyName: string;
  strategyKind: string;
  version: number;
  planKind: BacktestPlan["kind"];
  books: unknown;
  tags: string[];
  notes: string;
  metrics: unknown;
  lookAheadPassed: boolean | null;
  equityShape: number[];
  jobId: string | null;
  createdAt: Date;
};

/** The newest backtests of a workspace, newest first. */
export async function backtestsOf(
  database: Database,
  workspaceId: string,
  { strategyId, strategyKind, planKind, tag }: BacktestFilters = {},
): Promise<BacktestListItem[]> {
  const { rows } = await database.pool.query<ListRow>(
    `select b.id, t.id as "strategyId", t.name as "strategyName",
            v.config ->> 'kind' as "strategyKind", v.version, b.plan ->> 'kind' as "planKind",
            ${STRATEGY_BOOKS} as books, b.tags, b.notes, b.metrics,
            b.look_ahead_passed as "lookAheadPassed", b.equity_shape as "equityShape",
            b.job_id as "jobId", b.created_at as "createdAt"
       from backtest b
       join strategy_version v on v.id = b.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where b.workspace_id = $1 and b.deleted_at is null
        and ($2::uuid is null or t.id = $2)
        and ($3::text is null or v.config ->> 'kind' = $3)
        and ($4::text is null or b.plan ->> 'kind' = $4)
        and ($5::text is null or $5 = any(b.tags))
      order by b.created_at desc, b.id limit $6`,
    [
      workspaceId,
      ...[strategyId ?? null, strategyKind ?? null, planKind ?? null, tag ?? null],
      LIST_LENGTH_MAX,
    ],
  );
  const jobs = await jobsByIds(
    database,
    workspaceId,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  const names = await bookNames(
    database.pool,
    rows.map(({ books }) => books),
  );
  return rows.map((row) => toListItem(row, jobs, names));
}

const ListMetrics = z.partialRecord(MetricName, z.number().nullable()).nullable();

function toListItem(
  { books, metrics, jobId, createdAt, ...row }: ListRow,
  jobs: ReadonlyMap<string, JobView>,
  names: BookNames,
): BacktestListItem {
  const named = names(books);
  return {
    ...row,
    subject: subjectOf(named),
    synthetic: hasSyntheticLeg({ books: named }),
    metrics: ListMetrics.parse(metrics) ?? {},
    job: jobId === null ? null : (jobs.get(jobId) ?? null),
    createdAtMs: createdAt.getTime(),
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
    plan: unknown;
    tags: string[];
    notes: string;
    report: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select t.name as "strategyName",
            case when t.deleted_at is null then t.id end as "strategyId",
            ${STRATEGY_VERSION_JSON} as "strategyVersion",
            b.plan, b.tags, b.notes, b.report, b.job_id as "jobId", b.created_at as "createdAt"
       from backtest b
       join strategy_version v on v.id = b.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where b.workspace_id = $1 and b.id = $2 and b.deleted_at is null`,
    [workspaceId, id],
  );
  const { jobId, createdAt, report, plan, ...row } = found(rows[0], "backtest");
  const jobs = await jobsByIds(database, workspaceId, jobId === null ? [] : [jobId]);
  const strategyVersion = toStrategyVersionView(row.strategyVersion);
  return {
    ...row,
    id,
    strategyVersion,
    plan: BacktestPlan.parse(plan),
    synthetic: hasSyntheticLeg(strategyVersion),
    job: jobId === null ? null : (jobs.get(jobId) ?? null),
    report: BacktestReport.nullable().parse(report),
    createdAtMs: createdAt.getTime(),
  };
}

const TradeLegs = z.array(TradeLeg);

/**
 * Legs of one trade of a backtest: nothing else of its report is read.
 *
 * @param trade place among the trades
 * @throws {AppError} not-found, also where there is no such trade
 */
export async function backtestTradeLegs(
  database: Database,
  workspaceId: string,
  id: string,
  trade: number,
): Promise<readonly TradeLeg[]> {
  const { rows } = await database.pool.query<{ legs: unknown }>(
    `select b.report -> 'trades' -> $3::int -> 'legs' as legs from backtest b
      where b.workspace_id = $1 and b.id = $2 and b.deleted_at is null`,
    [workspaceId, id, trade],
  );
  return TradeLegs.parse(found(rows[0]?.legs, "trade"));
}

/** Change the tags and notes of a backtest. @throws {AppError} not-found */
export async function annotateBacktest(
  database: Database,
  workspaceId: string,
  id: string,
  { tags, notes }: { tags: readonly string[]; notes: string },
): Promise<void> {
  const { count } = await database.prisma.backtest.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { tags: [...tags], notes },
  });
  assertChanged(count, "backtest");
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
