import { deserialize, serialize } from "node:v8";
import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { LearningRunLive } from "#contracts/learning-run.ts";
import {
  dropEndedParts,
  finishedParts,
  type LearningTask,
  learningTask,
  saveLearningRun,
  savePart,
  writeLearningLive,
} from "#db/learning-parts.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { type LoadedMarket, loadMarket } from "./load-market.ts";
import { manifestOf } from "./manifest.ts";
import { runPublishedComparison } from "./published-comparison.ts";
import { trainModels } from "./train-models.ts";

/** What the pieces of a learning run work with. */
export type LearningJob = {
  readonly context: JobContext;
  readonly runId: string;
  readonly task: LearningTask;
  readonly market: LoadedMarket;
  readonly parts: PartRunner;
};

/** A piece of a run that can be done by itself, and need not be done twice. */
export type RunPart<Result> = {
  readonly id: string;
  readonly stage: string;
  readonly work: (onProgress: (fraction: number) => void) => Promise<Result>;
};

/**
 * Does the parts of a run, as many at a time as there are threads, and keeps each when it is done: an attempt
 * that follows a worker's death goes on with those that are missing.
 */
export type PartRunner = <Result>(
  parts: readonly RunPart<Result>[],
  onDone: (done: ReadonlyMap<string, Result>) => LearningRunLive,
) => Promise<ReadonlyMap<string, Result>>;

/** Progress of the job while parts are done. */
const PARTS_FROM = 0.15;
const PARTS_TO = 0.9;

const LIVE_EVERY_MS = 1_000;

/** Trains and judges models, part by part, and stores what came of them. */
export async function runLearning(
  context: JobContext,
  params: Extract<JobParams, { kind: "learning-run" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const { runId } = params;
  const task = await learningTask(database.pool, job.workspaceId, runId);
  await dropEndedParts(database.pool, job.workspaceId);
  if (task === null) throw new AppError("not-found", "The run was deleted");
  const { dataset, config } = task;
  const market = await loadMarket(
    context,
    { intervalMs: dataset.intervalMs, benchmarkInstrument: null },
    { instrumentIds: [...new Set(dataset.books.flat())], window: dataset.window },
  );
  const made = { codeHash: context.codeHash, atMs: Date.now() };
  const manifest = manifestOf({ dataset, config }, market.used, made);
  const dataHash = `${manifest.configHash} ${manifest.dataHash} ${manifest.codeHash}`;
  const parts = partRunner(context, runId, dataHash);
  const learning: LearningJob = { context, runId, task, market, parts };
  const { summary, results } =
    config.kind === "thesis"
      ? await runPublishedComparison(learning)
      : await trainModels(learning, config);
  const whole = { ...summary, manifest, durationMs: Date.now() - startedAtMs };
  return {
    kind: "succeeded",
    result: { models: summary.models.length, groups: summary.groups.length },
    write: (client) => saveLearningRun(client, runId, { summary: whole, results }),
  };
}

function partRunner(context: JobContext, runId: string, dataHash: string): PartRunner {
  const { database, signal, compute } = context;
  return async <Result>(
    parts: readonly RunPart<Result>[],
    onDone: (done: ReadonlyMap<string, Result>) => LearningRunLive,
  ) => {
    const known = await finishedParts(database.pool, runId, dataHash);
    const done = new Map<string, Result>();
    for (const { id } of parts) {
      const bytes = known.get(id);
      // Ours, under the hash of the code that wrote it.
      if (bytes !== undefined) done.set(id, deserialize(bytes) as Result);
    }
    const waiting = parts.filter(({ id }) => !done.has(id));
    const under = new Map<string, number>();
    const tell = (stage: string) => {
      const share = [...under.values()].reduce((sum, fraction) => sum + fraction, done.size);
      context.progress(PARTS_FROM + ((PARTS_TO - PARTS_FROM) * share) / parts.length, stage);
    };
    let toldAtMs = 0;
    const tellLive = async () => {
      if (Date.now() - toldAtMs < LIVE_EVERY_MS) return;
      toldAtMs = Date.now();
      await writeLearningLive(database.pool, runId, onDone(done));
    };
    await tellLive();
    let hasFailed = false;
    const takeParts = async () => {
      for (;;) {
        const part = waiting.shift();
        if (part === undefined || hasFailed) return;
        const { id, stage } = part;
        signal.throwIfAborted();
        try {
          const result = await part.work((fraction) => {
            under.set(id, fraction);
            tell(stage);
          });
          under.delete(id);
          done.set(id, result);
          await savePart(database.pool, runId, { part: id, dataHash, result: serialize(result) });
          tell(stage);
          await tellLive();
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: compute.size }, takeParts));
    return done;
  };
}
