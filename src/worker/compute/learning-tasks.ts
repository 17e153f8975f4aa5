import type { LearningRunSummary, RunModel } from "#contracts/learning-run.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import type { FittedRecipe } from "#quant/learning/models/recipe.ts";
import { answeredLosses, lossName } from "#quant/learning/models/row-losses.ts";
import type { LearningTrial, SearchSoFar } from "#quant/learning/models/search-parameters.ts";
import { type FoldOutcome, trainOnAll, trainOnFold } from "#quant/learning/models/train-on-fold.ts";
import {
  type LearningInput,
  type ReadyGroup,
  type ReadyLearning,
  readyLearning,
} from "./learning-input.ts";

/** A piece of a run: a model on a fold of a group, or on all of its rows. */
export type LearningPart = {
  /** Names it within the run. */
  readonly id: string;
  readonly group: number;
  readonly model: number;
  /** null: all rows, for the model that is kept. */
  readonly fold: number | null;
  /** In words for the person. */
  readonly stage: string;
};

/** What a run comes to, before anything is trained. */
export type LearningPlan = Pick<
  LearningRunSummary,
  "task" | "classes" | "loss" | "folds" | "warnings"
> & {
  readonly models: readonly RunModel[];
  readonly groups: readonly {
    readonly key: string;
    readonly label: string;
    readonly books: readonly number[];
    readonly rows: number;
    readonly testRows: number;
  }[];
  readonly parts: readonly LearningPart[];
};

/** What a part came to; plain data. */
export type LearningPartResult =
  | {
      readonly kind: "tested";
      readonly outcome: FoldOutcome;
      /** Over the test rows that it answered; null of none. */
      readonly meanLoss: number | null;
      readonly seconds: number;
    }
  | {
      readonly kind: "kept";
      readonly fitted: FittedRecipe;
      readonly trials: readonly LearningTrial[];
      readonly seconds: number;
    }
  | { readonly kind: "refused"; readonly message: string };

/** Divides a run into its parts. */
export function planLearning(input: LearningInput): LearningPlan {
  const ready = readyLearning(input);
  const { groups, models, refusals, run } = ready;
  const [first] = groups;
  const [model] = models;
  if (first === undefined || model === undefined) throw new Error("Invariant: a run has both");
  const folds = ready.foldsOf(first, model);
  const parts = groups.flatMap((group, g) =>
    models.flatMap((one, m): LearningPart[] => {
      const count = ready.foldsOf(group, one).length;
      const stage = `${one.label} on ${group.label}`;
      const tested = Array.from({ length: count }, (_, fold) => ({
        id: `${group.key}/${one.key}/${fold}`,
        ...{ group: g, model: m, fold },
        stage: count === 1 ? stage : `${stage}, fold ${fold + 1} of ${count}`,
      }));
      if (one.isBaseline) return tested;
      const kept = { group: g, model: m, fold: null, stage: `${stage}, all rows` };
      return [...tested, { id: `${group.key}/${one.key}/all`, ...kept }];
    }),
  );
  const { timeMs } = first.rows.times;
  const timeOf = (place: number | undefined) => timeMs[place ?? 0] ?? 0;
  return {
    task: first.rows.classCount === 0 ? "regression" : "classification",
    classes: labelClasses(first.config.label).map(({ name }) => name),
    loss: lossName(first.rows.classCount),
    models: models.map(({ key, label, isBaseline, task }) => ({
      ...{ key, label, isBaseline },
      kind: task.recipe.learner,
      parameters: { ...task.recipe.parameters },
    })),
    groups: groups.map((group) => ({
      key: group.key,
      label: group.label,
      books: group.books,
      rows: group.rows.target.length,
      testRows: ready.foldsOf(group, model).reduce((sum, { test }) => sum + test.length, 0),
    })),
    folds: folds.map(({ training, test, purged }) => ({
      testStartMs: timeOf(test[0]),
      testEndMs: timeOf(test.at(-1)),
      trainingStartMs: timeOf(training[0]),
      trainingEndMs: timeOf(training.at(-1)),
      trainingRows: training.length,
      testRows: test.length,
      purgedRows: purged,
    })),
    warnings: [...refusals, ...warningsOf(groups, run)],
    parts,
  };
}

/** Whom a part tells how far it is. */
export type LearningPartListener = {
  readonly onProgress: (fraction: number) => void;
  readonly onTrial: (soFar: SearchSoFar) => void;
};

/** Trains one part. What cannot be learned from is an answer, not a failure of the run. */
export function trainLearningPart(
  input: LearningInput & { readonly part: LearningPart },
  listener: LearningPartListener,
): LearningPartResult {
  const startedAtMs = performance.now();
  const ready = readyLearning(input);
  const { part } = input;
  const group = ready.groups[part.group];
  const model = ready.models[part.model];
  if (group === undefined || model === undefined)
    throw new Error("Invariant: the part is of the run");
  const options = {
    seed: ready.run.seed,
    onProgress: throttled(listener.onProgress),
    onTrial: throttled(listener.onTrial),
  };
  const seconds = () => (performance.now() - startedAtMs) / 1000;
  try {
    if (part.fold === null) {
      const kept = trainOnAll(group.rows, model.task, options);
      return { kind: "kept", ...kept, seconds: seconds() };
    }
    const folds = ready.foldsOf(group, model);
    const fold = folds[part.fold];
    if (fold === undefined) throw new Error("Invariant: the fold is of the run");
    const isExplained = part.fold === folds.length - 1;
    const outcome = trainOnFold(group.rows, fold, { ...model.task, isExplained }, options);
    const meanLoss = meanLossOf(group, fold.test, outcome.outputs);
    return { kind: "tested", outcome, meanLoss, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { kind: "refused", message: error.message };
  }
}

function meanLossOf({ rows }: ReadyGroup, test: Int32Array, outputs: Float64Array): number | null {
  const losses = answeredLosses(rows, test, outputs);
  if (losses.length === 0) return null;
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function warningsOf(groups: readonly ReadyGroup[], { balance }: ReadyLearning["run"]): string[] {
  const messages = groups.flatMap(({ hazards, label }) =>
    hazards.map(({ message }) => (groups.length === 1 ? `${message}.` : `${label}: ${message}.`)),
  );
  if (balance !== "none") {
    messages.push(
      "Classes were balanced for training: the probabilities are those of balanced classes, not of the market.",
    );
  }
  return [...new Set(messages)];
}

const PROGRESS_EVERY_MS = 100;

/** Learners tell of progress often; a message between threads is worth it now and then. */
function throttled<Told>(tell: (told: Told) => void): (told: Told) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (told) => {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < PROGRESS_EVERY_MS) return;
    toldAtMs = nowMs;
    tell(told);
  };
}
