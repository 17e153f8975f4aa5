import { deserialize, serialize } from "node:v8";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { LearningRunLive } from "#contracts/learning-run.ts";
import {
  dropEndedParts,
  dropResults,
  finishedParts,
  finishLearningRun,
  type LearningTask,
  learningTask,
  partResult,
  type StoredResult,
  savePart,
  saveResult,
  writeLearningLive,
} from "#db/learning-parts.ts";
import type { SearchSoFar } from "#quant/learning/models/search-parameters.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { type LoadedMarket, loadMarket } from "./load-market.ts";
import { manifestOf, sha256 } from "./manifest.ts";
import { runPublishedComparison } from "./published-comparison.ts";
import { trainModels } from "./train-models.ts";

/** What the pieces of a learning run work with. */
export type LearningJob = {
  readonly context: JobContext;
  readonly runId: string;
  readonly task: LearningTask;
  readonly market: LoadedMarket;
  readonly parts: PartRunner;
  /** Stores a result; models are large, so that each is stored and forgotten. */
  readonly store: (result: StoredResult) => Promise<void>;
};

/** A piece of a run that can be done by itself, and need not be done twice. */
export type RunPart<Result> = {
  readonly id: string;
  readonly stage: string;
  readonly work: (
    onProgress: (fraction: number) => void,
    onTrial: (soFar: SearchSoFar) => void,
  ) => Promise<Result>;
};

/** Searches of the parts under way, by the stage of the part. */
export type RunningSearches = readonly (SearchSoFar & { readonly stage: string })[];

/**
 * Does the parts of a run, as many at a time as there are threads, and keeps each when it is done: an attempt
 * that follows a worker's death goes on with those that are missing. What is kept is not held in memory, but for
 * the little that is told of each.
 */
export type PartRunner = <Result, Told>(
  parts: readonly RunPart<Result>[],
  telling: PartTelling<Result, Told>,
) => Promise<FinishedParts<Result, Told>>;

/** What is told of parts while others are done. */
type PartTelling<Result, Told> = {
  readonly toldOf: (result: Result) => Told;
  readonly liveOf: (done: ReadonlyMap<string, Told>, searches: RunningSearches) => LearningRunLive;
};

/** Parts that are done, by id. */
export type FinishedParts<Result, Told> = {
  readonly told: ReadonlyMap<string, Told>;
  readonly read: (id: string) => Promise<Result>;
};

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
  const store = (result: StoredResult) => saveResult(database.pool, runId, result);
  const learning: LearningJob = { context, runId, task, market, parts, store };
  await dropResults(database.pool, runId);
  const summary =
    config.kind === "thesis"
      ? await runPublishedComparison(learning)
      : await trainModels(learning, config);
  const datasetHash = sha256(canonicalJson({ config: task.datasetHash, data: manifest.dataHash }));
  const whole = { ...summary, manifest, datasetHash, durationMs: Date.now() - startedAtMs };
  return {
    kind: "succeeded",
    result: { models: summary.models.length, groups: summary.groups.length },
    write: (client) => finishLearningRun(client, runId, whole),
  };
}

function partRunner(context: JobContext, runId: string, dataHash: string): PartRunner {
  const { database, signal, compute } = context;
  return async <Result, Told>(
    parts: readonly RunPart<Result>[],
    { toldOf, liveOf }: PartTelling<Result, Told>,
  ) => {
    // Ours, under the hash of the code that wrote it.
    const read = async (id: string) =>
      deserialize(await partResult(database.pool, runId, id)) as Result;
    const known = new Set(await finishedParts(database.pool, runId, dataHash));
    const done = new Map<string, Told>();
    for (const { id } of parts) if (known.has(id)) done.set(id, toldOf(await read(id)));
    const waiting = parts.filter(({ id }) => !done.has(id));
    const under = new Map<string, UnderWay>();
    const tell = ({ stage, search }: UnderWay) => {
      const share = [...under.values()].reduce((sum, { fraction }) => sum + fraction, done.size);
      const trial =
        search === null
          ? ""
          : `, trial ${Math.min(search.trialsDone + 1, search.trials)} of ${search.trials}`;
      context.progress(
        PARTS_FROM + ((PARTS_TO - PARTS_FROM) * share) / parts.length,
        `${stage}${trial}`,
      );
    };
    const searches = (): RunningSearches =>
      [...under.values()].flatMap(({ stage, search }) =>
        search === null ? [] : [{ stage, ...search }],
      );
    const live = liveWriter(context, (client) =>
      writeLearningLive(client, runId, liveOf(done, searches())),
    );
    live.tell();
    let hasFailed = false;
    const takeParts = async () => {
      for (;;) {
        const part = waiting.shift();
        if (part === undefined || hasFailed) return;
        const { id, stage } = part;
        signal.throwIfAborted();
        let state: UnderWay = { stage, fraction: 0, search: null };
        const update = (changed: Partial<UnderWay>) => {
          state = { ...state, ...changed };
          under.set(id, state);
          tell(state);
        };
        try {
          const result = await part.work(
            (fraction) => update({ fraction }),
            (search) => {
              update({ search });
              live.tell();
            },
          );
          await savePart(database.pool, runId, { part: id, dataHash, result: serialize(result) });
          under.delete(id);
          done.set(id, toldOf(result));
          tell({ ...state, search: null });
          live.tell();
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: compute.size }, takeParts));
    } finally {
      await live.end();
    }
    return { told: done, read };
  };
}

/** A part that is being done. */
type UnderWay = {
  readonly stage: string;
  readonly fraction: number;
  readonly search: SearchSoFar | null;
};

/**
 * Writes how far a run is, one write at a time and no more often than a page asks: what is told meanwhile is in
 * the next. A write that fails is only logged, as nothing but the page hangs on it.
 */
function liveWriter(
  { database, log }: Pick<JobContext, "database" | "log">,
  write: (client: JobContext["database"]["pool"]) => Promise<void>,
): { readonly tell: () => void; readonly end: () => Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  const flush = () => {
    timer = null;
    writtenAtMs = performance.now();
    writing = writing
      .then(() => write(database.pool))
      .catch((error: unknown) => log.warn({ err: error }, "how far a run is could not be written"));
  };
  return {
    tell: () => {
      if (timer !== null) return;
      timer = setTimeout(flush, Math.max(0, writtenAtMs + LIVE_EVERY_MS - performance.now()));
    },
    end: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        flush();
      }
      await writing;
    },
  };
}
