import { InvalidInputError } from "../../invalid-input-error.ts";
import type { ParameterValue } from "../../strategies/strategy-parameters.ts";
import { balancedClassWeights, classWeightedRows } from "../preparation/class-weights.ts";
import {
  type FittedPreparation,
  fitPreparation,
  prepared,
} from "../preparation/fitted-preparation.ts";
import type { PreparationStep } from "../preparation/preparation-step.ts";
import { underSampledRows } from "../preparation/under-sampled-rows.ts";
import { type TrainingOptions, tableRows, valuesAt } from "../training-data.ts";
import type { LearningRows } from "./learner.ts";
import { type OpenLearner, openLearnerOfKind } from "./learners.ts";

/** How a model is made of rows: everything but the rows and the seed. */
export type Recipe = {
  readonly learner: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** What is done to features before, learned from the training rows. */
  readonly preparation: readonly PreparationStep[];
  /** How classes of different sizes are treated. */
  readonly balance: "none" | "weights" | "under-sample";
};

/** A model with all that a prediction needs: plain data. */
export type FittedRecipe = {
  readonly kind: "recipe";
  readonly recipe: Recipe;
  /** null of a learner that looks at no features. */
  readonly preparation: FittedPreparation | null;
  readonly classCount: number;
  /** What the learner learned. */
  readonly model: unknown;
};

/**
 * Opens the learner of a recipe.
 *
 * @param recipe any
 * @throws {InvalidInputError} "out-of-range": the kind or a parameter, by name
 */
export function learnerOf({ learner, parameters }: Recipe): OpenLearner {
  const opening = openLearnerOfKind(learner, parameters);
  if (opening.kind === "valid") return opening.open;
  const issues = opening.issues.map(({ field, message }) => `${field}: ${message}`);
  throw new InvalidInputError("out-of-range", issues.join("; "));
}

/**
 * Makes a model by a recipe: prepares, balances, trains; nothing is learned from any other row.
 *
 * @param rows all of them
 * @param training places of those that may be learned from, ascending
 * @param recipe how
 * @param options seed, progress and cancel
 * @returns the model
 * @throws {InvalidInputError} parameters, or rows that cannot be learned from
 */
export function fitRecipe(
  rows: LearningRows,
  training: Int32Array,
  recipe: Recipe,
  options: TrainingOptions,
): FittedRecipe {
  const learner = learnerOf(recipe);
  const preparation = learner.readsFeatures
    ? fitPreparation(recipe.preparation, tableRows(rows.table, training))
    : null;
  const seen = preparation === null ? rows : { ...rows, table: prepared(preparation, rows.table) };
  const balanced = balancedRows(seen, training, recipe, options.seed);
  const model = learner.fit(balanced.rows, balanced.training, options);
  return { kind: "recipe", recipe, preparation, classCount: rows.classCount, model };
}

/**
 * Predictions of a model.
 *
 * @param fitted of fitRecipe
 * @param rows all of them, with the features that it was trained on
 * @param places which are predicted, ascending
 * @returns one value a place, or the probabilities of all classes one after the other; NaN where the model
 *   has no answer
 */
export function recipePredictions(
  fitted: FittedRecipe,
  rows: LearningRows,
  places: Int32Array,
): Float64Array {
  const learner = learnerOf(fitted.recipe);
  const { preparation, model } = fitted;
  if (preparation === null) return learner.predict(model, rows, places);
  if (learner.lookBackRows > 0) {
    return learner.predict(model, { ...rows, table: prepared(preparation, rows.table) }, places);
  }
  // Each row by itself: only those asked for are prepared.
  const asked = rowsAt(rows, places);
  const table = prepared(preparation, asked.table);
  return learner.predict(model, { ...asked, table }, Int32Array.from(places.keys()));
}

/** Some rows as rows of their own; sources stay whole. */
function rowsAt(rows: LearningRows, places: Int32Array): LearningRows {
  return {
    ...rows,
    table: tableRows(rows.table, places),
    target: valuesAt(rows.target, places),
    weights: rows.weights === null ? null : valuesAt(rows.weights, places),
    groups: places.map((place) => rows.groups[place]!),
    bars: places.map((place) => rows.bars[place]!),
  };
}

function balancedRows(
  rows: LearningRows,
  training: Int32Array,
  { balance }: Recipe,
  seed: number,
): { readonly rows: LearningRows; readonly training: Int32Array } {
  if (balance === "none" || rows.classCount === 0) return { rows, training };
  const target = valuesAt(rows.target, training);
  if (balance === "under-sample") {
    const kept = underSampledRows(target, rows.classCount, seed);
    return { rows, training: kept.map((i) => training[i]!) };
  }
  const classWeights = balancedClassWeights(target, rows.classCount);
  const weights = classWeightedRows(rows.target, classWeights, rows.weights);
  return { rows: { ...rows, weights }, training };
}
