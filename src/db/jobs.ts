import { z } from "zod";
import { JobError, JobKind, JobParams, JobState, JobView } from "#contracts/job.ts";
import type { Database, Queryable } from "./client.ts";
import { raiseJobAlerts } from "./job-alerts.ts";
import { notify } from "./notifications.ts";
import { inTransaction } from "./transaction.ts";

/** Name of the one task that graphile-worker runs; its payload is `{ jobId }`. */
export const RUN_JOB_TASK = "run-job";

/**
 * Graphile's own limit of attempts. It must not be reached: run-job gives up earlier and says so in the
 * job's row, where the person sees it.
 */
const QUEUE_ATTEMPTS_MAX = 25;

/** What a new job is made of. */
export type NewJob = {
  readonly workspaceId: string;
  readonly createdBy: string | null;
  readonly params: JobParams;
};

/**
 * Adds a job and puts it into the queue. Call it in the transaction that writes the job's subject, so that
 * neither exists without the other.
 *
 * @returns id of the job
 */
export async function enqueueJob(client: Queryable, job: NewJob): Promise<string> {
  const id = await insertJob(client, job);
  await putInQueue(client, id);
  return id;
}

/** Adds a job that the caller runs itself: it does not go into the queue. @returns id of the job */
export async function insertJob(client: Queryable, job: NewJob): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO job (id, workspace_id, created_by, kind, params)
     VALUES (gen_random_uuid(), $1, $2, $3, $4) RETURNING id`,
    [job.workspaceId, job.createdBy, job.params.kind, JSON.stringify(job.params)],
  );
  return onlyRow(rows).id;
}

/**
 * Puts a job that exists into the queue. An entry that is there already is replaced.
 *
 * @param afterMs how long it is not to be taken
 */
export async function putInQueue(client: Queryable, jobId: string, afterMs = 0): Promise<void> {
  await client.query(
    `SELECT graphile_worker.add_job($1, json_build_object('jobId', $2::text),
       job_key := $2::text, max_attempts := $3, run_at := now() + $4 * interval '1 millisecond')`,
    [RUN_JOB_TASK, jobId, QUEUE_ATTEMPTS_MAX, afterMs],
  );
}

/**
 * Jobs in progress, newest first, with those that ended within the last ten minutes.
 */
export function activeJobs(database: Database, workspaceId: string): Promise<JobView[]> {
  return jobViews(
    database,
    `j.workspace_id = $1
     AND (j.state IN ('queued', 'running') OR j.finished_at > now() - interval '10 minutes')`,
    [workspaceId],
  );
}

/** The last hundred jobs of a workspace, newest first. */
export function recentJobs(database: Database, workspaceId: string): Promise<JobView[]> {
  return jobViews(database, "j.workspace_id = $1", [workspaceId]);
}

/** One job of a workspace; null when the workspace has no such job. */
export async function jobById(
  database: Database,
  workspaceId: string,
  jobId: string,
): Promise<JobView | null> {
  const [view] = await jobViews(database, "j.workspace_id = $1 AND j.id = $2", [
    workspaceId,
    jobId,
  ]);
  return view ?? null;
}

/** Jobs of a workspace by id, for lists of what they work on. Unknown ids are absent. */
export async function jobsByIds(
  database: Database,
  workspaceId: string,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, JobView>> {
  if (jobIds.length === 0) return new Map();
  const views = await jobViews(
    database,
    "j.workspace_id = $1 AND j.id = ANY($2)",
    [workspaceId, jobIds],
    null,
  );
  return new Map(views.map((view) => [view.id, view]));
}

/**
 * Asks for a job to stop. A queued one is cancelled here; a running one by its worker, which is told at
 * once. A finished one stays as it is.
 *
 * @returns whether the workspace has such a job
 */
export function requestJobCancel(
  database: Database,
  workspaceId: string,
  jobId: string,
): Promise<boolean> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ state: JobState }>(
      `UPDATE job SET
         cancel_requested_at = CASE WHEN state IN ('queued', 'running')
           THEN coalesce(cancel_requested_at, now()) ELSE cancel_requested_at END,
         finished_at = CASE WHEN state = 'queued' THEN now() ELSE finished_at END,
         state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
       WHERE workspace_id = $1 AND id = $2 RETURNING state`,
      [workspaceId, jobId],
    );
    const [row] = rows;
    if (row?.state === "running") await notify(client, "pairdesk_job_cancel", jobId);
    return row !== undefined;
  });
}

/** A job that a worker has taken: `attempt` is the fencing token of everything that it writes. */
export type ClaimedJob = {
  readonly id: string;
  readonly workspaceId: string;
  readonly params: JobParams;
  readonly attempt: number;
};

/**
 * Takes a job for one attempt. Each claim raises `attempts`, and whatever an earlier claim still tries
 * to write is then refused.
 *
 * @returns null when the job is finished or gone, which makes running it again harmless
 */
export async function claimJob(database: Database, jobId: string): Promise<ClaimedJob | null> {
  const { rows } = await database.pool.query<{
    id: string;
    workspace_id: string;
    params: unknown;
    attempts: number;
  }>(
    `UPDATE job SET state = 'running', attempts = attempts + 1, heartbeat_at = now(),
       started_at = now(), progress = 0, stage = ''
     WHERE id = $1 AND state IN ('queued', 'running')
     RETURNING id, workspace_id, params, attempts`,
    [jobId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    params: JobParams.parse(row.params),
    attempt: row.attempts,
  };
}

/** What a running attempt learns from its row: go on, stop because the person asked, or give way to a later claim. */
export type JobStanding = "running" | "cancel-requested" | "superseded";

/** Writes progress and a heartbeat of one attempt, and reads whether it is to stop. */
export async function reportJobProgress(
  database: Database,
  job: ClaimedJob,
  report: { readonly progress: number; readonly stage: string },
): Promise<JobStanding> {
  const { rows } = await database.pool.query<{ cancel_requested: boolean }>(
    `UPDATE job SET heartbeat_at = now(), progress = $3, stage = $4
     WHERE id = $1 AND attempts = $2 AND state = 'running'
     RETURNING cancel_requested_at IS NOT NULL AS cancel_requested`,
    [job.id, job.attempt, report.progress, report.stage],
  );
  const [row] = rows;
  if (row === undefined) return "superseded";
  return row.cancel_requested ? "cancel-requested" : "running";
}

/**
 * Whether an attempt may still write: true until the job is finished or claimed again. The row stays
 * locked until the transaction ends, so call it last before COMMIT.
 */
export async function holdsJobClaim(client: Queryable, job: ClaimedJob): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM job WHERE id = $1 AND attempts = $2 AND state = 'running' FOR UPDATE",
    [job.id, job.attempt],
  );
  return rowCount === 1;
}

/** How an attempt ended for good. */
export type JobOutcome =
  | { readonly state: "succeeded"; readonly result: unknown }
  | { readonly state: "failed"; readonly error: JobError }
  | { readonly state: "cancelled" };

/**
 * Writes the final state of a job and raises the alerts on it. Part of the transaction that writes its
 * results.
 *
 * @returns false when the attempt does not hold the job any more; roll back then
 */
export async function finishJob(
  client: Queryable,
  job: ClaimedJob,
  outcome: JobOutcome,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE job SET state = $3::"JobState", finished_at = now(), heartbeat_at = now(),
       progress = CASE WHEN $3 = 'succeeded' THEN 1 ELSE progress END,
       result = $4, error = $5
     WHERE id = $1 AND attempts = $2 AND state = 'running'`,
    [
      job.id,
      job.attempt,
      outcome.state,
      outcome.state === "succeeded" ? JSON.stringify(outcome.result ?? null) : null,
      outcome.state === "failed" ? JSON.stringify(outcome.error) : null,
    ],
  );
  if (rowCount !== 1) return false;
  await raiseJobAlerts(client, {
    id: job.id,
    workspaceId: job.workspaceId,
    kind: job.params.kind,
    state: outcome.state,
    error: outcome.state === "failed" ? outcome.error : null,
  });
  return true;
}

