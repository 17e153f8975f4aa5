import { InvalidInputError } from "../../invalid-input-error.ts";
import { createSampler } from "../../optimisation/create-sampler.ts";
import {
  type ParameterSpace,
  SPACE_POINTS_MAX,
  valuesOfPoint,
} from "../../optimisation/parameter-space.ts";
import { prepared } from "../preparation/fitted-preparation.ts";
import type { Fold } from "../splits/fold.ts";
import type { TrainingOptions } from "../training-data.ts";
import type { LearningRows } from "./learner.ts";
import { rowsWithWindow } from "./network-learners.ts";
import { progressWithin } from "./progress-within.ts";
import {
  type FittedRecipe,
  fitRecipe,
  learnerOf,
  type Recipe,
  recipePredictions,
} from "./recipe.ts";
import { answeredLosses } from "./row-losses.ts";

/** How parameters are searched for. */
export type ParameterSearch = {
  readonly method: "random" | "tpe";
  /** ≥ 1; fewer are made where there are no more combinations. */
  readonly trials: number;
};

/** One combination that was tried. */
export type LearningTrial = {
  readonly parameters: Recipe["parameters"];
  /** Mean loss over the test rows of the inner folds that every trial can answer; null where it could not be trained. */
  readonly loss: number | null;
};

/** How far a search is. */
export type SearchSoFar = {
  readonly trialsDone: number;
  /** How many there will be. */
  readonly trials: number;
  /** The trial of the least loss, the first among equals; null while none could be trained. */
  readonly best: {
    /** Counted from 1. */
    readonly trial: number;
    readonly parameters: Recipe["parameters"];
    readonly loss: number;
  } | null;
};

/** How a search is made, and who hears of every trial. */
export type SearchOptions = TrainingOptions & {
  /** Called after each trial. */
  readonly onTrial?: (soFar: SearchSoFar) => void;
};

/** What a search found, and everything that it tried, in order. */
export type SearchedParameters = {
  readonly parameters: Recipe["parameters"];
  readonly trials: readonly LearningTrial[];
};

/**
 * Searches parameters of a recipe on inner folds. What is found has never been scored on any other row.
 *
 * @param rows all of them
 * @param folds inner ones, of the rows that may be learned from
 * @param recipe its parameters are tried too, first
 * @param search method and number of trials
 * @param options seed, progress and cancel, and who hears of every trial
 * @returns the parameters of the least loss, the first among equals; those of the recipe where nothing could
 *   be trained
 *
 * Cost: trials · folds trainings.
 */
export function searchParameters(
  rows: LearningRows,
  folds: readonly Fold[],
  recipe: Recipe,
  { search, onTrial, ...options }: SearchOptions & { readonly search: ParameterSearch },
): SearchedParameters {
  const learner = learnerOf(recipe);
  const space = learner.searchSpace(SPACE_POINTS_MAX);
  const wanted = Math.min(search.trials, space.size);
  const trials: LearningTrial[] = [];
  let best: SearchSoFar["best"] = null;
  const tryOut = (parameters: Recipe["parameters"]): number => {
    const within = progressWithin(options, trials.length / wanted, 1 / wanted);
    const loss = lossOnFolds(
      { rows, folds, lookBackRows: learner.searchedLookBackRows },
      { ...recipe, parameters },
      { ...within, seed: options.seed },
    );
    trials.push({ parameters, loss });
    if (loss !== null && (best === null || loss < best.loss)) {
      best = { trial: trials.length, parameters, loss };
    }
    onTrial?.({ trialsDone: trials.length, trials: wanted, best });
    return loss ?? Number.NaN;
  };
  tryOut(recipe.parameters);
  tryPoints(space, search, { seed: options.seed, count: wanted - 1 }, tryOut);
  return { parameters: foundBy(best, recipe), trials };
}

function foundBy(best: SearchSoFar["best"], recipe: Recipe): Recipe["parameters"] {
  return best === null ? recipe.parameters : best.parameters;
}

function tryPoints(
  space: ParameterSpace,
  { method }: ParameterSearch,
  { seed, count }: { readonly seed: number; readonly count: number },
  tryOut: (parameters: Recipe["parameters"]) => number,
): void {
  const sampler = createSampler(method, space, seed);
  for (let i = 0; i < count; i++) {
    const [point] = sampler.ask(1);
    if (point === undefined) return;
    sampler.tell([point], [-tryOut(valuesOfPoint(space, point))]);
  }
}

/** What all trials of a search are scored on. */
type SearchedRows = {
  readonly rows: LearningRows;
  readonly folds: readonly Fold[];
  /** The most that a trial looks back. */
  readonly lookBackRows: number;
};

/** Mean loss over the scored rows of all folds; null where a fold cannot be trained or nothing is answered. */
function lossOnFolds(
  { rows, folds, lookBackRows }: SearchedRows,
  recipe: Recipe,
  options: TrainingOptions,
): number | null {
  let total = 0;
  let count = 0;
  for (const [place, { training, test }] of folds.entries()) {
    const within = progressWithin(options, place / folds.length, 1 / folds.length);
    try {
      const fitted = fitRecipe(rows, training, recipe, { ...within, seed: options.seed });
      const scored = comparableRows(fitted, rows, test, lookBackRows);
      const outputs = recipePredictions(fitted, rows, scored);
      const losses = answeredLosses(rows, scored, outputs);
      total += losses.reduce((sum, loss) => sum + loss, 0);
      count += losses.length;
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return null;
    }
  }
  return count === 0 ? null : total / count;
}

/**
 * Test rows that every trial can answer, however far it looks back: losses of other rows are not to be compared. All of
 * them where that leaves none.
 */
function comparableRows(
  { preparation }: FittedRecipe,
  rows: LearningRows,
  test: Int32Array,
  lookBackRows: number,
): Int32Array {
  if (lookBackRows === 0 || preparation === null) return test;
  const seen = { ...rows, table: prepared(preparation, rows.table) };
  const scored = rowsWithWindow(seen, test, lookBackRows + 1);
  return scored.length === 0 ? test : scored;
}
