import { InvalidInputError } from "../../invalid-input-error.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import type { TreeEnsemble, TreeModel } from "./tree-ensemble.ts";

/** Rows that fall through a tree together, while it is in the cache. */
const BLOCK_ROWS = 128;

/**
 * Raw scores of rows by a model of trees: log-odds of class 1 or one score a class of boosting, class
 * probabilities of a tree or forest, the predicted value of a regression.
 *
 * @param model any of trees
 * @param table rows with the features of the training; NaN is missing
 * @returns outputCount scores a row, row after row
 * @throws {InvalidInputError} "length-mismatch": another number of features; "not-finite": ±Infinity
 *
 * Cost: O(rows · trees · depth).
 */
export function treeScores(model: TreeModel, table: FeatureTable): Float64Array {
  requireModelTable(model, table);
  const { outputCount } = model.ensemble;
  const { rowCount, columns } = table;
  const featureCount = columns.length;
  const scores = new Float64Array(rowCount * outputCount);
  const block = new Float64Array(BLOCK_ROWS * featureCount);
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rowCount - first);
    for (let j = 0; j < featureCount; j++) {
      const column = columns[j]!;
      for (let i = 0; i < count; i++) block[i * featureCount + j] = column[first + i]!;
    }
    const ofBlock = scores.subarray(first * outputCount, (first + count) * outputCount);
    scoreBlock(model.ensemble, block, featureCount, ofBlock);
  }
  return scores;
}

/**
 * Raw scores of one row, equal to the bit to those of treeScores.
 *
 * @param ensemble trees of a model
 * @param row one value a feature; NaN is missing
 * @param scores written to, outputCount of them
 *
 * Cost: O(trees · depth), no memory; about 5 µs for 200 trees of 31 leaves. Nothing is checked.
 */
export function scoreTreeRow(
  ensemble: TreeEnsemble,
  row: Float64Array,
  scores: Float64Array,
): void {
  scoreBlock(ensemble, row, row.length, scores);
}

/**
 * Entry check of rows that a model of trees is to predict.
 *
 * @param model any of trees
 * @param table rows
 * @throws {InvalidInputError} "length-mismatch": another number of features; "not-finite": ±Infinity
 */
export function requireModelTable(model: TreeModel, table: FeatureTable): void {
  requireTable(table, { missing: true });
  if (table.columns.length !== model.featureCount) {
    throw new InvalidInputError(
      "length-mismatch",
      `the model was trained on ${model.featureCount} features, not ${table.columns.length}`,
    );
  }
}

/** Scores of as many rows as `scores` has room for; the rows stand one after the other. */
function scoreBlock(
  ensemble: TreeEnsemble,
  rows: Float64Array,
  featureCount: number,
  scores: Float64Array,
): void {
  const { outputCount, leafWidth, divisor, baseline, roots, leafValue } = ensemble;
  scores.fill(0);
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    const output = leafWidth === 1 ? tree % outputCount : 0;
    for (let first = 0, s = output; s < scores.length; first += featureCount, s += outputCount) {
      const value = leafWidth * leafOf(ensemble, root, rows, first);
      for (let k = 0; k < leafWidth; k++) scores[s + k] = scores[s + k]! + leafValue[value + k]!;
    }
  }
  for (let i = 0, k = 0; i < scores.length; i++) {
    scores[i] = baseline[k]! + scores[i]! / divisor;
    k = k + 1 === outputCount ? 0 : k + 1;
  }
}

/** The leaf that a row falls into; its features start at `first` of `rows`. */
function leafOf(
  { feature, threshold, left, right, missingLeft }: TreeEnsemble,
  root: number,
  rows: Float64Array,
  first: number,
): number {
  let node = root;
  while (node >= 0) {
    const value = rows[first + feature[node]!]!;
    if (value <= threshold[node]!) node = left[node]!;
    else if (Number.isNaN(value) && missingLeft[node] === 1) node = left[node]!;
    else node = right[node]!;
  }
  return -1 - node;
}
