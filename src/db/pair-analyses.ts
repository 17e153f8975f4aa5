import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { AppError } from "#contracts/error-code.ts";
import { Calendar } from "#contracts/interval.ts";
import {
  PairAnalysisConfig,
  PairAnalysisResult,
  type PairAnalysisView,
} from "#contracts/pair-analysis.ts";
import {
  type PairAnalysisColumns,
  unpackPairAnalysisSeries,
} from "#contracts/pair-analysis-series.ts";
import type { Database, Queryable } from "./client.ts";
import { found } from "./found.ts";
import { instrumentsByIds, type SeriesRef, seriesOfInstruments } from "./instruments.ts";
import { requireJobSlot } from "./job-slots.ts";
import { enqueueJob, jobsByIds } from "./jobs.ts";
import { inTransaction } from "./transaction.ts";

/** Raised when the same question has to be answered anew because the answer's meaning has changed. */
const ANSWER_VERSION = 1;

/**
 * The analysis of a question: the stored one where the same was asked of the same data, else a new one
 * with its job. A question whose job failed or was cancelled is asked again.
 *
 * @returns jobId: null when the answer is there already
 * @throws {AppError} not-found on a leg that the workspace does not have at the interval; rate-limited
 *   when too many jobs are waiting
 */
export async function startPairAnalysis(
  database: Database,
  owner: { workspaceId: string; userId: string },
  config: PairAnalysisConfig,
): Promise<{ analysisId: string; jobId: string | null }> {
  const legs = await pairAnalysisLegs(database.pool, owner.workspaceId, config);
  const hashes = {
    config: sha256(canonicalJson({ config, version: ANSWER_VERSION })),
    data: sha256(canonicalJson([legs.legY.contentHash, legs.legX.contentHash])),
  };
  const known = await standing(database.pool, owner.workspaceId, hashes);
  if (known?.isSettled === true) return answerOf(known);
  return inTransaction(database.pool, async (client) => {
    await requireJobSlot(client, owner.workspaceId);
    // Again under the lock: the same question may have been asked a moment ago.
    const current = await standing(client, owner.workspaceId, hashes);
    if (current?.isSettled === true) return answerOf(current);
    const analysisId = current?.analysisId ?? randomUUID();
    if (current === null) {
      await client.query(
        `insert into pair_analysis (id, workspace_id, config, config_hash, data_hash)
         values ($1, $2, $3, $4, $5)`,
        [analysisId, owner.workspaceId, JSON.stringify(config), hashes.config, hashes.data],
      );
    }
    const jobId = await enqueueJob(client, {
      workspaceId: owner.workspaceId,
      createdBy: owner.userId,
      params: { kind: "pair-analysis", analysisId },
    });
    await client.query("update pair_analysis set job_id = $2 where id = $1", [analysisId, jobId]);
    return { analysisId, jobId };
  });
}

type Standing = { analysisId: string; jobId: string | null; isSettled: boolean };

function answerOf({ analysisId, jobId }: Standing): { analysisId: string; jobId: string | null } {
  return { analysisId, jobId };
}

/** Where a question stands: answered or being answered ("settled"), given up, or never asked (null). */
async function standing(
  client: Queryable,
  workspaceId: string,
  hashes: { config: string; data: string },
): Promise<Standing | null> {
  const { rows } = await client.query<Standing>(
    `select a.id as "analysisId", case when a.result is null then a.job_id end as "jobId",
            a.result is not null or coalesce(j.state in ('queued', 'running'), false) as "isSettled"
       from pair_analysis a left join job j on j.id = a.job_id
      where a.workspace_id = $1 and a.config_hash = $2 and a.data_hash = $3`,
    [workspaceId, hashes.config, hashes.data],
  );
  return rows[0] ?? null;
}

/**
 * The series of both legs of a question.
 *
 * @throws {AppError} not-found on the field of the leg that is missing
 */
