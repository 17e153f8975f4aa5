import { randomUUID } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import {
  PublishedStudyConfig,
  type PublishedStudyListItem,
  PublishedStudyResult,
  type PublishedStudyView,
} from "#contracts/published-study.ts";
import type { Database, Queryable } from "./client.ts";
import { assertChanged, found } from "./found.ts";
import { instrumentsByIds, seriesOfInstruments } from "./instruments.ts";
import { lockJobSlots, requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { inTransaction } from "./transaction.ts";

/**
 * New study with its job, in one transaction. While the same study is waiting or running, that one is the
 * answer.
 *
 * @throws {AppError} invalid-input when an instrument is unknown or has no bars of the interval;
 *   rate-limited when too many jobs are waiting
 */
export async function startPublishedStudy(
  database: Database,
  owner: { workspaceId: string; userId: string },
  config: PublishedStudyConfig,
): Promise<{ studyId: string; jobId: string }> {
  return inTransaction(database.pool, async (client) => {
    const { workspaceId } = owner;
    await lockJobSlots(client, workspaceId);
    const ids = config.instruments;
    const series = await seriesOfInstruments(client, workspaceId, ids, config.intervalMs);
    const known = new Set(series.map(({ instrumentId }) => instrumentId));
    const missing = ids.findIndex((id) => !known.has(id));
    if (missing !== -1) {
      throw new AppError("invalid-input", "An instrument has no bars of this interval", {
        field: `instruments.${missing}`,
      });
    }
    const text = JSON.stringify(config);
    const active = await client.query<{ studyId: string; jobId: string }>(
      `select s.id as "studyId", j.id as "jobId"
         from published_study s join job j on j.id = s.job_id
        where s.workspace_id = $1 and s.deleted_at is null and s.config = $2::jsonb
          and j.state in ('queued', 'running') and j.cancel_requested_at is null`,
      [workspaceId, text],
    );
    if (active.rows[0] !== undefined) return active.rows[0];
    await requireJobSlot(client, workspaceId);
    const studyId = randomUUID();
    await client.query(
      "insert into published_study (id, workspace_id, config) values ($1, $2, $3)",
      [studyId, workspaceId, text],
    );
    const jobId = await enqueueJob(client, {
      workspaceId,
      createdBy: owner.userId,
      params: { kind: "published-study", studyId },
    });
    await client.query("update published_study set job_id = $2 where id = $1", [studyId, jobId]);
    return { studyId, jobId };
  });
}

/** What a study job is to compute; null when the study is gone. */
export async function publishedStudyTask(
  client: Queryable,
  workspaceId: string,
  studyId: string,
): Promise<PublishedStudyConfig | null> {
  const { rows } = await client.query<{ config: unknown }>(
    "select config from published_study where workspace_id = $1 and id = $2",
    [workspaceId, studyId],
  );
  const [row] = rows;
  return row === undefined ? null : PublishedStudyConfig.parse(row.config);
}

/** Stores the result. Part of the transaction that finishes its job. */
export async function savePublishedStudy(
  client: Queryable,
  studyId: string,
  result: PublishedStudyResult,
): Promise<void> {
  await client.query("update published_study set result = $2 where id = $1", [
    studyId,
    JSON.stringify(result),
  ]);
}

/** One study with its result, null until it is finished. @throws {AppError} not-found */
export async function publishedStudyOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<PublishedStudyView> {
  const { rows } = await database.pool.query<{
    config: unknown;
    result: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select config, result, job_id as "jobId", created_at as "createdAt" from published_study
      where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id],
  );
  const row = found(rows[0], "study");
  const config = PublishedStudyConfig.parse(row.config);
  const known = await instrumentsByIds(database.pool, workspaceId, config.instruments);
  const jobs = await jobsByIds(database, workspaceId, row.jobId === null ? [] : [row.jobId]);
  return {
    id,
    config,
    synthetic: known.some(({ synthetic }) => synthetic),
    result: PublishedStudyResult.nullable().parse(row.result),
    job: row.jobId === null ? null : (jobs.get(row.jobId) ?? null),
    createdAtMs: row.createdAt.getTime(),
  };
}

/** Studies of a workspace, newest first. */
export async function publishedStudiesOf(
  database: Database,
  workspaceId: string,
): Promise<PublishedStudyListItem[]> {
  const { rows } = await database.pool.query<{
    id: string;
    config: unknown;
    synthetic: boolean;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select s.id, s.config, s.job_id as "jobId", s.created_at as "createdAt",
            exists (select 1 from instrument i where i.venue = 'synthetic'
                     and i.id in (select jsonb_array_elements_text(s.config -> 'instruments')::int))
              as synthetic
       from published_study s
      where s.workspace_id = $1 and s.deleted_at is null
      order by s.created_at desc, s.id limit $2`,
    [workspaceId, LIST_LENGTH_MAX],
  );
  const jobs = await jobsByIds(
    database,
    workspaceId,
    rows.flatMap(({ jobId }) => jobId ?? []),
  );
  return rows.map(({ id, config, synthetic, jobId, createdAt }) => {
    const { pairs, trading } = PublishedStudyConfig.parse(config);
    return {
      id,
      synthetic,
      pairs: pairs.length,
      trading,
      job: jobId === null ? null : (jobs.get(jobId) ?? null),
      createdAtMs: createdAt.getTime(),
    };
  });
}

/** Delete a study, so that it can still be restored. @throws {AppError} not-found */
export async function deletePublishedStudy(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    `update published_study set deleted_at = now()
      where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id],
  );
  assertChanged(rowCount, "study");
}

/** Bring a deleted study back. @throws {AppError} not-found */
export async function restorePublishedStudy(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { rowCount } = await database.pool.query(
    `update published_study set deleted_at = null
      where workspace_id = $1 and id = $2 and deleted_at is not null`,
    [workspaceId, id],
  );
  assertChanged(rowCount, "study");
}
