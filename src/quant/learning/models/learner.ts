import type {
  ParameterRule,
  ParameterValue,
  StrategyParameters,
} from "../../strategies/strategy-parameters.ts";
import type {
  FeatureTable,
  LearningTask,
  TrainingData,
  TrainingOptions,
} from "../training-data.ts";

/**
 * Rows with where they come from, in order of time. Rows of one group (a pair, an instrument) share a source:
 * the series that the label is about, of which row i has seen the values up to bars[i].
 */
export type LearningRows = TrainingData & {
  /** Group of every row. */
  readonly groups: Int32Array;
  /** Bar of every row in the source of its group, ascending within a group. */
  readonly bars: Int32Array;
  /** One series a group, NaN at gaps. */
  readonly sources: readonly Float64Array[];
  /** Bars from a row to the end of what its label is about; ≥ 1, or 0 of a label of the bar itself. */
  readonly horizonBars: number;
  /** Of each class the direction that it says the source takes: −1, 0 or 1; empty of a regression. */
  readonly classDirections: readonly number[];
};

/** What kind of thing a learner is: what it looks at, and how a page groups it. */
export type LearnerFamily = "baseline" | "linear" | "neighbours" | "trees" | "series" | "network";

/** Loss by round, epoch, or rows that were learned from; NaN where there was none. */
export type LearningCurve = {
  readonly unit: "round" | "epoch" | "row";
  /** Where the losses are along the curve; at 1, 2, 3 … unless told. */
  readonly at?: Float64Array;
  readonly training: Float64Array;
  readonly validation: Float64Array;
};

/**
 * A way to learn. What it learned is plain data: `Fitted` goes between threads and into files.
 *
 * A prediction of row i looks at the features of rows of its group up to i and at the source up to bars[i],
 * never at a target; so may rows of a test be given whole.
 */
export type Learner<Parameters, Fitted> = {
  readonly kind: string;
  readonly label: string;
  /** One plain paragraph: what it assumes and when it fails. */
  readonly summary: string;
  readonly family: LearnerFamily;
  readonly tasks: readonly LearningTask[];
  readonly parameters: StrategyParameters<Parameters>;
  readonly rules: readonly ParameterRule<Parameters>[];
  /** Values that a search tries, by parameter. */
  readonly searched: Readonly<Record<string, readonly ParameterValue[]>>;
  /** Whether it takes missing features as they are. */
  readonly takesMissing: boolean;
  /** Whether it looks at features; a baseline and a forecaster of the source do not. */
  readonly readsFeatures: boolean;
  /** Rows before the one predicted that it looks at. */
  readonly lookBackRows: (parameters: Parameters) => number;
  /**
   * @param rows all of them
   * @param training places of those that may be learned from, ascending
   * @throws {InvalidInputError} that cannot be learned from
   */
  readonly fit: (
    rows: LearningRows,
    training: Int32Array,
    parameters: Parameters,
    options: TrainingOptions,
  ) => Fitted;
  /**
   * @returns for each place one value, or the probabilities of all classes one after the other; NaN where it
   *   has no answer, because too few rows or bars stand before
   */
  readonly predict: (fitted: Fitted, rows: LearningRows, places: Int32Array) => Float64Array;
  /** Mean absolute contribution of each feature to the answers on some rows, where it can be told exactly. */
  readonly contributions?: (fitted: Fitted, table: FeatureTable) => Float64Array;
  readonly curve?: (fitted: Fitted) => LearningCurve | null;
  /** What it learned in a few numbers, by name: coefficients, orders, rounds. */
  readonly learned?: (fitted: Fitted) => Readonly<Record<string, number>>;
};
