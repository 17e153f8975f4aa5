import type { DatasetConfig } from "#contracts/dataset.ts";
import type { LearningRunConfig, Preparation } from "#contracts/learning-run.ts";
import { runBudget } from "#contracts/run-budget.ts";
import { alignMarketBars, type InstrumentSeries } from "#quant/backtest/market-bars.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { BarColumns } from "#quant/learning/features/feature-source.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { assembleDataset } from "#quant/learning/labels/assemble-dataset.ts";
import { bookColumns } from "#quant/learning/labels/book-columns.ts";
import type { Dataset, DatasetGroup, DatasetOptions } from "#quant/learning/labels/dataset.ts";
import { datasetHazards } from "#quant/learning/labels/dataset-hazards.ts";
import { groupHazards } from "#quant/learning/labels/group-hazards.ts";
import type { Hazard } from "#quant/learning/labels/hazard.ts";
import { labelHazards } from "#quant/learning/labels/label-hazards.ts";
import { defaultParameters, isLearnerKind, LEARNERS } from "#quant/learning/models/learners.ts";
import { learnerOf, type Recipe } from "#quant/learning/models/recipe.ts";
import { type FoldTask, foldsWithin } from "#quant/learning/models/train-on-fold.ts";
import { trainedLearners } from "#quant/learning/models/trained-learners.ts";
import type { PreparationStep } from "#quant/learning/preparation/preparation-step.ts";
import type { Fold } from "#quant/learning/splits/fold.ts";
import { foldsOf } from "#quant/learning/splits/folds-of.ts";
import { readingRowsBack } from "#quant/learning/splits/row-times.ts";
import { botDatasets } from "./bot-datasets.ts";
import { keptValue } from "./kept-value.ts";
import { innerSplit, outerSplit } from "./learning-splits.ts";

/** A run that trains learners; the thesis's comparison has its own tasks. */
export type TrainingRun = Extract<LearningRunConfig, { kind: "models" }>;

/** Everything that the tasks of one run share, as plain data; columns lie in memory that threads share. */
export type LearningInput = {
  /** Names the run: what a thread has made ready for it serves its next task. */
  readonly key: string;
  readonly series: readonly InstrumentSeries[];
  /** Names of the legs of each book; see bookSymbols. */
  readonly symbols: readonly (readonly string[])[];
  /** Instruments of each book, as places in `series`. */
  readonly books: readonly (readonly number[])[];
  readonly dataset: Pick<DatasetConfig, "spread" | "features" | "label" | "pooling">;
  readonly run: Exclude<LearningRunConfig, { kind: "thesis" }>;
};

/** Rows that models are trained on together, with what they are made of. */
export type ReadyGroup = {
  readonly key: string;
  readonly label: string;
  /** Places of its books. */
  readonly books: readonly number[];
  readonly config: LearningInput["dataset"];
  readonly rows: Dataset;
  readonly rowOptions: Required<DatasetOptions>;
  readonly hazards: readonly Hazard[];
};

/** A learner of a run. */
export type ReadyModel = {
  readonly key: string;
  readonly label: string;
  readonly isBaseline: boolean;
  readonly task: Omit<FoldTask, "isExplained">;
};

/** A run in a thread. */
export type ReadyLearning = {
  readonly run: TrainingRun;
  readonly groups: readonly ReadyGroup[];
  readonly models: readonly ReadyModel[];
  /** Why groups are left out: of many pairs one that cannot be learned from does not stop the others. */
  readonly refusals: readonly string[];
  readonly foldsOf: (group: ReadyGroup, model: ReadyModel) => readonly Fold[];
  /** Bars of a book, by its place. */
  readonly barsOf: (book: number) => BarColumns;
  readonly spreadOf: (book: number) => SpreadSpec | null;
};

const ready = keptValue<ReadyLearning>();

/**
 * Lays out the rows, models and folds of a run.
 *
 * @throws {InvalidInputError} a dataset that cannot be trained on, a learner that does not predict its label, or
 *   too many trainings, with their count
 */