export async function pairAnalysisLegs(
  client: Queryable,
  workspaceId: string,
  config: Pick<PairAnalysisConfig, "instrumentY" | "instrumentX" | "intervalMs">,
): Promise<{ legY: SeriesRef; legX: SeriesRef }> {
  const ids = [config.instrumentY, config.instrumentX];
  const series = await seriesOfInstruments(client, workspaceId, ids, config.intervalMs);
  const leg = (field: "instrumentY" | "instrumentX"): SeriesRef => {
    const one = series.find(({ instrumentId }) => instrumentId === config[field]);
    if (one !== undefined) return one;
    throw new AppError("not-found", "There are no such bars at this interval", { field });
  };
  return { legY: leg("instrumentY"), legX: leg("instrumentX") };
}

/** What an analysis job is to answer; null when the analysis is gone. */
export async function pairAnalysisTask(
  client: Queryable,
  workspaceId: string,
  analysisId: string,
): Promise<PairAnalysisConfig | null> {
  const { rows } = await client.query<{ config: unknown }>(
    "select config from pair_analysis where workspace_id = $1 and id = $2",
    [workspaceId, analysisId],
  );
  const [row] = rows;
  return row === undefined ? null : PairAnalysisConfig.parse(row.config);
}

/**
 * Stores the answer. Part of the transaction that finishes its job.
 *
 * @param answer.series packed by packPairAnalysisSeries
 */
export async function savePairAnalysis(
  client: Queryable,
  analysisId: string,
  answer: { readonly result: PairAnalysisResult; readonly series: Uint8Array },
): Promise<void> {
  const { result, series } = answer;
  await client.query("update pair_analysis set result = $2, series = $3 where id = $1", [
    analysisId,
    JSON.stringify(result),
    Buffer.from(series.buffer, series.byteOffset, series.byteLength),
  ]);
}

/** One analysis with its result, null until it is finished. @throws {AppError} not-found */
export async function pairAnalysisOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<PairAnalysisView> {
  const { rows } = await database.pool.query<{
    config: unknown;
    result: unknown;
    jobId: string | null;
    createdAt: Date;
  }>(
    `select config, result, job_id as "jobId", created_at as "createdAt"
       from pair_analysis where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  const row = found(rows[0], "analysis");
  const config = PairAnalysisConfig.parse(row.config);
  const { instrumentY, instrumentX } = config;
  const known = await instrumentsByIds(database.pool, workspaceId, [instrumentY, instrumentX]);
  const symbolOf = (instrumentId: number) =>
    known.find((one) => one.id === instrumentId)?.symbol ?? `#${instrumentId}`;
  const jobs = await jobsByIds(database, workspaceId, row.jobId === null ? [] : [row.jobId]);
  return {
    id,
    config,
    symbolY: symbolOf(instrumentY),
    symbolX: symbolOf(instrumentX),
    synthetic: known.some(({ synthetic }) => synthetic),
    result: PairAnalysisResult.nullable().parse(row.result),
    job: row.jobId === null ? null : (jobs.get(row.jobId) ?? null),
    createdAtMs: row.createdAt.getTime(),
  };
}

/**
 * Series of a finished analysis, with the length of its bars and the calendar of its legs.
 *
 * @throws {AppError} not-found, also while the analysis has no result
 */
export async function pairAnalysisSeriesOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<{ columns: PairAnalysisColumns; intervalMs: number; calendar: Calendar }> {
  const { rows } = await database.pool.query<{
    series: Buffer;
    intervalMs: number;
    calendar: string;
  }>(
    `select a.series, (a.config ->> 'intervalMs')::int as "intervalMs",
            case when exists (
              select 1 from bar_series s
               where s.interval_ms = (a.config ->> 'intervalMs')::int and s.calendar = 'weekdays'
                 and s.instrument_id in ((a.config ->> 'instrumentY')::int,
                                         (a.config ->> 'instrumentX')::int))
            then 'weekdays' else 'continuous' end as calendar
       from pair_analysis a
      where a.workspace_id = $1 and a.id = $2 and a.series is not null`,
    [workspaceId, id],
  );
  const row = found(rows[0], "analysis result");
  return {
    columns: unpackPairAnalysisSeries(row.series),
    intervalMs: row.intervalMs,
    calendar: Calendar.parse(row.calendar),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
