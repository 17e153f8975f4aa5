import { createRandom, type Random } from "../../synthetic/random.ts";
import { requireTrainingData, type TrainingData, type TrainingOptions } from "../training-data.ts";
import { binnedSource } from "./binned-source.ts";
import { binnedTable } from "./binned-table.ts";
import { type CartParameters, requireCartParameters } from "./cart.ts";
import { growImpurityTree } from "./impurity-tree.ts";
import { nodeTarget } from "./node-target.ts";
import { requireWhole } from "./require-parameter.ts";
import type { TreeModel } from "./tree-ensemble.ts";
import { createTreeStore, gainImportance, storedTrees } from "./tree-store.ts";
import { requireTwoClasses, rowWeights, usedRows } from "./used-rows.ts";
import { createWorkMeter } from "./work-meter.ts";

/** How a forest grows. */
export type ForestParameters = CartParameters & {
  /** 1 … 10,000. */
  readonly treeCount: number;
  /** Features tried at each node: the root or a third of their number, all, or how many. */
  readonly featuresTried: "sqrt" | "third" | "all" | number;
  /** Whether each tree draws its rows anew, as many as there are, with replacement. */
  readonly bootstrap: boolean;
  /** Bins of a feature, 2 … 255. */
  readonly binsMax: number;
};

/** Convention of scikit-learn's RandomForestClassifier. */
export const DEFAULT_FOREST: ForestParameters = {
  treeCount: 100,
  featuresTried: "sqrt",
  bootstrap: true,
  depthMax: null,
  leavesMax: null,
  leafRowsMin: 1,
  binsMax: 255,
};

/** Reads of a histogram that take as long as drawing a row. */
const READS_OF_DRAWING = 10;

/** A forest; its scores are class probabilities, or the predicted value, averaged over the trees. */
export type ForestModel = TreeModel & { readonly kind: "random-forest" };

/**
 * Random forest: the average of many deep trees, each on rows drawn anew, each of whose nodes looks at
 * a few features drawn anew.
 *
 * Impurity: Gini of classes, variance of a real target. Features are put into bins by quantiles of the
 * training rows; a cut lies in the middle of the bins that the node has on either side. A missing value
 * goes the way that was learned at each split.
 *
 * @param data n ≥ 1 rows; NaN is a missing feature; rows of weight 0 are as if they were not there
 * @param parameters see ForestParameters
 * @param options seed, progress; tree t draws from stream t of the seed
 * @returns the model: plain data
 * @throws {InvalidInputError} as requireTrainingData; "out-of-range": a parameter or the seed
 *
 * Cost: O(trees · featuresTried · rows · depth). Convention: with the defaults as scikit-learn's
 * RandomForestClassifier, but for the bins. Source: Breiman (2001), Machine Learning 45.
 * Checked: AUC against scikit-learn by the bench.
 */
export function randomForest(
  data: TrainingData,
  parameters: ForestParameters,
  options: TrainingOptions,
): ForestModel {
  requireTrainingData(data, { missing: true });
  const featureCount = data.table.columns.length;
  const featuresTried = requireForestParameters(parameters, featureCount);
  requireWhole("seed", options.seed, 0, 2 ** 32 - 1);
  const used = usedRows(data);
  requireTwoClasses(data, used);
  const weights = rowWeights(data);
  const meter = createWorkMeter(options);
  const binned = binnedTable(data.table, used, {
    binsMax: parameters.binsMax,
    onWork: meter.onWork,
  });
  const outputCount = Math.max(1, data.classCount);
  const store = createTreeStore(outputCount);
  const spare = new Int32Array(used.length);
  for (let tree = 0; tree < parameters.treeCount; tree++) {
    meter.onShare(tree / parameters.treeCount);
    meter.onWork(READS_OF_DRAWING * used.length);
    const random = createRandom(options.seed, tree);
    const drawn = parameters.bootstrap ? bootstrapRows(used, weights, random) : undefined;
    const rows = drawn?.rows ?? used.slice();
    const target = nodeTarget(data, rows, drawn?.weights ?? weights);
    growImpurityTree({
      target,
      source: binnedSource(binned, target, { rows, spare }),
      limits: { ...parameters, featuresTried },
      rows,
      rowCount: rows.length,
      store,
      random,
      onWork: meter.onWork,
    });
  }
  meter.onShare(1);
  const { treeCount } = parameters;
  const form = { outputCount, baseline: new Float64Array(outputCount), divisor: treeCount };
  return {
    kind: "random-forest",
    classCount: data.classCount,
    featureCount,
    link: "identity",
    ensemble: storedTrees(store, form, treeCount),
    importance: gainImportance(store, featureCount, treeCount),
  };
}

/** Rows that were drawn at least once, ascending, and their weights times how often. */
function bootstrapRows(
  rows: Int32Array,
  weights: Float64Array,
  random: Random,
): { readonly rows: Int32Array; readonly weights: Float64Array } {
  const times = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const drawn = Math.floor(random.uniform() * rows.length);
    times[drawn] = times[drawn]! + 1;
  }
  const drawnWeights = new Float64Array(weights.length);
  for (let i = 0; i < rows.length; i++) {
    drawnWeights[rows[i]!] = weights[rows[i]!]! * times[i]!;
  }
  return { rows: rows.filter((_, i) => times[i]! > 0), weights: drawnWeights };
}

/** Checks the parameters, and says how many features a node tries. */
function requireForestParameters(parameters: ForestParameters, featureCount: number): number {
  requireCartParameters(parameters);
  requireWhole("treeCount", parameters.treeCount, 1, 10_000);
  requireWhole("binsMax", parameters.binsMax, 2, 255);
  const { featuresTried } = parameters;
  if (featuresTried === "all") return featureCount;
  if (featuresTried === "sqrt") return Math.max(1, Math.floor(Math.sqrt(featureCount)));
  if (featuresTried === "third") return Math.max(1, Math.floor(featureCount / 3));
  requireWhole("featuresTried", featuresTried, 1, featureCount);
  return featuresTried;
}
