import { z } from "zod";
import { DatasetConfig } from "#contracts/dataset.ts";
import {
  LearningRunConfig,
  type LearningRunLive,
  type LearningRunSummary,
  type RunTrial,
  type StoredRunDetail,
} from "#contracts/learning-run.ts";
import type { Queryable } from "./client.ts";
import { found } from "./found.ts";

/** What a learning job is to compute. */
export type LearningTask = {
  readonly dataset: DatasetConfig;
  readonly datasetName: string;
  readonly datasetVersion: number;
  readonly datasetHash: string;
  readonly config: LearningRunConfig;
};

const TaskRow = z.object({
  dataset: DatasetConfig,
  datasetName: z.string(),
  datasetVersion: z.number(),
  datasetHash: z.string(),
  config: LearningRunConfig,
});

/** The run that a job is for, with its dataset; null when it is gone. */
export async function learningTask(
  client: Queryable,
  workspaceId: string,
  runId: string,
): Promise<LearningTask | null> {
  const { rows } = await client.query(
    `select v.config as dataset, d.name as "datasetName", v.version as "datasetVersion",
            v.config_hash as "datasetHash", r.config
       from learning_run r
       join dataset_version v on v.id = r.dataset_version_id
       join dataset d on d.id = v.dataset_id
      where r.id = $2 and r.workspace_id = $1`,
    [workspaceId, runId],
  );
  return rows.length === 0 ? null : TaskRow.parse(rows[0]);
}

/**
 * Names of the parts of a run that an earlier attempt has finished on the same data.
 *
 * @param dataHash of all that a part depends on besides its name
 */
export async function finishedParts(
  client: Queryable,
  runId: string,
  dataHash: string,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ part: string }>(
    "select part from learning_part where run_id = $1 and data_hash = $2",
    [runId, dataHash],
  );
  return rows.map(({ part }) => part);
}

/** Result of a finished part. @throws {AppError} not-found: the run was deleted for good meanwhile */
export async function partResult(client: Queryable, runId: string, part: string): Promise<Buffer> {
  const { rows } = await client.query<{ result: Buffer }>(
    "select result from learning_part where run_id = $1 and part = $2",
    [runId, part],
  );
  return found(rows[0]?.result, "part of the run");
}

/** Drops parts and results of runs that failed or were cancelled: nobody goes on with these. */
export async function dropEndedParts(client: Queryable, workspaceId: string): Promise<void> {
  for (const table of ["learning_part", "learning_result"]) {
    await client.query(
      `delete from ${table} p using learning_run r, job j
        where r.id = p.run_id and j.id = r.job_id and r.workspace_id = $1 and r.summary is null
          and j.state in ('failed', 'cancelled')`,
      [workspaceId],
    );
  }
}

/** Keeps a part that is finished. Committed by itself: a worker that dies later has not lost it. */
export async function savePart(
  client: Queryable,
  runId: string,
  part: { readonly part: string; readonly dataHash: string; readonly result: Uint8Array },
): Promise<void> {
  await client.query(
    `insert into learning_part (run_id, part, data_hash, result) values ($1, $2, $3, $4)
     on conflict (run_id, part) do update set data_hash = excluded.data_hash, result = excluded.result`,
    [runId, part.part, part.dataHash, part.result],
  );
}

/** Says how far a running run is. */
export async function writeLearningLive(
  client: Queryable,
  runId: string,
  live: LearningRunLive,
): Promise<void> {
  await client.query("update learning_run set live = $2 where id = $1 and summary is null", [
    runId,
    JSON.stringify(live),
  ]);
}

/** What a model came to on a group. */
export type StoredResult = {
  readonly model: string;
  readonly group: string;
  readonly detail: StoredRunDetail;
  readonly trials: readonly RunTrial[];
  /** The model trained on all rows; null of what cannot be used by itself. */
  readonly file: Uint8Array | null;
};

/**
 * Drops what an attempt that did not come to its end had stored of the results of a run; nothing of a finished one,
 * whose job another worker may have taken meanwhile.
 */
export async function dropResults(client: Queryable, runId: string): Promise<void> {
  await client.query(
    `delete from learning_result p using learning_run r
      where p.run_id = $1 and r.id = p.run_id and r.summary is null`,
    [runId],
  );
}

/** Stores what one model came to on one group; it is seen when the run is finished. */
export async function saveResult(
  client: Queryable,
  runId: string,
  { model, group, detail, trials, file }: StoredResult,
): Promise<void> {
  await client.query(
    `insert into learning_result (run_id, model, group_key, detail, trials, file)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (run_id, model, group_key) do update
       set detail = excluded.detail, trials = excluded.trials, file = excluded.file`,
    [runId, model, group, JSON.stringify(detail), JSON.stringify(trials), file],
  );
}

/** Finishes a run whose results are stored. Part of the transaction that finishes its job. */
export async function finishLearningRun(
  client: Queryable,
  runId: string,
  summary: LearningRunSummary,
): Promise<void> {
  await client.query("update learning_run set summary = $2, live = null where id = $1", [
    runId,
    JSON.stringify(summary),
  ]);
  await client.query("delete from learning_part where run_id = $1", [runId]);
}
