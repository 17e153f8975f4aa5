import type { LearningRunSummary, RunDetail, RunModel } from "#contracts/learning-run.ts";
import { MODEL_CARD_ROOM, MODEL_FILE_MAX } from "#contracts/model.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { frozenSpread } from "#quant/learning/features/frozen-spread.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import { type GroupModel, judgeGroup, judgeGroups } from "#quant/learning/models/judge-run.ts";
import { modelFileLengthMin, modelFileText } from "#quant/learning/models/model-file.ts";
import type { FittedRecipe } from "#quant/learning/models/recipe.ts";
import { answeredRows, lossName, rowLosses } from "#quant/learning/models/row-losses.ts";
import type { LearningTrial, SearchSoFar } from "#quant/learning/models/search-parameters.ts";
import { type FoldOutcome, trainOnAll, trainOnFold } from "#quant/learning/models/train-on-fold.ts";
import { driftReference } from "#quant/learning/scores/drift-reference.ts";
import type { ModelVerdict } from "#quant/learning/scores/model-verdict.ts";
import { tableRows, valuesAt } from "#quant/learning/training-data.ts";
import { learningDetail } from "./learning-detail.ts";
import {
  type LearningInput,
  type ReadyGroup,
  type ReadyLearning,
  type ReadyModel,
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

/** A run as it is judged: results of every model on every group, what their pages draw, and files. */
export type JudgedLearning = {
  readonly results: LearningRunSummary["results"];
  readonly warnings: readonly string[];
  readonly details: readonly {
    readonly model: string;
    readonly group: string;
    readonly detail: RunDetail;
    readonly trials: readonly {
      readonly fold: number;
      readonly parameters: LearningTrial["parameters"];
      readonly loss: number | null;
    }[];
    readonly file: string | null;
  }[];
};

/** Judges a run whose parts are all done. */
export function judgeLearning(
  input: LearningInput & {
    readonly results: ReadonlyMap<string, LearningPartResult>;
    readonly instrumentIds: readonly (readonly number[])[];
    readonly intervalMs: number;
  },
  onProgress: (fraction: number) => void,
): JudgedLearning {
  const ready = readyLearning(input);
  const { groups, models, run } = ready;
  const said = groups.map((group) => models.map((model) => groupModel(ready, group, model, input)));
  const judged = groups.map((group, g) => {
    const [model] = models;
    if (model === undefined) throw new Error("Invariant: a run has models");
    return judgeGroup(
      group.rows,
      ready.foldsOf(group, model),
      said[g]?.map(({ model: one }) => one) ?? [],
      { seed: run.seed, onProgress: (share) => onProgress((g + share) / groups.length) },
    );
  });
  const verdicts = judgeGroups(judged);
  const results: LearningRunSummary["results"] = [];
  const details: JudgedLearning["details"][number][] = [];
  const warnings: string[] = [];
  groups.forEach((group, g) => {
    const own = judged[g];
    if (own === undefined) throw new Error("Invariant: every group is judged");
    if (own.rows.leftOut > 0) {
      warnings.push(
        `${group.label}: ${own.rows.leftOut} test rows are left out, because some model has no answer there.`,
      );
    }
    models.forEach((model, m) => {
      const parts = said[g]?.[m];
      if (parts === undefined) throw new Error("Invariant: every model has its parts");
      const scores = own.scores.get(model.key);
      const verdict = ofRule(group, verdicts[g]?.get(model.key) ?? null);
      const { outcome } = parts.model;
      if (outcome.kind === "refused" && model.isBaseline) {
        warnings.push(
          `${group.label}: the baseline “${model.label}” could not be trained (${outcome.message}), so that models are held against the others alone.`,
        );
      }
      results.push({
        model: model.key,
        group: group.key,
        refusal: outcome.kind === "refused" ? outcome.message : null,
        scores: { ...scores?.scores },
        intervals: { ...scores?.intervals },
        verdict:
          verdict === null
            ? null
            : {
                kind: verdict.kind,
                reason: verdict.reason,
                baseline: verdict.baselineName,
                difference: verdict.difference,
                relativeDifference: verdict.relativeDifference,
                lower: verdict.interval?.lower ?? null,
                upper: verdict.interval?.upper ?? null,
                pValue: verdict.p,
                pAdjusted: verdict.pAdjusted,
                rows: verdict.rows,
              },
        trials: parts.trials.length,
        seconds: parts.seconds,
      });
      if (outcome.kind === "refused") return;
      const outputs = own.rows.outputs.get(model.key);
      if (outputs === undefined) throw new Error("Invariant: a trained model has outputs");
      const { kept: fitted } = parts;
      const file =
        fitted === null
          ? null
          : fileText(input, ready, { group, model, fitted, outputs }, own.rows.places);
      if (fitted !== null && file === null) warnings.push(tooLargeWords(group, model));
      details.push({
        model: model.key,
        group: group.key,
        detail: learningDetail(group.rows, own.rows.places, outputs, parts.outcomes),
        trials: parts.trials,
        file,
      });
    });
  });
  return { results, warnings, details };
}

/** What is said of a model whose label is a rule of its own features: never that it beats anything. */
function ofRule({ rows }: ReadyGroup, verdict: ModelVerdict | null): ModelVerdict | null {
  return verdict !== null && rows.readsPresentOnly
    ? { ...verdict, kind: "undecided", reason: "own-rule" }
    : verdict;
}

type ModelParts = {
  readonly model: GroupModel;
  readonly outcomes: readonly FoldOutcome[];
  readonly kept: FittedRecipe | null;
  readonly trials: JudgedLearning["details"][number]["trials"];
  readonly seconds: number;
};

/** The parts of one model on one group. */
function groupModel(
  ready: ReadyLearning,
  group: ReadyGroup,
  model: ReadyLearning["models"][number],
  { results }: { readonly results: ReadonlyMap<string, LearningPartResult> },
): ModelParts {
  const folds = ready.foldsOf(group, model);
  const partOf = (name: string | number) => results.get(`${group.key}/${model.key}/${name}`);
  const tested = folds.map((_, fold) => partOf(fold));
  const kept = partOf("all");
  const { key, label, isBaseline } = model;
  const refused = [...tested, kept].find((part) => part?.kind === "refused");
  const outcomes = tested.flatMap((part) => (part?.kind === "tested" ? [part.outcome] : []));
  const trials = outcomes.flatMap((outcome, fold) =>
    outcome.trials.map((trial) => ({ fold, ...trial })),
  );
  const times = [...tested, kept].map((part) =>
    part === undefined || part.kind === "refused" ? 0 : part.seconds,
  );
  return {
    model: {
      ...{ key, label, isBaseline },
      outcome:
        refused?.kind === "refused"
          ? { kind: "refused", message: refused.message }
          : { kind: "trained", outputs: outcomes.map(({ outputs }) => outputs) },
    },
    outcomes,
    kept: kept?.kind === "kept" ? kept.fitted : null,
    trials:
      kept?.kind === "kept"
        ? [...trials, ...kept.trials.map((trial) => ({ fold: folds.length, ...trial }))]
        : trials,
    seconds: times.reduce((sum, time) => sum + time, 0),
  };
}

const FILE_TEXT_MAX = MODEL_FILE_MAX - MODEL_CARD_ROOM;

function tooLargeWords({ label }: ReadyGroup, model: ReadyModel): string {
  return `${label}: “${model.label}” as it was trained on all rows is larger than a file of ${MODEL_FILE_MAX / 1_000_000} MB, and cannot be kept. Fewer trees, or more rows a leaf, make it smaller.`;
}

/** null: it is too large to be kept. */
function fileText(
  input: LearningInput & {
    readonly instrumentIds: readonly (readonly number[])[];
    readonly intervalMs: number;
  },
  ready: ReadyLearning,
  trained: {
    readonly group: ReadyGroup;
    readonly model: ReadyModel;
    readonly fitted: FittedRecipe;
    readonly outputs: Float64Array;
  },
  places: Int32Array,
): string | null {
  const { group, model, fitted, outputs } = trained;
  if (modelFileLengthMin(fitted) > FILE_TEXT_MAX) return null;
  const { rows, config, books, rowOptions } = group;
  const { times } = rows;
  const { weighting, incomplete } = rowOptions;
  const starts = times.featureStartMs.filter(Number.isFinite);
  const first = starts.length === 0 ? times.timeMs : starts;
  const losses = rowLosses(valuesAt(rows.target, places), outputs, rows.classCount);
  const text = modelFileText({
    model: {
      fitted,
      features: config.features,
      label: config.label,
      spreads: books.map((place) => frozenSpread(ready.spreadOf(place), ready.barsOf(place))),
      incomplete,
    },
    training: { ...model.task, weighting },
    spread: input.dataset.spread,
    books: books.map((place) => input.instrumentIds[place] ?? []),
    intervalMs: input.intervalMs,
    span: { startMs: least(first), endMs: -least(times.labelEndMs.map((time) => -time)) },
    seed: input.run.seed,
    drift: books.map((_, member) => {
      const own = Int32Array.from(rows.groups.keys()).filter((i) => rows.groups[i] === member);
      return driftReference(tableRows(rows.table, own), {
        losses: losses.filter((_loss, i) => rows.groups[places[i] ?? 0] === member),
        horizonBars: Math.max(1, rows.horizonBars),
      });
    }),
  });
  return text.length > FILE_TEXT_MAX ? null : text;
}

function least(values: Float64Array): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

function meanLossOf(group: ReadyGroup, test: Int32Array, outputs: Float64Array): number | null {
  const { rows } = group;
  const width = Math.max(1, rows.classCount);
  const answered = answeredRows(outputs, width);
  if (answered.length === 0) return null;
  const said = new Float64Array(answered.length * width);
  answered.forEach((row, i) => {
    said.set(outputs.subarray(row * width, (row + 1) * width), i * width);
  });
  const target = valuesAt(valuesAt(rows.target, test), answered);
  const losses = rowLosses(target, said, rows.classCount);
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
