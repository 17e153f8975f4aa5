import { InvalidInputError } from "../../invalid-input-error.ts";
import { createRandom } from "../../synthetic/random.ts";
import { requireTrainingData, type TrainingData, type TrainingOptions } from "../training-data.ts";
import { type BinnedTable, binnedTable } from "./binned-table.ts";
import { growTree } from "./boosted-tree.ts";
import type { BoostingObjective, ObjectiveRows } from "./boosting-objective.ts";
import { type BoostingParameters, requireBoostingParameters } from "./boosting-parameters.ts";
import { drawAscending } from "./draw-ascending.ts";
import { logisticObjective } from "./logistic-objective.ts";
import { requireWhole } from "./require-parameter.ts";
import { huberObjective, squaredObjective } from "./residual-objective.ts";
import { softmaxObjective } from "./softmax-objective.ts";
import type { TreeModel } from "./tree-ensemble.ts";
import { createTreeGrower, type TreeGrower, type TreeTask } from "./tree-grower.ts";
import { createTreeStore, gainImportance, storedTrees } from "./tree-store.ts";
import { meanOneWeights, requireTwoClasses, usedRows } from "./used-rows.ts";
import { type RowParts, validationRows } from "./validation-rows.ts";
import { createWorkMeter, type WorkMeter } from "./work-meter.ts";

/** Mean loss after each round, from none on; rounds that were taken back are in it. */
export type LearningCurve = {
  readonly training: Float64Array;
  /** Null where no rows were kept for it. */
  readonly validation: Float64Array | null;
};

/** Boosted trees. */
export type BoostingModel = TreeModel & {
  readonly kind: "gradient-boosting";
  readonly curve: LearningCurve;
  /** Rounds that are kept: those up to the best validation loss, or all. */
  readonly rounds: number;
};

/** How boosting is trained. */
export type BoostingOptions = TrainingOptions & {
  /**
   * Time of each row, finite, where rows are not in time order as they stand (several pairs one after
   * the other): the validation rows are the last by it.
   */
  readonly times?: Float64Array;
};

/**
 * Gradient boosting by histograms: a sum of small trees, each of which steps down the loss of those
 * before it.
 *
 * score = baseline + Σ trees. Loss: two classes log loss (one score, log-odds of class 1), more
 * classes log loss of a softmax (one tree a class and round), a real target squared or Huber loss.
 * A missing value goes the way that was learned at each split.
 *
 * @param data n ≥ 1 rows; NaN is a missing feature; rows of weight 0 are as if they were not there
 * @param parameters see BoostingParameters
 * @param options seed, progress, times
 * @returns the model: plain data
 * @throws {InvalidInputError} as requireTrainingData; "out-of-range": a parameter or the seed;
 *   "too-short": no rows are left for training or validation; "constant": one class before validation
 *
 * Cost: O(rounds · outputs · rows · features · log leaves). Convention: with the defaults as
 * scikit-learn's HistGradientBoosting, but weights are scaled to mean 1.
 * Source: Friedman (2001), Annals of Statistics 29; Ke et al. (2017), LightGBM; Chen and Guestrin (2016),
 * XGBoost. Checked: against brute force on small sets; AUC against scikit-learn by the bench.
 */
export function gradientBoosting(
  data: TrainingData,
  parameters: BoostingParameters,
  options: BoostingOptions,
): BoostingModel {
  requireTrainingData(data, { missing: true });
  requireBoostingParameters(parameters);
  requireWhole("seed", options.seed, 0, 2 ** 32 - 1);
  const times = options.times ?? null;
  requireTimes(times, data.table.rowCount);
  const { validationShare: share, validationGapRows: gapRows } = parameters;
  const parts = validationRows(usedRows(data), { share, gapRows, times });
  requireTwoClasses(data, parts.training);
  const descent = createDescent(data, parameters, parts, createWorkMeter(options));
  return boostedModel(data, descent, descend(descent, options.seed));
}

function requireTimes(times: Float64Array | null, rowCount: number): void {
  if (times === null) return;
  if (times.length !== rowCount) {
    throw new InvalidInputError("length-mismatch", "there must be one time a row");
  }
  if (!times.every(Number.isFinite))
    throw new InvalidInputError("not-finite", "a time is not finite");
}

/** Memory for histograms of nodes that wait; those of 31 leaves and 500 features. */
const HISTOGRAM_BYTES_MAX = 2 ** 26;

/** Reads of a histogram that take as long as the derivatives of a row. */
const READS_OF_DESCENT = 10;

/** A training that is going on. */
type Descent = {
  readonly parameters: BoostingParameters;
  readonly parts: RowParts;
  readonly binned: BinnedTable;
  readonly objective: BoostingObjective;
  readonly grower: TreeGrower;
  readonly meter: WorkMeter;
};

