import { randomUUID } from "node:crypto";
import { subjectOf } from "#contracts/books-subject.ts";
import { AppError } from "#contracts/error-code.ts";
import type { JobView } from "#contracts/job.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import {
  OptimisationConfig,
  type OptimisationListItem,
  OptimisationSummary,
  OptimisationView,
} from "#contracts/optimisation.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import { PARAMETER_COLUMN, trialParameter } from "#contracts/trial-columns.ts";
import { GATED_OPTIMISATION } from "#contracts/walk-forward-trials.ts";
import type { Database } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { lockJobSlots, requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { bookNames } from "./named-books.ts";
import { optimisationSpace } from "./optimisation-space.ts";
import { trialColumns } from "./optimisation-trials.ts";
import { addStrategyVersion } from "./strategies.ts";
import {
  hasSyntheticLeg,
  STRATEGY_BOOKS,
  STRATEGY_VERSION_JSON,
  toStrategyVersionView,
} from "./strategy-version-view.ts";
import { inTransaction } from "./transaction.ts";

/**
 * New optimisation of a strategy version with its job, in one transaction. While the same search is
 * waiting or running, that one is the answer.
 *
 * @throws {AppError} not-found; invalid-input when the space is too large or not of this strategy, see
 *   optimisationSpace; rate-limited when too many jobs are waiting
 */
export async function createOptimisation(
  database: Database,
  owner: { workspaceId: string; userId: string },
  strategyVersionId: string,
  config: OptimisationConfig,
): Promise<{ optimisationId: string; jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    await lockJobSlots(client, owner.workspaceId);
    const version = await client.query<{ config: unknown }>(
      `select v.config from strategy_version v join strategy t on t.id = v.strategy_id
        where v.id = $1 and t.workspace_id = $2 and t.deleted_at is null`,
      [strategyVersionId, owner.workspaceId],
    );
    const stored = found(version.rows[0], "strategy version");
    const strategy = StrategyConfig.parse(stored.config);
    optimisationSpace(strategy, config);
    if (strategy.gate !== undefined) {
      throw new AppError("invalid-input", GATED_OPTIMISATION, { field: "strategyVersionId" });
    }
    const text = JSON.stringify(config);
    const active = await client.query<{ optimisationId: string; jobId: string }>(
      `select o.id as "optimisationId", j.id as "jobId"
         from optimisation o join job j on j.id = o.job_id
        where o.strategy_version_id = $1 and o.workspace_id = $2 and o.deleted_at is null
          and o.config = $3::jsonb
          and j.state in ('queued', 'running') and j.cancel_requested_at is null`,
      [strategyVersionId, owner.workspaceId, text],
    );
    if (active.rows[0] !== undefined) return active.rows[0];
    await requireJobSlot(client, owner.workspaceId);
    const optimisationId = randomUUID();
    await client.query(
      `insert into optimisation (id, workspace_id, strategy_version_id, config)
       values ($1, $2, $3, $4)`,
      [optimisationId, owner.workspaceId, strategyVersionId, text],
    );
    const jobId = await enqueueJob(client, {
      workspaceId: owner.workspaceId,
      createdBy: owner.userId,
      params: { kind: "optimisation", optimisationId },
    });
    await client.query("update optimisation set job_id = $2 where id = $1", [
      optimisationId,
      jobId,
    ]);
    return { optimisationId, jobId };
  });
}

type ListRow = {
  id: string;
  strategyId: string;
  strategyName: string;
  version: number;
  books: unknown;
  method: string;
  objective: OptimisationListItem["objective"];
  trials: number | null;
  bestObjective: number | null;
  jobId: string | null;
  createdAt: Date;
};

