import { bookSymbols } from "#contracts/book-symbols.ts";
import type {
  LearningRunConfig,
  LearningRunLive,
  LearningRunSummary,
} from "#contracts/learning-run.ts";
import {
  type JudgedLearningGroup,
  type JudgedPart,
  learningResults,
} from "../compute/judge-learning.ts";
import type { LearningInput } from "../compute/learning-input.ts";
import type { LearningPartResult, LearningPlan } from "../compute/learning-tasks.ts";
import { inPieces } from "./in-pieces.ts";
import type { FinishedParts, LearningJob, RunningSearches } from "./learning-run.ts";

/** What a run came to, but for what is the same of all runs. */
export type LearnedSummary = Omit<LearningRunSummary, "manifest" | "durationMs">;

/**
 * Trains every model of a run on every fold, and judges them together.
 *
 * Memory: the trained models of as many groups at a time as there are threads, one a thread.
 */
export async function trainModels(
  job: LearningJob,
  run: Exclude<LearningRunConfig, { kind: "thesis" }>,
): Promise<LearnedSummary> {
  const { context, task, market, parts } = job;
  const { dataset } = task;
  const { signal, compute } = context;
  const placeOf = new Map(market.legs.map(({ instrumentId }, place) => [instrumentId, place]));
  const books = dataset.books.map((book) => book.map((id) => placeOf.get(id) ?? 0));
  const input: LearningInput = {
    key: `${context.job.id} ${context.job.attempt}`,
    series: market.series,
    symbols: bookSymbols(books.map((book) => book.flatMap((place) => market.legs[place] ?? []))),
    books,
    dataset,
    run,
  };
  context.progress(0.15, "Laying out the rows");
  const plan = await compute.run("plan-learning", input, { signal });
  const finished = await parts<LearningPartResult, ToldPart>(
    plan.parts.map((part) => ({
      id: part.id,
      stage: part.stage,
      work: (onProgress, onTrial) =>
        compute.run("train-learning-part", { ...input, part }, { signal, onProgress, onTrial }),
    })),
    { toldOf, liveOf: (done, searches) => liveOf(plan, done, searches) },
  );
  const judged: JudgedLearningGroup[] = [];
  const tell = (done: number) =>
    context.progress(0.9 + (0.09 * done) / plan.groups.length, "Judging the models");
  tell(0);
  const pieces = { count: plan.groups.length, sizeMax: 1, onProgress: tell };
  await inPieces(context, pieces, async ({ start: group }) => {
    judged[group] = await judgeAndStore(job, input, { plan, finished, group });
  });
  const { parts: _, groups, models, ...planned } = plan;
  return {
    ...planned,
    models: [...models],
    groups: groups.map(({ books: own, ...group }) => ({
      ...group,
      books: own.map((place) =>
        (input.books[place] ?? []).flatMap((leg) => market.legs[leg] ?? []),
      ),
    })),
    results: learningResults(judged),
    warnings: [...plan.warnings, ...judged.flatMap(({ warnings }) => warnings)],
    trials: judged.reduce(
      (sum, { models: own }) => sum + own.reduce((total, { trials }) => total + trials.length, 0),
      0,
    ),
  };
}

/** What is held of a part: of a trained model everything but the model. */
type ToldPart = Exclude<JudgedPart, { readonly kind: "tested" }> | Told;

/** Of a fold that is done. */
type Told = {
  readonly kind: "told";
  readonly meanLoss: number | null;
  readonly trials: number;
};

function toldOf(result: LearningPartResult): ToldPart {
  switch (result.kind) {
    case "refused":
      return result;
    case "kept": {
      const { fitted: _, ...told } = result;
      return told;
    }
    case "tested": {
      const { meanLoss, outcome } = result;
      return { kind: "told", meanLoss, trials: outcome.trials.length };
    }
  }
}

/** Judges a group, and stores what came of it, one trained model after the other. */
async function judgeAndStore(
  { context: { compute, signal }, task: { dataset }, store }: LearningJob,
  input: LearningInput,
  run: {
    readonly plan: LearningPlan;
    readonly finished: FinishedParts<LearningPartResult, ToldPart>;
    readonly group: number;
  },
): Promise<JudgedLearningGroup> {
  const { plan, finished, group } = run;
  const own = plan.parts.filter((part) => part.group === group);
  const results = new Map<string, JudgedPart>();
  for (const { id } of own) {
    const told = finished.told.get(id);
    if (told === undefined) throw new Error("Invariant: every part is done");
    results.set(id, told.kind === "told" ? await finished.read(id) : told);
  }
  const judged = await compute.run("judge-learning", { ...input, group, results }, { signal });
  const warnings = [...judged.warnings];
  const { places } = judged;
  for (const [model, one] of judged.models.entries()) {
    const { detail, losses, trials } = one;
    if (detail === null || losses === null) continue;
    const kept = own.find((part) => part.model === model && part.fold === null);
    const part = kept === undefined ? null : await finished.read(kept.id);
    let file: Buffer | null = null;
    if (part?.kind === "kept") {
      const { fitted } = part;
      const { intervalMs, books: instrumentIds } = dataset;
      const made = await compute.run(
        "learning-file",
        { ...input, group, model, fitted, places, losses, intervalMs, instrumentIds },
        { signal },
      );
      if (made.kind === "file") file = Buffer.from(made.text);
      else warnings.push(made.warning);
    }
    await store({
      ...{ model: one.model, group: one.group, detail, file },
      trials: trials.map((trial) => ({ ...trial, parameters: { ...trial.parameters } })),
    });
  }
  // Stored; not to be held until all groups are judged.
  const models = judged.models.map((one) => ({ ...one, detail: null, losses: null }));
  return { ...judged, models, warnings };
}

/** The best of each model so far, over all groups and folds that are done. */
function liveOf(
  plan: LearningPlan,
  done: ReadonlyMap<string, ToldPart>,
  searches: RunningSearches,
): LearningRunLive {
  const best = plan.models.flatMap(({ key, label }, model) => {
    const tested = plan.parts.flatMap((part) => {
      const result = part.model === model ? done.get(part.id) : undefined;
      return result?.kind === "told" && result.meanLoss !== null ? [result.meanLoss] : [];
    });
    if (tested.length === 0) return [];
    const loss = tested.reduce((sum, one) => sum + one, 0) / tested.length;
    return [{ key, label, loss, folds: tested.length }];
  });
  const trials = [...done.values()].reduce((sum, result) => {
    if (result.kind === "refused") return sum;
    return sum + (result.kind === "kept" ? result.trials.length : result.trials);
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
