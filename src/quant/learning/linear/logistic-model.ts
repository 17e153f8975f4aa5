import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  type FeatureTable,
  requireTrainingData,
  type TrainingData,
  type TrainingOptions,
} from "../training-data.ts";
import {
  fillCurvature,
  type LogisticLikelihood,
  logisticLikelihood,
  logisticLoss,
} from "./logistic-likelihood.ts";
import { newtonMinimum } from "./newton-minimum.ts";
import { type Plane, planeOf, planeValues } from "./plane.ts";
import { standardisedBlocks, standardisedPenalties } from "./standardised-blocks.ts";

/** What a logistic regression is to be. */
export type LogisticSettings = {
  /** Price of half the square of a coefficient, > 0: 1 / C of scikit-learn, whose default is 1. */
  readonly penalty: number;
};

/** A trained logistic regression: plain data. */
export type LogisticModel = {
  readonly kind: "logistic";
  readonly classCount: number;
  /** Classes that had rows with a weight, ascending; the others are never predicted. */
  readonly classes: readonly number[];
  /** Of two classes one plane, of the second against the first; else one a class, intercepts sum to 0. */
  readonly planes: readonly Plane[];
  /** Loss on the training rows, the penalty included. */
  readonly loss: number;
  /**
   * Whether the planes put every training row into its class. Then the likelihood has no maximum, and
   * how sure the probabilities are is decided by the penalty, not by the rows.
   */
  readonly isSeparated: boolean;
  /**
   * Whether the loss is at its minimum. False where rounding hides what is better: a penalty of 1e-8 on
   * weights that differ by eight orders of magnitude, or one below 1e-15 of the weights.
   */
  readonly hasConverged: boolean;
};

/** Steps that a training usually takes; progress is told against it. */
const STEPS_USUAL = 10;

/**
 * Logistic regression with a price on large coefficients, of two classes or more.
 *
 * min Σ wᵢ (−ln p(class of row i)) + ½ penalty ‖b‖²; the intercepts are not penalised. Of two classes
 * p₁ = 1 / (1 + e^−(a + x b)); of more, p is the softmax of one linear function a class. Since the
 * penalty is above zero there is one minimum, also for copies of a feature, which share their
 * weight, and for classes that a plane separates; see isSeparated.
 *
 * @param data n rows without gaps; the target is of classes
 * @param settings the penalty; see LogisticSettings
 * @param options progress and cancel; the seed is not used
 * @returns the model
 * @throws {InvalidInputError} see requireTrainingData; "out-of-range": the penalty, a target that is
 *   not of classes, a feature too large to be squared; "constant": one class has all the weight
 *
 * Cost: about 8 · O(n k² / 2), planes² / 2 times that for more than two classes. Convention: matches
 * scikit-learn LogisticRegression(C = 1 / penalty), also with sample_weight; multinomial from three
 * classes on. Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.
 * Checked: golden/classification.json.
 */
export function trainLogistic(
  data: TrainingData,
  settings: LogisticSettings,
  options: TrainingOptions,
): LogisticModel {
  const { penalty } = settings;
  if (!(penalty > 0 && penalty < Number.POSITIVE_INFINITY)) {
    throw new InvalidInputError("out-of-range", "the penalty must be above zero");
  }
  if (data.classCount < 2) {
    throw new InvalidInputError("out-of-range", "a logistic regression predicts classes");
  }
  requireTrainingData(data, { missing: false });
  const classes = weightedClasses(data);
  if (classes.length < 2) {
    throw new InvalidInputError("constant", "the rows that have a weight are of one class only");
  }
  const { table } = data;
  const blocks = standardisedBlocks(table, data.weights);
  const likelihood = logisticLikelihood(blocks, labelsOf(data, classes, blocks.weights.length), {
    classCount: classes.length,
    penalties: standardisedPenalties(blocks, penalty),
    onBlock: blockCounter(2 * STEPS_USUAL * blocks.blockCount, options.onProgress),
  });
  const { planeCount, planeLength, gradient } = likelihood;
  const minimum = newtonMinimum(
    {
      value: (point) => logisticLoss(likelihood, point),
      gradient,
      fillCurvature: (matrix) => fillCurvature(likelihood, matrix),
    },
    new Float64Array(planeCount * planeLength),
  );
  options.onProgress?.(1);
  const planes = Array.from({ length: planeCount }, (_, k) => {
    const own = minimum.point.subarray(k * planeLength, (k + 1) * planeLength);
    return planeOf(own, blocks, table.columns.length);
  });
  return {
    kind: "logistic",
    classCount: data.classCount,
    classes,
    planes: planeCount === 1 ? planes : centredIntercepts(planes),
    loss: minimum.value,
    isSeparated: isSeparated(likelihood),
    hasConverged: minimum.hasConverged,
  };
}

/**
 * Probabilities of a logistic regression.
 *
 * @param model of trainLogistic
 * @param table n rows without gaps, with the features of the training in their order
 * @returns n × classCount, row-major; 0 for a class that the training did not have
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 *
 * Cost: O(planes · n · k).
 */
export function logisticProbabilities(model: LogisticModel, table: FeatureTable): Float64Array {
  const { classCount, classes } = model;
  const scores = planeValues(model.planes, table);
  // Of two classes the first has no plane of its own: its score is 0.
  if (scores.length === 1) scores.unshift(new Float64Array(table.rowCount));
  const probabilities = new Float64Array(table.rowCount * classCount);
  for (let i = 0; i < table.rowCount; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (const series of scores) largest = Math.max(largest, series[i]!);
    let sum = 0;
    for (const series of scores) sum += Math.exp(series[i]! - largest);
    for (let c = 0; c < classes.length; c++) {
      probabilities[i * classCount + classes[c]!] = Math.exp(scores[c]![i]! - largest) / sum;
    }
  }
  return probabilities;
}

function weightedClasses({ target, weights, classCount }: TrainingData): number[] {
  const isPresent = new Array<boolean>(classCount).fill(false);
  target.forEach((value, i) => {
    if (weights === null || weights[i]! > 0) isPresent[value] = true;
  });
  return isPresent.flatMap((present, value) => (present ? [value] : []));
}

/** Places of the classes of the rows; those without weight and the padding may say 0. */
function labelsOf(
  { target }: TrainingData,
  classes: readonly number[],
  length: number,
): Int32Array {
  const labels = new Int32Array(length);
  target.forEach((value, i) => {
    labels[i] = Math.max(classes.indexOf(value), 0);
  });
  return labels;
}

function blockCounter(usual: number, onProgress: TrainingOptions["onProgress"]): () => void {
  let done = 0;
  return () => {
    done++;
    onProgress?.(Math.min(done / usual, 1));
  };
}

function centredIntercepts(planes: readonly Plane[]): Plane[] {
  const mean = planes.reduce((sum, { intercept }) => sum + intercept, 0) / planes.length;
  return planes.map((plane) => ({ ...plane, intercept: plane.intercept - mean }));
}

function isSeparated(likelihood: LogisticLikelihood): boolean {
  const { blocks, labels, probabilities } = likelihood;
  return blocks.weights.every((weight, i) => {
    if (weight === 0) return true;
    const label = labels[i]!;
    const first = probabilities[0]![i]!;
    if (probabilities.length === 1) return label === 1 ? first > 0.5 : first < 0.5;
    const own = probabilities[label]![i]!;
    return probabilities.every((series, k) => k === label || series[i]! < own);
  });
}