/** Gives a job up for now: an attempt failed, and the queue will start another one later. */
export async function releaseJob(
  client: Queryable,
  job: ClaimedJob,
  stage: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE job SET state = 'queued', stage = $3, progress = 0
     WHERE id = $1 AND attempts = $2 AND state = 'running'`,
    [job.id, job.attempt, stage],
  );
  return rowCount === 1;
}

/**
 * Puts a job off: it goes on later, from what it has stored.
 *
 * @param stage what it waits for, in words for the person
 * @returns false when the attempt does not hold the job any more
 */
export async function postponeJob(
  client: Queryable,
  job: ClaimedJob,
  { afterMs, stage }: { readonly afterMs: number; readonly stage: string },
): Promise<boolean> {
  if (!(await releaseJob(client, job, stage))) return false;
  await putInQueue(client, job.id, afterMs);
  return true;
}

/** Gives a job back to the queue, to be run at once by whoever is free: the worker is stopping. */
export async function requeueJob(client: Queryable, job: ClaimedJob): Promise<void> {
  if (await releaseJob(client, job, "")) await putInQueue(client, job.id);
}

const JobRow = z.object({
  id: z.uuid(),
  kind: JobKind,
  state: JobState,
  progress: z.number(),
  stage: z.string(),
  subject_id: z.uuid(),
  title: z.string(),
  created_at_ms: z.number(),
  started_at_ms: z.number().nullable(),
  finished_at_ms: z.number().nullable(),
  now_ms: z.number(),
  cancel_requested: z.boolean(),
  error: JobError.nullable(),
  files: JobView.shape.files,
  symbols: JobView.shape.symbols,
});

const LIST_LENGTH_MAX = 100;

async function jobViews(
  database: Database,
  condition: string,
  parameters: readonly unknown[],
  limit: number | null = LIST_LENGTH_MAX,
): Promise<JobView[]> {
  const { rows } = await database.pool.query(
    `SELECT j.id, j.kind, j.state, j.progress, j.stage, j.error,
       coalesce(j.params->>'scanId', backtest.id::text, j.params->>'backtestId',
         j.params->>'optimisationId', j.params->>'studyId', j.params->>'runId', j.params->>'analysisId',
         j.params->>'uploadId', j.params->'uploadIds'->>0, j.id::text) AS subject_id,
       CASE j.kind
         WHEN 'scan' THEN 'Scan of ' || coalesce(scan.universe_name, 'a deleted universe')
         WHEN 'backtest' THEN
           'Backtest of ' || coalesce(strategy.name || ' v' || version.version, 'a deleted strategy')
         WHEN 'verification' THEN
           'Verification of ' || coalesce(strategy.name || ' v' || version.version, 'a deleted strategy')
         WHEN 'optimisation' THEN
           'Optimisation of ' || coalesce(strategy.name || ' v' || version.version, 'a deleted strategy')
         WHEN 'published-study' THEN 'Published strategies'
         WHEN 'learning-run' THEN 'Training of ' || coalesce(learning_run.name, 'a deleted run')
         WHEN 'pair-analysis' THEN
           'Analysis of ' || coalesce(leg_y.symbol || ' / ' || leg_x.symbol, 'a deleted pair')
         WHEN 'backfill-history' THEN
           'History of ' || CASE WHEN jsonb_array_length(j.params->'instrumentIds') <= 2
             THEN coalesce((SELECT string_agg(i.symbol, ', ' ORDER BY i.symbol)
               FROM jsonb_array_elements_text(j.params->'instrumentIds') wanted
               JOIN instrument i ON i.id = wanted::int), 'a deleted instrument')
             ELSE jsonb_array_length(j.params->'instrumentIds') || ' symbols' END
         WHEN 'inspect-upload' THEN 'Reading ' || coalesce(upload.file_name, 'a discarded file')
         ELSE 'Import of ' || CASE WHEN jsonb_array_length(j.params->'uploadIds') = 1
           THEN coalesce(upload.file_name, 'a discarded file')
           ELSE jsonb_array_length(j.params->'uploadIds') || ' files' END
       END AS title,
       (extract(epoch FROM j.created_at) * 1000)::float8 AS created_at_ms,
       (extract(epoch FROM j.started_at) * 1000)::float8 AS started_at_ms,
       (extract(epoch FROM j.finished_at) * 1000)::float8 AS finished_at_ms,
       (extract(epoch FROM now()) * 1000)::float8 AS now_ms,
       j.cancel_requested_at IS NOT NULL AS cancel_requested,
       (SELECT json_build_object(
          'imported', count(*) FILTER (WHERE (file->>'imported')::boolean),
          'refused', count(*) FILTER (WHERE NOT (file->>'imported')::boolean))
        FROM jsonb_array_elements(j.result->'files') file
        HAVING j.kind = 'import-uploads' AND j.result IS NOT NULL) AS files,
       CASE WHEN j.kind = 'backfill-history' THEN j.result->'symbols' END AS symbols
     FROM job j
     LEFT JOIN scan ON scan.id = (j.params->>'scanId')::uuid
     LEFT JOIN verification ON verification.id = (j.params->>'verificationId')::uuid
     LEFT JOIN backtest
       ON backtest.id = coalesce((j.params->>'backtestId')::uuid, verification.backtest_id)
     LEFT JOIN optimisation ON optimisation.id = (j.params->>'optimisationId')::uuid
     LEFT JOIN learning_run ON learning_run.id = (j.params->>'runId')::uuid
     LEFT JOIN strategy_version version
       ON version.id = coalesce(backtest.strategy_version_id, optimisation.strategy_version_id)
     LEFT JOIN strategy ON strategy.id = version.strategy_id
     LEFT JOIN pair_analysis analysis ON analysis.id = (j.params->>'analysisId')::uuid
     LEFT JOIN instrument leg_y ON leg_y.id = (analysis.config->>'instrumentY')::int
     LEFT JOIN instrument leg_x ON leg_x.id = (analysis.config->>'instrumentX')::int
     LEFT JOIN upload
       ON upload.id = coalesce(j.params->>'uploadId', j.params->'uploadIds'->>0)::uuid
     WHERE ${condition}
     ORDER BY j.created_at DESC, j.id LIMIT $${parameters.length + 1}`,
    [...parameters, limit],
  );
  return rows.map((row) => jobView(JobRow.parse(row)));
}

function jobView(row: z.infer<typeof JobRow>): JobView {
  const endMs = row.finished_at_ms ?? row.now_ms;
  const elapsedMs = row.started_at_ms === null ? 0 : Math.max(0, endMs - row.started_at_ms);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    progress: row.progress,
    stage: row.stage,
    subjectId: row.subject_id,
    title: row.title,
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    finishedAtMs: row.finished_at_ms,
    elapsedMs,
    remainingMs: row.state === "running" ? remainingMs(elapsedMs, row.progress) : null,
    cancelRequested: row.cancel_requested,
    error: row.error,
    files: row.files,
    symbols: row.symbols,
  };
}

/** Below this share of the work the past says little about what is left. */
const PROGRESS_FOR_ESTIMATE = 0.02;

function remainingMs(elapsedMs: number, progress: number): number | null {
  if (progress < PROGRESS_FOR_ESTIMATE) return null;
  return (elapsedMs * (1 - progress)) / progress;
}

function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("Invariant: the statement returns a row");
  return row;
}
