import { bookSymbols } from "#contracts/book-symbols.ts";
import type {
  LearningRunConfig,
  LearningRunLive,
  LearningRunSummary,
} from "#contracts/learning-run.ts";
import type { StoredResult } from "#db/learning-parts.ts";
import type { LearningInput } from "../compute/learning-input.ts";
import type { LearningPartResult, LearningPlan } from "../compute/learning-tasks.ts";
import type { LearningJob, RunningSearches } from "./learning-run.ts";

/** What a run came to, but for what is the same of all runs. */
export type LearnedRun = {
  readonly summary: Omit<LearningRunSummary, "manifest" | "durationMs">;
  readonly results: readonly StoredResult[];
};

/** Trains every model of a run on every fold, and judges them together. */
export async function trainModels(
  { context, task, market, parts }: LearningJob,
  run: Exclude<LearningRunConfig, { kind: "thesis" }>,
): Promise<LearnedRun> {
  const { dataset } = task;
  const { signal, compute, job } = context;
  const placeOf = new Map(market.legs.map(({ instrumentId }, place) => [instrumentId, place]));
  const books = dataset.books.map((book) => book.map((id) => placeOf.get(id) ?? 0));
  const input: LearningInput = {
    key: `${job.id} ${job.attempt}`,
    series: market.series,
    symbols: bookSymbols(books.map((book) => book.flatMap((place) => market.legs[place] ?? []))),
    books,
    dataset,
    run,
  };
  context.progress(0.15, "Laying out the rows");
  const plan = await compute.run("plan-learning", input, { signal });
  const results = await parts(
    plan.parts.map((part) => ({
      id: part.id,
      stage: part.stage,
      work: (onProgress, onTrial) =>
        compute.run("train-learning-part", { ...input, part }, { signal, onProgress, onTrial }),
    })),
    (done, searches) => liveOf(plan, done, searches),
  );
  context.progress(0.9, "Judging the models");
  const judged = await compute.run(
    "judge-learning",
    { ...input, results, instrumentIds: dataset.books, intervalMs: dataset.intervalMs },
    {
      signal,
      onProgress: (fraction) => context.progress(0.9 + 0.09 * fraction, "Judging the models"),
    },
  );
  const { parts: _, groups, models, ...planned } = plan;
  return {
    summary: {
      ...planned,
      models: [...models],
      groups: groups.map(({ books, ...group }) => ({
        ...group,
        books: books.map((place) =>
          (input.books[place] ?? []).flatMap((leg) => market.legs[leg] ?? []),
        ),
      })),
      results: judged.results,
      warnings: [...plan.warnings, ...judged.warnings],
      trials: judged.details.reduce((sum, { trials }) => sum + trials.length, 0),
    },
    results: judged.details.map(({ file, trials, ...one }) => ({
      ...one,
      trials: trials.map((trial) => ({ ...trial, parameters: { ...trial.parameters } })),
      file: file === null ? null : Buffer.from(file),
    })),
  };
}

/** The best of each model so far, over all groups and folds that are done. */
function liveOf(
  plan: LearningPlan,
  done: ReadonlyMap<string, LearningPartResult>,
  searches: RunningSearches,
): LearningRunLive {
  const best = plan.models.flatMap(({ key, label }, model) => {
    const tested = plan.parts.flatMap((part) => {
      const result = part.model === model ? done.get(part.id) : undefined;
      return result?.kind === "tested" && result.meanLoss !== null ? [result.meanLoss] : [];
    });
    if (tested.length === 0) return [];
    const loss = tested.reduce((sum, one) => sum + one, 0) / tested.length;
    return [{ key, label, loss, folds: tested.length }];
  });
  const trials = [...done.values()].reduce((sum, result) => {
    if (result.kind === "refused") return sum;
    return sum + (result.kind === "kept" ? result.trials : result.outcome.trials).length;
  }, 0);
  const running = searches.reduce((sum, { trialsDone }) => sum + trialsDone, 0);
  return {
    partsDone: done.size,
    parts: plan.parts.length,
    trials: trials + running,
    searches: searches.map(({ best: found, ...search }) => ({
      ...search,
      best: found === null ? null : { ...found, parameters: { ...found.parameters } },
    })),
    best: best
      .toSorted((a, b) => a.loss - b.loss)
      .map(({ label, loss, folds }) => ({ label, loss, folds })),
  };
}
