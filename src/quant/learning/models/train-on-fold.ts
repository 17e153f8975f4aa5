import { assert } from "../../assert.ts";
import { partialDependence } from "../explain/partial-dependence.ts";
import { permutationImportance } from "../explain/permutation-importance.ts";
import type { Dataset, DatasetOptions } from "../labels/dataset.ts";
import { prepared } from "../preparation/fitted-preparation.ts";
import type { Fold } from "../splits/fold.ts";
import { nestedFolds } from "../splits/folds-of.ts";
import { readingRowsBack } from "../splits/row-times.ts";
import type { SplitSpec } from "../splits/split-spec.ts";
import { type FeatureTable, type TrainingOptions, tableRows, valuesAt } from "../training-data.ts";
import type { LearningCurve } from "./learner.ts";
import { progressWithin } from "./progress-within.ts";
import {
  type FittedRecipe,
  fitRecipe,
  learnerOf,
  type Recipe,
  recipePredictions,
} from "./recipe.ts";
import { answeredRows, rowLosses } from "./row-losses.ts";
import {
  type LearningTrial,
  type ParameterSearch,
  type SearchOptions,
  searchParameters,
} from "./search-parameters.ts";
import { sizeCurve } from "./size-curve.ts";

/** How a model is trained on one fold. */
export type FoldTask = {
  readonly recipe: Recipe;
  /** null: parameters as the recipe has them. */
  readonly search: (ParameterSearch & { readonly innerSplit: SplitSpec }) | null;
  /** Whether the model is to be explained on the test rows. */
  readonly isExplained: boolean;
};

/** How a model that is kept was made of its rows. */
export type ModelTraining = Omit<FoldTask, "isExplained"> &
  Pick<Required<DatasetOptions>, "weighting">;

/** A feature and what it is worth. */
export type FeatureWorth = {
  readonly feature: string;
  readonly mean: number;
  /** Standard deviation of the repeats; null where there are none. */
  readonly deviation: number | null;
};

/** What explains a model on the test rows of a fold. */
export type Explanation = {
  readonly importance: readonly FeatureWorth[];
  /** Mean absolute SHAP value, of trees; else null. */
  readonly contributions: readonly FeatureWorth[] | null;
  readonly dependence: readonly {
    readonly feature: string;
    readonly x: Float64Array;
    readonly y: Float64Array;
  }[];
};

/** A model that was trained on a fold, and what it said of the test rows; plain data. */
export type FoldOutcome = {
  /** As Learner.predict, of all test rows of the fold. */
  readonly outputs: Float64Array;
  readonly parameters: Recipe["parameters"];
  readonly trials: readonly LearningTrial[];
  readonly learned: Readonly<Record<string, number>>;
  readonly curve: LearningCurve | null;
  readonly explanation: Explanation | null;
};

/** Features whose dependence is drawn: those worth most. */
const DEPENDENCE_FEATURES = 6;

/** Rows that a shuffle asks at most: importance is a mean, and rows are dear. */
const EXPLAINED_ROWS_MAX = 2_000;

/**
 * Trains a model on a fold, with a search within its training rows where one is wanted, and asks it about the
 * test rows.
 *
 * @param dataset rows
 * @param fold of them
 * @param task see FoldTask
 * @param options seed, progress and cancel, and who hears of every trial
 * @returns see FoldOutcome
 * @throws {InvalidInputError} parameters, or training rows that cannot be learned from
 */
export function trainOnFold(
  dataset: Dataset,
  fold: Fold,
  task: FoldTask,
  options: SearchOptions,
): FoldOutcome {
  const { recipe, trials } = chosenRecipe(dataset, fold, task, options);
  const share = task.search === null ? 0 : SEARCH_SHARE;
  const within = progressWithin(options, share, 0.9 * (1 - share));
  const fitted = fitRecipe(dataset, fold.training, recipe, { ...within, seed: options.seed });
  const learner = learnerOf(recipe);
  const outputs = recipePredictions(fitted, dataset, fold.test);
  const isExplained = task.isExplained && learner.readsFeatures;
  return {
    outputs,
    parameters: recipe.parameters,
    trials,
    learned: learner.learned(fitted.model),
    curve:
      learner.curve(fitted.model) ??
      (isExplained ? sizeCurve(dataset, fold, fitted, options) : null),
    explanation: isExplained ? explain(dataset, fold, fitted, options) : null,
  };
}

/** Share of the work that a search is, about. */
const SEARCH_SHARE = 0.85;

