import { InvalidInputError } from "../../invalid-input-error.ts";
import type { Fold } from "../splits/fold.ts";
import type { TrainingOptions } from "../training-data.ts";
import type { LearnerFamily, LearningCurve, LearningRows } from "./learner.ts";
import { type FittedRecipe, fitRecipe, learnerOf, recipePredictions } from "./recipe.ts";
import { answeredLosses } from "./row-losses.ts";

/** What is learned from before all rows are. */
const SHARES = [1 / 8, 1 / 4, 1 / 2];

/** Rows that a loss is the mean of at most. */
const SCORED_ROWS_MAX = 2_000;

/** Those that are trained again in little time. */
const CHEAP: ReadonlySet<LearnerFamily> = new Set(["linear", "neighbours", "trees"]);

/**
 * Size curve: loss by how many rows, the newest, a model has learned from; whether more history would help.
 *
 * @param rows all of them
 * @param fold whose training rows are taken
 * @param fitted the model that has learned from all of them
 * @param options seed
 * @returns a loss a size on the training rows and on the test rows, at most 2,000 of them, evenly spread; NaN where a
 *   size cannot be learned from. null of learners that take long
 *
 * Cost: 7/8 of a training.
 */
export function sizeCurve(
  rows: LearningRows,
  { training, test }: Pick<Fold, "training" | "test">,
  fitted: FittedRecipe,
  { seed }: Pick<TrainingOptions, "seed">,
): LearningCurve | null {
  const { recipe } = fitted;
  if (!CHEAP.has(learnerOf(recipe).family)) return null;
  const points = SHARES.map((share) => {
    const newest = training.slice(training.length - Math.round(share * training.length));
    return { newest, model: modelOf(rows, newest, fitted, seed) };
  });
  const all = [...points, { newest: training, model: fitted }];
  const losses = (of: (newest: Int32Array) => Int32Array) =>
    Float64Array.from(all, ({ newest, model }) => meanLoss(rows, of(newest), model));
  return {
    unit: "row",
    at: Float64Array.from(all, ({ newest }) => newest.length),
    training: losses((newest) => newest),
    validation: losses(() => test),
  };
}

/** null: too little to be learned from. */
function modelOf(
  rows: LearningRows,
  training: Int32Array,
  { recipe }: FittedRecipe,
  seed: number,
): FittedRecipe | null {
  try {
    return fitRecipe(rows, training, recipe, { seed });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return null;
  }
}

function meanLoss(rows: LearningRows, places: Int32Array, model: FittedRecipe | null): number {
  if (model === null) return Number.NaN;
  const step = Math.max(1, Math.ceil(places.length / SCORED_ROWS_MAX));
  const asked = places.filter((_, i) => i % step === 0);
  const losses = answeredLosses(rows, asked, recipePredictions(model, rows, asked));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