/** The newest optimisations of a workspace, or of one of its strategies, newest first. */
export async function optimisationsOf(
  database: Database,
  workspaceId: string,
  strategyId: string | null = null,
): Promise<OptimisationListItem[]> {
  const { rows } = await database.pool.query<ListRow>(
    `select o.id, t.id as "strategyId", t.name as "strategyName", v.version,
            ${STRATEGY_BOOKS} as books, o.config #>> '{method,kind}' as method,
            o.config ->> 'objective' as objective, nullif(o.trial_count, 0) as trials,
            (coalesce(o.summary #> '{best,0,figures}', o.live #> '{best,figures}')
               ->> (o.config ->> 'objective'))::float8 as "bestObjective",
            o.job_id as "jobId", o.created_at as "createdAt"
       from optimisation o
       join strategy_version v on v.id = o.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where o.workspace_id = $1 and o.deleted_at is null and ($2::uuid is null or t.id = $2)
      order by o.created_at desc, o.id limit $3`,
    [workspaceId, strategyId, LIST_LENGTH_MAX],
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
  return rows.map(({ books, jobId, createdAt, ...row }) => ({
    ...row,
    subject: subjectOf(names(books)),
    job: jobOf(jobs, jobId),
    createdAtMs: createdAt.getTime(),
  }));
}

/** One optimisation, with what is known of it so far. @throws {AppError} not-found */
export async function optimisationOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<OptimisationView> {
  const { rows } = await database.pool.query<{
    strategyName: string;
    strategyId: string | null;
    strategyVersion: unknown;
    config: unknown;
    live: unknown;
    summary: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select t.name as "strategyName",
            case when t.deleted_at is null then t.id end as "strategyId",
            ${STRATEGY_VERSION_JSON} as "strategyVersion",
            o.config, o.live, o.summary, o.job_id as "jobId", o.created_at as "createdAt"
       from optimisation o
       join strategy_version v on v.id = o.strategy_version_id
       join strategy t on t.id = v.strategy_id
      where o.workspace_id = $1 and o.id = $2 and o.deleted_at is null`,
    [workspaceId, id],
  );
  const { strategyName, strategyId, jobId, ...row } = found(rows[0], "optimisation");
  const jobs = await jobsByIds(database, workspaceId, jobId === null ? [] : [jobId]);
  const strategyVersion = toStrategyVersionView(row.strategyVersion);
  return {
    ...{ id, strategyName, strategyId, strategyVersion },
    config: OptimisationConfig.parse(row.config),
    live: OptimisationView.shape.live.parse(row.live),
    summary: OptimisationSummary.nullable().parse(row.summary),
    synthetic: hasSyntheticLeg(strategyVersion),
    job: jobOf(jobs, jobId),
    createdAtMs: row.createdAt.getTime(),
  };
}

function jobOf(jobs: ReadonlyMap<string, JobView>, jobId: string | null): JobView | null {
  return jobId === null ? null : (jobs.get(jobId) ?? null);
}

/**
 * Makes a stored trial the newest version of its strategy; the one it is already stays as it is.
 *
 * @throws {AppError} not-found, also of a trial that is not stored or a strategy that was deleted;
 *   invalid-input when an instrument of the strategy has no bars any more
 */
export async function promoteTrial(
  database: Database,
  workspaceId: string,
  id: string,
  trial: number,
): Promise<{ strategyId: string; versionId: string; version: number }> {
  const view = await optimisationOf(database, workspaceId, id);
  const columns = await trialColumns(database, workspaceId, id, [PARAMETER_COLUMN]);
  const parameters = columns.map((column) => {
    found(column.values[trial], "trial");
    return [column.name.slice(PARAMETER_COLUMN.length), trialParameter(column, trial)] as const;
  });
  found(parameters[0], "trial");
  const strategyId = found(view.strategyId, "strategy");
  const { config } = view.strategyVersion;
  const promoted = StrategyConfig.parse({
    ...config,
    parameters: { ...config.parameters, ...Object.fromEntries(parameters) },
  });
  return { strategyId, ...(await addStrategyVersion(database, workspaceId, strategyId, promoted)) };
}

/** Delete an optimisation, so that it can still be restored. @throws {AppError} not-found */
export async function deleteOptimisation(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.optimisation.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "optimisation");
}

/** Bring a deleted optimisation back. @throws {AppError} not-found */
export async function restoreOptimisation(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.optimisation.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "optimisation");
}
