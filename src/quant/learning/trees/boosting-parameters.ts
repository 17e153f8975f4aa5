import { requireNumber, requireWhole } from "./require-parameter.ts";

/** How gradient boosting learns. */
export type BoostingParameters = {
  /** Loss of a regression; classes have log loss. */
  readonly loss: "squared" | "huber";
  /** Huber: share of the distances from the median that are squared, in (0, 1). */
  readonly huberQuantile: number;
  /** Trees, or trees of each class when there are more than two; 1 … 10,000. */
  readonly rounds: number;
  /** Share of each step that is taken, in (0, 1]. */
  readonly learningRate: number;
  /** Leaves of a tree, 2 … 4,096. */
  readonly leavesMax: number;
  /** Splits above a leaf, 1 … 64; null is any number. */
  readonly depthMax: number | null;
  /** Rows of a leaf, ≥ 1. */
  readonly leafRowsMin: number;
  /** Penalty on the square of a leaf's value, ≥ 0, in the unit of a sum of hessians. */
  readonly l2: number;
  /** Bins of a feature, 2 … 255. */
  readonly binsMax: number;
  /** Share of the rows that each round draws, without replacement, in (0, 1]. */
  readonly rowShare: number;
  /** Share of the features that each round draws, in (0, 1]. */
  readonly columnShare: number;
  /** Share of the rows, the last in time, that decide when to stop, in [0, 1); 0: all rounds are run. */
  readonly validationShare: number;
  /** Rows between training and validation that neither uses, ≥ 0: as far as labels look ahead. */
  readonly validationGapRows: number;
  /** Rounds without a better validation loss after which training stops, ≥ 1. */
  readonly patienceRounds: number;
};

/** Convention of scikit-learn's HistGradientBoosting, with more rounds and no early stopping. */
export const DEFAULT_BOOSTING: BoostingParameters = {
  loss: "squared",
  huberQuantile: 0.9,
  rounds: 200,
  learningRate: 0.1,
  leavesMax: 31,
  depthMax: null,
  leafRowsMin: 20,
  l2: 0,
  binsMax: 255,
  rowShare: 1,
  columnShare: 1,
  validationShare: 0,
  validationGapRows: 0,
  patienceRounds: 10,
};

/**
 * Entry check of boosting.
 *
 * @param parameters any
 * @throws {InvalidInputError} "out-of-range": which one, and its range
 */
export function requireBoostingParameters(parameters: BoostingParameters): void {
  requireWhole("rounds", parameters.rounds, 1, 10_000);
  requireWhole("leavesMax", parameters.leavesMax, 2, 4096);
  if (parameters.depthMax !== null) requireWhole("depthMax", parameters.depthMax, 1, 64);
  requireWhole("leafRowsMin", parameters.leafRowsMin, 1, 2 ** 31 - 1);
  requireWhole("binsMax", parameters.binsMax, 2, 255);
  requireWhole("validationGapRows", parameters.validationGapRows, 0, 2 ** 31 - 1);
  requireWhole("patienceRounds", parameters.patienceRounds, 1, 10_000);
  requireNumber("l2", parameters.l2, { from: 0, to: 1e12 });
  requireNumber("learningRate", parameters.learningRate, { above: 0, to: 1 });
  requireNumber("rowShare", parameters.rowShare, { above: 0, to: 1 });
  requireNumber("columnShare", parameters.columnShare, { above: 0, to: 1 });
  requireNumber("validationShare", parameters.validationShare, { from: 0, below: 1 });
  requireNumber("huberQuantile", parameters.huberQuantile, { above: 0, below: 1 });
}
