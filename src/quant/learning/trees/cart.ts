import { createRandom } from "../../synthetic/random.ts";
import { requireTrainingData, type TrainingData, type TrainingOptions } from "../training-data.ts";
import { exactSource } from "./exact-source.ts";
import { growImpurityTree } from "./impurity-tree.ts";
import { nodeTarget } from "./node-target.ts";
import { requireWhole } from "./require-parameter.ts";
import type { TreeModel } from "./tree-ensemble.ts";
import { createTreeStore, gainImportance, storedTrees } from "./tree-store.ts";
import { requireTwoClasses, rowWeights, usedRows } from "./used-rows.ts";
import { createWorkMeter } from "./work-meter.ts";

/** How far a tree grows. */
export type CartParameters = {
  /** Splits above a leaf, 1 … 1,000; null is any number. */
  readonly depthMax: number | null;
  /** Leaves, 2 … 65,536, those that gain most first; null is any number. */
  readonly leavesMax: number | null;
  /** Rows of a leaf, ≥ 1. */
  readonly leafRowsMin: number;
};

/** A tree that is split until its leaves are pure. */
export const DEFAULT_CART: CartParameters = { depthMax: null, leavesMax: null, leafRowsMin: 1 };

/** Reads of a histogram that take as long as a row in the order of a feature: it jumps through memory. */
const READS_OF_SORTED = 5;

/** One decision tree; its scores are class probabilities, or the predicted value. */
export type CartModel = TreeModel & { readonly kind: "cart" };

/**
 * Decision tree (CART): questions of the form "is a feature at most a threshold", one after the other,
 * each the one that leaves the two sides purest.
 *
 * Impurity: Gini of classes, variance of a real target. Thresholds are middles between neighbouring
 * values. A missing value goes the way that was learned at each split.
 *
 * @param data n ≥ 1 rows; NaN is a missing feature; rows of weight 0 are as if they were not there
 * @param parameters see CartParameters
 * @param options seed (nothing is drawn), progress
 * @returns the model: plain data
 * @throws {InvalidInputError} as requireTrainingData; "out-of-range": a parameter or the seed
 *
 * Cost: O(features · rows · (log rows + depth)). Convention: matches scikit-learn's
 * DecisionTreeClassifier and Regressor; of equally good splits the first feature and lowest threshold.
 * Source: Breiman, Friedman, Olshen and Stone (1984). Checked: golden/classification.json.
 */
export function cart(
  data: TrainingData,
  parameters: CartParameters,
  options: TrainingOptions,
): CartModel {
  requireTrainingData(data, { missing: true });
  requireCartParameters(parameters);
  requireWhole("seed", options.seed, 0, 2 ** 32 - 1);
  const rows = usedRows(data);
  requireTwoClasses(data, rows);
  const rowCount = rows.length;
  const target = nodeTarget(data, rows, rowWeights(data));
  const outputCount = Math.max(1, data.classCount);
  const store = createTreeStore(outputCount);
  const meter = createWorkMeter(options);
  const onWork = (reads: number): void => meter.onWork(READS_OF_SORTED * reads);
  const featureCount = data.table.columns.length;
  growImpurityTree({
    target,
    source: exactSource(data.table, target, { rows, spare: new Int32Array(rowCount) }, onWork),
    limits: { ...parameters, featuresTried: featureCount },
    rows,
    rowCount,
    store,
    random: createRandom(options.seed),
    onWork,
  });
  meter.onShare(1);
  const form = { outputCount, baseline: new Float64Array(outputCount), divisor: 1 };
  return {
    kind: "cart",
    classCount: data.classCount,
    featureCount,
    link: "identity",
    ensemble: storedTrees(store, form, 1),
    importance: gainImportance(store, featureCount, 1),
  };
}

/**
 * Entry check of a tree.
 *
 * @param parameters any
 * @throws {InvalidInputError} "out-of-range": which one, and its range
 */
export function requireCartParameters(parameters: CartParameters): void {
  const { depthMax, leavesMax, leafRowsMin } = parameters;
  if (depthMax !== null) requireWhole("depthMax", depthMax, 1, 1000);
  if (leavesMax !== null) requireWhole("leavesMax", leavesMax, 2, 65_536);
  requireWhole("leafRowsMin", leafRowsMin, 1, 2 ** 31 - 1);
}