export function readyLearning(input: LearningInput): ReadyLearning {
  return ready(input.key, () => {
    const bars = input.books.map((book, place) => groupBars(input, book, place));
    const wholes =
      input.run.kind === "bot" ? botDatasets(input) : [{ name: "", config: input.dataset }];
    const run = input.run.kind === "bot" ? botRun(input.run.seed) : input.run;
    const laidOut = wholes.flatMap(({ name, config }, whole) =>
      readyGroups(bars, config, input.run).map((group) => ({
        ...group,
        key: input.run.kind === "bot" ? `${whole}:${group.key}` : group.key,
        label: name === "" ? group.label : `${group.label}, ${name}`,
      })),
    );
    const { groups, models, refusals } = trainable(run, laidOut);
    requireBudget(run, groups.length, models.length);
    return {
      run,
      groups,
      models,
      refusals,
      foldsOf: (group, model) => foldsOfModel(run, group, model),
      barsOf: (book) => bookOf(bars, book).bars,
      spreadOf: (book) => bookOf(bars, book).spread,
    };
  });
}

function bookOf(bars: readonly DatasetGroup[], book: number): DatasetGroup {
  const own = bars[book];
  if (own === undefined) throw new Error("Invariant: the book is one of the run's");
  return own;
}

function groupBars(
  { series, symbols, dataset }: LearningInput,
  book: readonly number[],
  place: number,
): DatasetGroup {
  const legs = book.flatMap((leg) => series[leg] ?? []);
  const { openTimeMs, instruments } = alignMarketBars(legs);
  const names = symbols[place] ?? [];
  return {
    name: names.join(" / "),
    symbols: names,
    bars: bookColumns(openTimeMs, instruments),
    spread: book.length === 2 ? dataset.spread : null,
  };
}

function readyGroups(
  groups: readonly DatasetGroup[],
  config: LearningInput["dataset"],
  run: LearningInput["run"],
): readonly (ReadyGroup & { readonly refusal: string | null })[] {
  const together =
    config.pooling === "pooled" ? [groups.map((_, i) => i)] : groups.map((_, i) => [i]);
  const shared = [...groupHazards(groups), ...labelHazards(config.features, config.label)];
  const rowOptions: Required<DatasetOptions> = {
    incomplete: run.kind === "models" && run.preparation.impute !== "none" ? "keep" : "drop",
    weighting: run.kind === "models" && run.uniqueness ? "uniqueness" : "none",
  };
  return together.map((books) => {
    const members = books.flatMap((place) => groups[place] ?? []);
    const rows = assembleDataset(members, config.features, config.label, rowOptions);
    const hazards = [...shared, ...datasetHazards(rows)];
    const refusal = hazards.find(({ severity }) => severity === "refusal")?.message ?? null;
    const [first] = members;
    return {
      key: config.pooling === "pooled" ? "pooled" : String(books[0]),
      label: members.length === 1 ? (first?.name ?? "") : `${members.length} together`,
      books,
      config,
      rows,
      rowOptions,
      hazards,
      // What the bot learned is shown as it was, with what is wrong with it.
      refusal: run.kind === "bot" ? null : refusal,
    };
  });
}

/** Groups that every model can be trained on. @throws {InvalidInputError} when there are none */
function trainable(
  run: TrainingRun,
  laidOut: readonly (ReadyGroup & { readonly refusal: string | null })[],
): Pick<ReadyLearning, "groups" | "models" | "refusals"> {
  const models = readyModels(run, laidOut);
  const groups: ReadyGroup[] = [];
  const refusals: string[] = [];
  for (const { refusal, ...group } of laidOut) {
    try {
      if (refusal !== null) throw new InvalidInputError("out-of-range", refusal);
      for (const model of models) {
        requireInnerFolds(group, model, foldsOfModel(run, group, model));
      }
      groups.push(group);
    } catch (error) {
      if (!(error instanceof InvalidInputError) || laidOut.length === 1) throw error;
      refusals.push(`${group.label} is left out: ${error.message}.`);
    }
  }
  const [first] = refusals;
  if (groups.length === 0 && first !== undefined)
    throw new InvalidInputError("out-of-range", first);
  return { groups, models, refusals };
}

function readyModels(run: TrainingRun, groups: readonly ReadyGroup[]): readonly ReadyModel[] {
  const [first] = groups;
  const isRegression = first?.rows.classCount === 0;
  const task = isRegression ? "regression" : "classification";
  const hasDirection = first?.rows.classDirections.some((way) => way !== 0) === true;
  const { baselines, others } = trainedLearners(run.learners, { task, hasDirection });
  return [...baselines, ...others].map(({ kind, parameters }, place) => {
    const recipe: Recipe = {
      learner: kind,
      parameters,
      preparation: stepsOf(run.preparation),
      balance: run.balance,
    };
    const { label, tasks, family } = learnerOf(recipe);
    if (!tasks.includes(task)) {
      throw new InvalidInputError(
        "out-of-range",
        `${label} does not predict ${isRegression ? "numbers" : "classes"}, which the label of this dataset is`,
      );
    }
    return {
      key: String(place),
      label,
      isBaseline: place < baselines.length || family === "baseline",
      task: { recipe, search: searchOf(run, kind, first?.rows.lookBackBars ?? 0) },
    };
  });
}

