import { InvalidInputError } from "../../invalid-input-error.ts";
import type { FeatureTable } from "../training-data.ts";
import type { TreeModel } from "./tree-ensemble.ts";
import { scoreTreeRow, treeScores } from "./tree-scores.ts";

/**
 * Class probabilities of rows by a model of trees.
 *
 * @param model of a classification
 * @param table rows with the features of the training; NaN is missing
 * @returns classCount a row, row after row; those of a row sum to 1
 * @throws {InvalidInputError} as treeScores; "out-of-range": the model is of a regression
 *
 * Cost: O(rows · trees · depth).
 */
export function treeProbabilities(model: TreeModel, table: FeatureTable): Float64Array {
  const { classCount } = model;
  if (classCount === 0) {
    throw new InvalidInputError("out-of-range", "a regression has no class probabilities");
  }
  const scores = treeScores(model, table);
  const { outputCount } = model.ensemble;
  const probabilities = new Float64Array(table.rowCount * classCount);
  for (let i = 0; i < table.rowCount; i++) {
    linkRow(
      model,
      scores.subarray(i * outputCount, (i + 1) * outputCount),
      probabilities.subarray(i * classCount, (i + 1) * classCount),
    );
  }
  return probabilities;
}

/**
 * Class probabilities of one row, equal to the bit to those of treeProbabilities.
 *
 * @param model of a classification
 * @param row one value a feature; NaN is missing
 * @param probabilities written to, classCount of them
 *
 * Cost: O(trees · depth). Nothing is checked.
 */
export function treeRowProbabilities(
  model: TreeModel,
  row: Float64Array,
  probabilities: Float64Array,
): void {
  // Of two classes there is one score; it is turned into two probabilities where it stands.
  const scores = probabilities.subarray(0, model.ensemble.outputCount);
  scoreTreeRow(model.ensemble, row, scores);
  linkRow(model, scores, probabilities);
}

function linkRow(model: TreeModel, scores: Float64Array, probabilities: Float64Array): void {
  switch (model.link) {
    case "identity":
      probabilities.set(scores);
      return;
    case "logistic": {
      const p = 1 / (1 + Math.exp(-scores[0]!));
      probabilities[0] = 1 - p;
      probabilities[1] = p;
      return;
    }
    case "softmax":
      softmax(scores, probabilities);
  }
}

function softmax(scores: Float64Array, probabilities: Float64Array): void {
  const largest = scores.reduce((max, score) => Math.max(max, score), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let k = 0; k < scores.length; k++) {
    const exponential = Math.exp(scores[k]! - largest);
    probabilities[k] = exponential;
    total += exponential;
  }
  for (let k = 0; k < scores.length; k++) probabilities[k] = probabilities[k]! / total;
}
