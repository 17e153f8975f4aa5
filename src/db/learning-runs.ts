import { randomUUID } from "node:crypto";
import { subjectOf } from "#contracts/books-subject.ts";
import { DatasetConfig, DatasetVersionView } from "#contracts/dataset.ts";
import {
  EarlierRuns,
  LearningRunConfig,
  type LearningRunListItem,
  LearningRunLive,
  LearningRunSummary,
  type LearningRunView,
  RunDetail,
  RunTrial,
} from "#contracts/learning-run.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { isSynthetic } from "#contracts/venue.ts";
import type { Database } from "./client.ts";
import { DATASET_VERSION_JSON, hasSyntheticBook } from "./datasets.ts";
import { assertChanged, found } from "./found.ts";
import { lockJobSlots, requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { bookNames } from "./named-books.ts";
import { inTransaction } from "./transaction.ts";

/** What a version of a dataset is made of. @throws {AppError} not-found */
export async function datasetOfVersion(
  database: Database,
  workspaceId: string,
  versionId: string,
): Promise<DatasetConfig> {
  const { rows } = await database.pool.query<{ config: unknown }>(
    `select v.config from dataset_version v join dataset d on d.id = v.dataset_id
      where d.workspace_id = $1 and v.id = $2 and d.deleted_at is null`,
    [workspaceId, versionId],
  );
  return DatasetConfig.parse(found(rows[0], "dataset").config);
}

/**
 * New run with its job, in one transaction. While the same run is waiting or running, that one is the answer.
 *
 * @throws {AppError} not-found: the dataset version; rate-limited when too many jobs are waiting
 */
export async function startLearningRun(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  run: {
    readonly datasetVersionId: string;
    readonly name: string;
    readonly config: LearningRunConfig;
  },
): Promise<{ runId: string; jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const { workspaceId } = owner;
    await lockJobSlots(client, workspaceId);
    const dataset = await client.query(
      `select 1 from dataset_version v join dataset d on d.id = v.dataset_id
        where d.workspace_id = $1 and v.id = $2 and d.deleted_at is null`,
      [workspaceId, run.datasetVersionId],
    );
    found(dataset.rows[0], "dataset");
    const text = JSON.stringify(run.config);
    const active = await client.query<{ runId: string; jobId: string }>(
      `select r.id as "runId", j.id as "jobId"
         from learning_run r join job j on j.id = r.job_id
        where r.workspace_id = $1 and r.dataset_version_id = $2 and r.deleted_at is null
          and r.config = $3::jsonb and j.state in ('queued', 'running')
          and j.cancel_requested_at is null`,
      [workspaceId, run.datasetVersionId, text],
    );
    if (active.rows[0] !== undefined) return active.rows[0];
    await requireJobSlot(client, workspaceId);
    const runId = randomUUID();
    await client.query(
      `insert into learning_run (id, workspace_id, dataset_version_id, name, config)
       values ($1, $2, $3, $4, $5)`,
      [runId, workspaceId, run.datasetVersionId, run.name, text],
    );
    const jobId = await enqueueJob(client, {
      workspaceId,
      createdBy: owner.userId,
      params: { kind: "learning-run", runId },
    });
    await client.query("update learning_run set job_id = $2 where id = $1", [runId, jobId]);
    return { runId, jobId };
  });
}