/** Baselines and learners without anything to search keep their parameters. */
function searchOf(
  { search, split }: TrainingRun,
  kind: string,
  lookBackBars: number,
): FoldTask["search"] {
  if (search === null || !isLearnerKind(kind)) return null;
  if (Object.keys(LEARNERS[kind].searched).length === 0) return null;
  const { method, trials } = search;
  return { method, trials, innerSplit: innerSplit(outerSplit(split, lookBackBars), search) };
}

/** Steps in the order that makes sense of them: gaps, outliers, scale, components. */
function stepsOf(preparation: Preparation): readonly PreparationStep[] {
  const { impute, winsoriseShare, scale, componentsShare } = preparation;
  const steps: PreparationStep[] = [];
  if (impute === "median" || impute === "mean") {
    steps.push({ kind: "impute", value: impute, hasIndicator: true });
  }
  if (winsoriseShare !== null) {
    steps.push({ kind: "winsorise", lower: winsoriseShare, upper: 1 - winsoriseShare });
  }
  if (scale === "standard") steps.push({ kind: "standardise" });
  if (scale === "robust") steps.push({ kind: "robust-scale" });
  if (componentsShare !== null) {
    steps.push({ kind: "principal-components", keep: { kind: "share", share: componentsShare } });
  }
  return steps;
}

function foldsOfModel(run: TrainingRun, { rows }: ReadyGroup, model: ReadyModel): readonly Fold[] {
  const lookBackRows = rowsBackOf(model);
  const times = readingRowsBack(rows.times, rows.groups, lookBackRows);
  return longEnough(rows, lookBackRows, "a larger training share", () =>
    foldsOf(times, outerSplit(run.split, rows.lookBackBars)),
  );
}

/** Refuses beforehand what a search would only find out after the folds that are long enough. */
function requireInnerFolds({ rows }: ReadyGroup, model: ReadyModel, folds: readonly Fold[]): void {
  const { search } = model.task;
  const shortest = folds.reduce((a, b) => (b.training.length < a.training.length ? b : a));
  if (search === null) return;
  longEnough(rows, rowsBackOf(model), "fewer inner folds, or no search", () =>
    foldsWithin(rows, shortest, model.task.recipe, search.innerSplit),
  );
}

/** Whatever a search may choose, no training row may touch what a test row reads. */
function rowsBackOf({ task: { recipe, search } }: ReadyModel): number {
  const learner = learnerOf(recipe);
  return search === null ? learner.lookBackRows : learner.searchedLookBackRows;
}

/** Says what helps where rows are too few to be divided. */
function longEnough<Divided>(
  rows: Dataset,
  lookBackRows: number,
  remedy: string,
  divide: () => Divided,
): Divided {
  try {
    return divide();
  } catch (error) {
    if (!(error instanceof InvalidInputError) || error.code !== "too-short") throw error;
    throw new InvalidInputError(
      "too-short",
      `${error.message}. There are ${rows.target.length} rows, each looks back ${rows.lookBackBars + lookBackRows} bars, and as many are left out before the rows of a test: take a longer span, shorter windows, or ${remedy}`,
    );
  }
}

function requireBudget({ split, search }: TrainingRun, groups: number, models: number): void {
  const folds = split.kind === "chronological" ? 1 : split.folds;
  const refusal = runBudget({ groups, models, folds, search })?.refusal ?? null;
  if (refusal !== null) throw new InvalidInputError("out-of-range", refusal);
}

/** The bot's own way: 100 trees, the last 30 % of the rows kept apart. */
function botRun(seed: number): TrainingRun {
  return {
    kind: "models",
    learners: [{ kind: "random-forest", parameters: defaultParameters("random-forest") }],
    split: { kind: "chronological", testShare: 0.3 },
    preparation: { impute: "none", winsoriseShare: null, scale: "none", componentsShare: null },
    balance: "none",
    uniqueness: false,
    search: null,
    seed,
  };
}