/**
 * The model that is kept: trained on all rows, its parameters searched within them.
 *
 * @param dataset rows
 * @param task see FoldTask
 * @param options seed, progress and cancel, and who hears of every trial
 */
export function trainOnAll(
  dataset: Dataset,
  task: Omit<FoldTask, "isExplained">,
  options: SearchOptions,
): { readonly fitted: FittedRecipe; readonly trials: readonly LearningTrial[] } {
  const all = Int32Array.from(dataset.target.keys());
  const fold: Fold = { training: all, test: new Int32Array(0), purged: 0, embargoed: 0 };
  const { recipe, trials } = chosenRecipe(dataset, fold, task, options);
  const share = task.search === null ? 0 : SEARCH_SHARE;
  const within = progressWithin(options, share, 1 - share);
  return { fitted: fitRecipe(dataset, all, recipe, { ...within, seed: options.seed }), trials };
}

/**
 * Inner folds of a search: whatever it chooses, no inner training row touches what an inner test row reads.
 *
 * @param dataset rows
 * @param fold whose training rows are divided
 * @param recipe of the search
 * @param innerSplit how
 * @throws {InvalidInputError} as nestedFolds
 *
 * Cost: O(training rows · folds).
 */
export function foldsWithin(
  dataset: Dataset,
  fold: Fold,
  recipe: Recipe,
  innerSplit: SplitSpec,
): readonly Fold[] {
  const { searchedLookBackRows } = learnerOf(recipe);
  const times = readingRowsBack(dataset.times, dataset.groups, searchedLookBackRows);
  return nestedFolds(times, fold, innerSplit);
}

function chosenRecipe(
  dataset: Dataset,
  fold: Fold,
  { recipe, search }: Pick<FoldTask, "recipe" | "search">,
  options: SearchOptions,
): { readonly recipe: Recipe; readonly trials: readonly LearningTrial[] } {
  if (search === null) return { recipe, trials: [] };
  const inner = foldsWithin(dataset, fold, recipe, search.innerSplit);
  const within = progressWithin(options, 0, SEARCH_SHARE);
  const { parameters, trials } = searchParameters(dataset, inner, recipe, {
    ...within,
    seed: options.seed,
    search,
    ...(options.onTrial === undefined ? {} : { onTrial: options.onTrial }),
  });
  return { recipe: { ...recipe, parameters }, trials };
}

function explain(
  dataset: Dataset,
  { test }: Fold,
  fitted: FittedRecipe,
  { seed }: TrainingOptions,
): Explanation {
  const { classCount } = dataset;
  const width = Math.max(1, classCount);
  const step = Math.max(1, Math.ceil(test.length / EXPLAINED_ROWS_MAX));
  const places = test.filter((_, i) => i % step === 0);
  const predict = (table: FeatureTable, asked: Int32Array): Float64Array =>
    recipePredictions(fitted, { ...dataset, table }, asked);
  const answered = answeredRows(predict(dataset.table, places), width);
  const known = answered.map((i) => places[i]!);
  if (known.length === 0) return { importance: [], contributions: null, dependence: [] };
  const target = valuesAt(dataset.target, known);
  const scoreOf = (outputs: Float64Array): number => {
    const losses = rowLosses(target, outputs, classCount);
    return -losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };
  const { importances } = permutationImportance(
    { predict, table: dataset.table, places: known, scoreOf },
    { seed },
  );
  const importance = importances
    .map(({ name, mean, deviation }) => ({ feature: name, mean, deviation }))
    .sort((a, b) => b.mean - a.mean);
  const dependence = importance.slice(0, DEPENDENCE_FEATURES).map(({ feature }) => {
    const place = dataset.table.names.indexOf(feature);
    assert(place >= 0, "Invariant: importance names features of the table");
    const { grid, mean } = partialDependence(
      { predict, table: dataset.table, places: known, feature: place, output: width - 1 },
      { seed },
    );
    return { feature, x: grid, y: mean };
  });
  return { importance, contributions: contributionsOf(fitted, dataset, known), dependence };
}

/** Of prepared features: their names may be components. */
function contributionsOf(
  { preparation, recipe, model }: FittedRecipe,
  dataset: Dataset,
  places: Int32Array,
): Explanation["contributions"] {
  if (preparation === null) return null;
  const table = prepared(preparation, tableRows(dataset.table, places));
  const means = learnerOf(recipe).contributions(model, table);
  if (means === null) return null;
  return Array.from(means, (mean, j) => ({
    feature: table.names[j]!,
    mean,
    deviation: null,
  })).sort((a, b) => b.mean - a.mean);
}