/** Runs of a workspace, newest first. @param datasetId null: of all datasets */
export async function learningRunsOf(
  database: Database,
  workspaceId: string,
  datasetId: string | null,
): Promise<LearningRunListItem[]> {
  const { rows } = await database.pool.query<{
    id: string;
    name: string;
    datasetId: string;
    datasetName: string;
    datasetVersion: number;
    kind: LearningRunListItem["kind"];
    books: unknown;
    models: number | null;
    beating: number | null;
    trials: number | null;
    datasetHash: string | null;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select r.id, r.name, d.id as "datasetId", d.name as "datasetName",
            v.version as "datasetVersion", r.config ->> 'kind' as kind, v.config -> 'books' as books,
            (select count(*)::int from jsonb_array_elements(r.summary -> 'models') m
              where not (m ->> 'isBaseline')::boolean) as models,
            (select count(distinct m ->> 'model')::int
               from jsonb_array_elements(r.summary -> 'results') m
              where m -> 'verdict' ->> 'kind' = 'beats') as beating,
            (r.summary ->> 'trials')::int as trials, r.summary ->> 'datasetHash' as "datasetHash",
            r.job_id as "jobId",
            r.created_at as "createdAt"
       from learning_run r
       join dataset_version v on v.id = r.dataset_version_id
       join dataset d on d.id = v.dataset_id
      where r.workspace_id = $1 and r.deleted_at is null and ($2::uuid is null or d.id = $2)
      order by r.created_at desc, r.id limit $3`,
    [workspaceId, datasetId, LIST_LENGTH_MAX],
  );
  const names = await bookNames(
    database.pool,
    rows.map(({ books }) => books),
  );
  const jobs = await jobsByIds(
    database,
    workspaceId,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  return rows.map(({ books, jobId, createdAt, models, beating, trials, ...row }) => {
    const named = names(books);
    const isFinished = trials !== null;
    return {
      ...row,
      trials,
      models: isFinished ? models : null,
      beating: isFinished ? beating : null,
      subject: subjectOf(named),
      synthetic: named.flat().some(({ venue }) => isSynthetic(venue)),
      job: jobId === null ? null : (jobs.get(jobId) ?? null),
      createdAtMs: createdAt.getTime(),
    };
  });
}

/**
 * SQL that says of a run `e` whether anything of it could be seen: its result, or scores while it ran. One that was
 * cancelled or failed after that has been looked at all the same.
 */
const WAS_LOOKED_AT = `(e.summary is not null or jsonb_array_length(e.live -> 'best') > 0
  or jsonb_array_length(coalesce(e.live -> 'searches', '[]')) > 0)`;

/**
 * SQL: whether a dataset `w` has an instrument and a part of its span in common with `v`, at any interval: hours and
 * days of the same prices are the same data, whatever the dataset is called.
 */
const READS_THE_SAME = `(w.config #>> '{window,startMs}')::float8 < (v.config #>> '{window,endMs}')::float8
  and (w.config #>> '{window,endMs}')::float8 > (v.config #>> '{window,startMs}')::float8
  and exists (select from jsonb_path_query(w.config, '$.books[*][*]') as theirs(id)
                join jsonb_path_query(v.config, '$.books[*][*]') as ours(id) using (id))`;

/** One run with its summary, null until it is finished. @throws {AppError} not-found */
export async function learningRunOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<LearningRunView> {
  const { rows } = await database.pool.query<{
    name: string;
    datasetId: string | null;
    datasetName: string;
    datasetVersion: unknown;
    config: unknown;
    live: unknown;
    earlierRuns: unknown;
    summary: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select r.name, case when d.deleted_at is null then d.id end as "datasetId",
            d.name as "datasetName", ${DATASET_VERSION_JSON} as "datasetVersion",
            r.config, r.live, r.summary, r.job_id as "jobId", r.created_at as "createdAt",
            (select jsonb_build_object('finished', count(e.summary),
                                       'unfinished', count(*) - count(e.summary))
               from learning_run e join dataset_version w on w.id = e.dataset_version_id
              where e.workspace_id = r.workspace_id and e.created_at < r.created_at
                and ${READS_THE_SAME} and ${WAS_LOOKED_AT}) as "earlierRuns"
       from learning_run r
       join dataset_version v on v.id = r.dataset_version_id
       join dataset d on d.id = v.dataset_id
      where r.workspace_id = $1 and r.id = $2 and r.deleted_at is null`,
    [workspaceId, id],
  );
  const { name, datasetId, datasetName, jobId, ...row } = found(rows[0], "run");
  const jobs = await jobsByIds(database, workspaceId, jobId === null ? [] : [jobId]);
  const datasetVersion = DatasetVersionView.parse(row.datasetVersion);
  return {
    ...{ id, name, datasetId, datasetName, datasetVersion },
    config: LearningRunConfig.parse(row.config),
    live: LearningRunLive.nullable().parse(row.live),
    earlierRuns: EarlierRuns.parse(row.earlierRuns),
    summary: LearningRunSummary.nullable().parse(row.summary),
    synthetic: hasSyntheticBook(datasetVersion),
    job: jobId === null ? null : (jobs.get(jobId) ?? null),
    createdAtMs: row.createdAt.getTime(),
  };
}

/** Name of the person who started a run; "" when that person is gone. @throws {AppError} not-found */
export async function learningRunStarter(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<string> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select coalesce(u.name, '') as name from learning_run r
       left join job j on j.id = r.job_id
       left join user_account u on u.id = j.created_by
      where r.workspace_id = $1 and r.id = $2 and r.deleted_at is null`,
    [workspaceId, id],
  );
  return found(rows[0], "run").name;
}

/** Which model on which group of rows. */
export type ResultKey = { readonly model: string; readonly group: string };

/**
 * Details of one model of a finished run.
 *
 * @param key.member place of the book in a group of several whose predictions are wanted; the first unless told
 * @throws {AppError} not-found
 */
export async function runDetailOf(
  database: Database,
  workspaceId: string,
  runId: string,
  { model, group, member = 0 }: ResultKey & { readonly member?: number | undefined },
): Promise<{ detail: RunDetail; trials: RunTrial[]; hasFile: boolean }> {
  const { rows } = await database.pool.query<{
    detail: unknown;
    trials: unknown;
    hasFile: boolean;
  }>(
    `select p.detail - 'memberPredictions' || jsonb_build_object('predictions',
              coalesce(p.detail -> 'memberPredictions' -> $5::int, p.detail -> 'predictions')) as detail,
            p.trials, p.file is not null as "hasFile"
       from learning_result p join learning_run r on r.id = p.run_id
      where r.workspace_id = $1 and r.id = $2 and r.deleted_at is null and r.summary is not null
        and p.model = $3 and p.group_key = $4`,
    [workspaceId, runId, model, group, member],
  );
  const row = found(rows[0], "result");
  return {
    detail: RunDetail.parse(row.detail),
    trials: RunTrial.array().parse(row.trials),
    hasFile: row.hasFile,
  };
}

/** The trained model of a finished run as a file. @throws {AppError} not-found, also of one without a file */
export async function runModelFile(
  database: Database,
  workspaceId: string,
  runId: string,
  { model, group }: ResultKey,
): Promise<Buffer> {
  const { rows } = await database.pool.query<{ file: Buffer | null }>(
    `select p.file from learning_result p join learning_run r on r.id = p.run_id
      where r.workspace_id = $1 and r.id = $2 and r.deleted_at is null and r.summary is not null
        and p.model = $3 and p.group_key = $4`,
    [workspaceId, runId, model, group],
  );
  return found(rows[0]?.file, "trained model");
}

/** Change the name of a run. @throws {AppError} not-found */
export async function renameLearningRun(
  database: Database,
  workspaceId: string,
  id: string,
  name: string,
): Promise<void> {
  const { count } = await database.prisma.learningRun.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { name },
  });
  assertChanged(count, "run");
}

/** Delete a run, so that it can still be restored; models made of it stay. @throws {AppError} not-found */
export async function deleteLearningRun(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.learningRun.updateMany({
    where: { id, workspaceId, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  assertChanged(count, "run");
}

/** Bring a deleted run back. @throws {AppError} not-found */
export async function restoreLearningRun(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await database.prisma.learningRun.updateMany({
    where: { id, workspaceId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  assertChanged(count, "run");
}
