import { assert } from "../../assert.ts";
import { featureProgram } from "../features/feature-program.ts";
import type { BarColumns, RawColumn } from "../features/feature-source.ts";
import { asFeature, type FeatureSpec } from "../features/feature-spec.ts";
import { runProgram } from "../features/feature-stream.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { type LabelSpec, labelClasses, labelHorizonBars } from "../labels/label-spec.ts";
import { isOfReversion, revertedMean, revertingSide } from "../labels/reverting-side.ts";
import type { LearningRows } from "./learner.ts";
import { type FittedRecipe, learnerOf, recipePredictions } from "./recipe.ts";

/** A trained model with what makes its inputs of bars; plain data. */
export type UsableModel = {
  readonly fitted: FittedRecipe;
  readonly features: readonly FeatureSpec[];
  readonly label: LabelSpec;
  /** How the spread of each group is made that it was trained on, in their order; null of an instrument. */
  readonly spreads: readonly (SpreadSpec | null)[];
  /** What was done with training rows that lack a feature; a bar that does is treated alike. */
  readonly incomplete: "drop" | "keep";
};

/** Bars that a forecaster of the source is given: what came before weighs nothing any more. */
const SERIES_BARS = 500;

/**
 * Bars that a prediction reads, and what its label is about, the newest included.
 *
 * @param model any
 * @returns ≥ 1; Infinity of features that read the whole past
 */
export function barsRead({ fitted, features, label, spreads }: UsableModel): number {
  const { lookBackRows, family } = learnerOf(fitted.recipe);
  const read = [...features, ...labelSubject(label)];
  const bars = spreads.map((spread) => Math.max(...featureProgram(read, spread).lookBackBars));
  const isSeries = family === "series" || family === "baseline";
  return 1 + Math.max(...bars) + lookBackRows + (isSeries ? SERIES_BARS : 0);
}

/** Columns of bars that a model reads. */
export function columnsRead({ features, label, spreads }: UsableModel): readonly RawColumn[] {
  const read = [...features, ...labelSubject(label)];
  const programs = spreads.map((spread) => featureProgram(read, spread));
  return [...new Set(programs.flatMap(({ raw }) => raw.map(({ column }) => column)))];
}

/** Predictions of bars. */
export type BarPredictions = {
  /** Places of the bars that have every feature that the model needs, ascending. */
  readonly bars: Int32Array;
  /** As Learner.predict, aligned with bars; NaN where the model has no answer. */
  readonly outputs: Float64Array;
  /** The features of those bars. */
  readonly table: LearningRows["table"];
};

/**
 * Predictions of all bars of a history, each from the bars up to its own.
 *
 * @param model any
 * @param bars of one of its groups, aligned, oldest first
 * @param group which
 */
export function predictBars(model: UsableModel, bars: BarColumns, group: number): BarPredictions {
  const rows = rowsOfBars(model, bars, group);
  const places = Int32Array.from(rows.bars.keys());
  return {
    bars: rows.bars,
    outputs: recipePredictions(model.fitted, rows, places),
    table: rows.table,
  };
}

/**
 * Prediction after the last bar of a history.
 *
 * @param model any
 * @param bars at least barsRead of them for the same answer as with a longer history
 * @param group which of its groups they are of
 * @returns one value, or the probabilities of all classes; null where the last bar lacks a feature or the
 *   model has no answer
 */
export function latestPrediction(
  model: UsableModel,
  bars: BarColumns,
  group: number,
): Float64Array | null {
  const rows = rowsOfBars(model, bars, group);
  const last = rows.bars.length - 1;
  if (last < 0 || rows.bars[last] !== bars.openTimeMs.length - 1) return null;
  const outputs = recipePredictions(model.fitted, rows, Int32Array.of(last));
  return Number.isNaN(outputs[0]!) ? null : outputs;
}

/**
 * Side of the position against the deviation after the last bar, as the label of that bar has it.
 *
 * @param model whose label is about such positions
 * @param bars at least barsRead of them
 * @param group which of its groups they are of
 * @returns in what the label is about 1 long, −1 short; 0 at the mean or where a bar is missing
 */
export function latestRevertingSide(
  { label, spreads }: Pick<UsableModel, "label" | "spreads">,
  bars: BarColumns,
  group: number,
): -1 | 0 | 1 {
  const columns = runProgram(featureProgram(labelSubject(label), spreads[group] ?? null), bars);
  const [source, mean] = columns.map((column) => column.at(-1) ?? Number.NaN);
  assert(source !== undefined && mean !== undefined, "Invariant: the label is about a mean");
  return revertingSide(source, mean);
}

/**
 * Bars as rows that a model is asked about, without an answer: those that have what it needs of them.
 *
 * @param model any
 * @param bars of one of its groups, aligned, oldest first
 * @param group which
 * @returns one row a bar that has it; targets are 0
 */
export function rowsOfBars(model: UsableModel, bars: BarColumns, group: number): LearningRows {
  const { fitted, features, label, spreads, incomplete } = model;
  const spread = spreads[group];
  assert(spread !== undefined, "Invariant: the group is one of the model's");
  const program = featureProgram([...features, asFeature(label.of)], spread);
  const columns = runProgram(program, bars);
  const source = columns.at(-1)!;
  const inputs = columns.slice(0, -1);
  const readsFeatures = learnerOf(fitted.recipe).readsFeatures && incomplete === "drop";
  const places = Int32Array.from(bars.openTimeMs.keys()).filter((bar) =>
    readsFeatures
      ? inputs.every((column) => !Number.isNaN(column[bar]!))
      : !Number.isNaN(source[bar]!),
  );
  const at = (column: Float64Array) => Float64Array.from(places, (bar) => column[bar]!);
  const none = new Float64Array(0);
  return {
    table: {
      names: program.names.slice(0, -1),
      columns: inputs.map(at),
      rowCount: places.length,
    },
    target: new Float64Array(places.length),
    classCount: fitted.classCount,
    weights: null,
    groups: new Int32Array(places.length).fill(group),
    bars: places,
    // A forecaster looks at the source of its own group only.
    sources: spreads.map((_, i) => (i === group ? source : none)),
    horizonBars: labelHorizonBars(label),
    classDirections: labelClasses(label).map(({ direction }) => direction),
  };
}

/** What a label is about, and the mean where its side is against the deviation. */
function labelSubject(label: LabelSpec): readonly FeatureSpec[] {
  const source = asFeature(label.of);
  return isOfReversion(label) ? [source, revertedMean(label)] : [source];
}
