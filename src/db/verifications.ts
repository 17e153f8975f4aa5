import { randomUUID } from "node:crypto";
import { z } from "zod";
import { BacktestReport } from "#contracts/backtest.ts";
import { JobError, JobState } from "#contracts/job.ts";
import { Verification } from "#contracts/verification.ts";
import { type BacktestTask, BacktestTaskRow } from "./backtest-results.ts";
import type { Database, Queryable } from "./client.ts";
import { found } from "./found.ts";
import { lockJobSlots, requireJobSlot, requirePublicJobSlot } from "./job-slots.ts";
import { enqueueJob } from "./jobs.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Has a finished backtest computed again, to see whether its report says the truth. While that is under
 * way, it is the answer to whoever asks.
 *
 * @param wanted.shareId the link through which it is asked for; null: by the workspace itself
 * @throws {AppError} not-found; rate-limited when too many jobs of the workspace are waiting
 */
export async function startVerification(
  database: Database,
  wanted: {
    readonly workspaceId: string;
    readonly createdBy: string | null;
    readonly backtestId: string;
    readonly shareId: string | null;
  },
): Promise<Verification> {
  const { workspaceId, createdBy, backtestId, shareId } = wanted;
  return inTransaction(database.pool, async (client) => {
    await lockJobSlots(client, workspaceId);
    const backtest = await client.query(
      `select 1 from backtest where workspace_id = $1 and id = $2 and deleted_at is null
          and report is not null`,
      [workspaceId, backtestId],
    );
    found(backtest.rows[0], "finished backtest");
    const newest = await newestVerification(client, workspaceId, backtestId);
    if (newest !== null && (newest.state === "queued" || newest.state === "running")) return newest;
    await (createdBy === null ? requirePublicJobSlot : requireJobSlot)(client, workspaceId);
    const verificationId = randomUUID();
    await client.query(
      "insert into verification (id, workspace_id, backtest_id, share_id) values ($1, $2, $3, $4)",
      [verificationId, workspaceId, backtestId, shareId],
    );
    const params = { kind: "verification", verificationId } as const;
    const jobId = await enqueueJob(client, { workspaceId, createdBy, params });
    await client.query("update verification set job_id = $2 where id = $1", [
      verificationId,
      jobId,
    ]);
    return found(await newestVerification(client, workspaceId, backtestId), "verification");
  });
}

/** The newest verification of a backtest; null when there is none. @throws {AppError} not-found */
export async function verificationOf(
  database: Database,
  workspaceId: string,
  backtestId: string,
): Promise<Verification | null> {
  const backtest = await database.pool.query(
    "select 1 from backtest where workspace_id = $1 and id = $2 and deleted_at is null",
    [workspaceId, backtestId],
  );
  found(backtest.rows[0], "backtest");
  return newestVerification(database.pool, workspaceId, backtestId);
}

const VerificationRow = z.object({
  id: z.uuid(),
  state: JobState.nullable(),
  progress: z.number().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  outcome: Verification.shape.outcome,
  error: JobError.nullable(),
});

async function newestVerification(
  client: Queryable,
  workspaceId: string,
  backtestId: string,
): Promise<Verification | null> {
  const { rows } = await client.query(
    `select r.id, j.state, j.progress, r.created_at as "createdAt", j.started_at as "startedAt",
            r.outcome, j.error
       from verification r left join job j on j.id = r.job_id
      where r.workspace_id = $1 and r.backtest_id = $2
      order by r.created_at desc, r.id limit 1`,
    [workspaceId, backtestId],
  );
  if (rows.length === 0) return null;
  const { createdAt, startedAt, error, ...row } = VerificationRow.parse(rows[0]);
  // Jobs are cleared away after a while; what was found stays.
  const state = row.state ?? (row.outcome === null ? "failed" : "succeeded");
  return {
    ...row,
    state,
    progress: row.progress ?? 1,
    startedAtMs: (startedAt ?? createdAt).getTime(),
    error: error?.message ?? null,
  };
}

/** What a verification job is to compute again, and what the report says. */
export type VerificationTask = {
  readonly verificationId: string;
  readonly backtest: BacktestTask;
  readonly report: BacktestReport;
};

/** The verification that a job is for; null when it or its report is gone. */
export async function verificationTask(
  client: Queryable,
  workspaceId: string,
  verificationId: string,
): Promise<VerificationTask | null> {
  const { rows } = await client.query<{ backtestId: string; report: unknown }>(
    `select b.id as "backtestId", b.report, v.config, v.config_hash as "configHash", b.plan,
            b.created_at as "createdAt"
       from verification r
       join backtest b on b.id = r.backtest_id
       join strategy_version v on v.id = b.strategy_version_id
      where r.workspace_id = $1 and r.id = $2 and b.report is not null`,
    [workspaceId, verificationId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    verificationId,
    backtest: { backtestId: row.backtestId, ...BacktestTaskRow.parse(row) },
    report: BacktestReport.parse(row.report),
  };
}

/** Stores what a verification found. Part of the transaction that finishes its job. */
export async function saveVerificationOutcome(
  client: Queryable,
  verificationId: string,
  outcome: NonNullable<Verification["outcome"]>,
): Promise<void> {
  await client.query("update verification set outcome = $2 where id = $1", [
    verificationId,
    JSON.stringify(outcome),
  ]);
}