function createDescent(
  data: TrainingData,
  parameters: BoostingParameters,
  parts: RowParts,
  meter: WorkMeter,
): Descent {
  const weights = meanOneWeights(data, parts.training);
  const { target, classCount } = data;
  const { training } = parts;
  const rows: ObjectiveRows = { target, classCount, weights, training };
  const binned = binnedTable(data.table, training, {
    binsMax: parameters.binsMax,
    onWork: meter.onWork,
  });
  const grower = createTreeGrower({
    binned,
    limits: parameters,
    store: createTreeStore(1),
    weights,
    onWork: meter.onWork,
    histogramBytesMax: HISTOGRAM_BYTES_MAX,
  });
  return { parameters, parts, binned, objective: objectiveOf(rows, parameters), grower, meter };
}

function objectiveOf(rows: ObjectiveRows, parameters: BoostingParameters): BoostingObjective {
  if (rows.classCount === 2) return logisticObjective(rows);
  if (rows.classCount > 2) return softmaxObjective(rows);
  if (parameters.loss === "squared") return squaredObjective(rows);
  return huberObjective(rows, parameters.huberQuantile);
}

/** Runs the rounds, and says how the losses went and after how many they were best. */
function descend(
  descent: Descent,
  seed: number,
): { readonly curve: LearningCurve; readonly rounds: number } {
  const { parameters, parts, objective, meter } = descent;
  const { training, validation } = parts;
  const trainingLosses: number[] = [];
  const validationLosses: number[] = [];
  const drawRound = createRoundDraw(descent, seed);
  let best = 0;
  for (let round = 0; ; round++) {
    meter.onShare(round / (parameters.rounds + 1));
    trainingLosses.push(objective.descend(training));
    meter.onWork(READS_OF_DESCENT * training.length * objective.scores.length);
    if (validation.length > 0) {
      validationLosses.push(objective.loss(validation));
      if (validationLosses[round]! < validationLosses[best]!) best = round;
      if (round - best >= parameters.patienceRounds) break;
    }
    if (round === parameters.rounds) break;
    const drawn = drawRound(round);
    objective.scores.forEach((scores, k) => {
      const gradient = objective.gradients[k]!;
      growTree(descent.grower, { ...drawn, gradient, hessian: objective.hessians[k]!, scores });
    });
  }
  meter.onShare(1);
  const curve: LearningCurve = {
    training: Float64Array.from(trainingLosses),
    validation: validation.length > 0 ? Float64Array.from(validationLosses) : null,
  };
  return { curve, rounds: validation.length > 0 ? best : parameters.rounds };
}

/** Rows and features of a round. */
type RoundDraw = Pick<TreeTask, "features" | "grownOn" | "carried">;

/** Draws are a stream a round, so that a round does not depend on how many numbers those before took. */
function createRoundDraw(descent: Descent, seed: number): (round: number) => RoundDraw {
  const { binned, parameters, parts } = descent;
  const { training, validation } = parts;
  const all = Int32Array.from(binned.edges, (_, feature) => feature);
  const featureCount = shareOf(all, parameters.columnShare);
  const rowCount = shareOf(training, parameters.rowShare);
  return (round) => {
    const random = createRandom(seed, round);
    const features = drawAscending(all, featureCount, random);
    const grownOn = drawAscending(training, rowCount, random);
    return { features, grownOn, carried: withoutDrawn(training, grownOn, validation) };
  };
}

/** How many of a list a share of them is: at least one. */
function shareOf(list: Int32Array, share: number): number {
  return Math.min(list.length, Math.max(1, Math.round(share * list.length)));
}

/** Rows that were not drawn, and behind them `others`. */
function withoutDrawn(rows: Int32Array, drawn: Int32Array, others: Int32Array): Int32Array {
  const rest = new Int32Array(rows.length - drawn.length + others.length);
  let count = 0;
  for (let i = 0, j = 0; i < rows.length; i++) {
    if (rows[i] === drawn[j]) j++;
    else {
      rest[count] = rows[i]!;
      count++;
    }
  }
  rest.set(others, count);
  return rest;
}

function boostedModel(
  data: TrainingData,
  { grower, objective }: Descent,
  { curve, rounds }: ReturnType<typeof descend>,
): BoostingModel {
  const { baseline, link } = objective;
  const form = { outputCount: baseline.length, baseline, divisor: 1 };
  const featureCount = data.table.columns.length;
  const treeCount = rounds * baseline.length;
  return {
    kind: "gradient-boosting",
    classCount: data.classCount,
    featureCount,
    link,
    ensemble: storedTrees(grower.store, form, treeCount),
    importance: gainImportance(grower.store, featureCount, treeCount),
    curve,
    rounds,
  };
}
