import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  type FittedForecaster,
  type ForecasterSettings,
  fitForecaster,
  forecastChanges,
  forecasts,
} from "../forecasting/forecaster.ts";
import { type LinearModel, linearPredictions, trainLinear } from "../linear/linear-model.ts";
import {
  type LogisticModel,
  logisticProbabilities,
  trainLogistic,
} from "../linear/logistic-model.ts";
import {
  type FeatureTable,
  type TrainingData,
  type TrainingOptions,
  valuesAt,
} from "../training-data.ts";
import type { LearningRows } from "./learner.ts";
import { progressWithin } from "./progress-within.ts";

/**
 * A forecaster of the source of every group, and what makes a prediction of the label out of how far the
 * source is said to move: a line, or the log-odds of the classes. "none": the forecast says nothing that
 * varies, and the mean or the shares of the classes stand for it.
 */
export type SeriesModel = {
  readonly kind: "series";
  /** null of a group without training rows, or that could not be fitted. */
  readonly forecasters: readonly (FittedForecaster | null)[];
  readonly horizonBars: number;
  readonly classCount: number;
  readonly calibration:
    | LinearModel
    | LogisticModel
    | { readonly kind: "none"; readonly shares: Float64Array };
};

/** What a forecast is made of: bars back over which the source has moved, or a model of the source. */
export type SeriesSettings = ForecasterSettings | { readonly kind: "last-change" };

const CHANGE = "forecast change";

/** Hardly a price on a coefficient that has one feature and many rows. */
const CALIBRATION_PENALTY = 1e-3;

/**
 * Trains a forecaster of the source on the bars of the training rows, and the calibration on the same rows.
 *
 * The label may be in another unit than the source (deviations, classes): a line through the training rows
 * brings one to the other.
 *
 * @param rows all of them
 * @param training places of the training rows, ascending
 * @param settings of the forecaster
 * @param options progress and cancel; nothing is random
 * @returns the model, plain data
 * @throws {InvalidInputError} "too-short": no group can be forecast; as the forecaster and the calibration
 */
export function trainSeries(
  rows: LearningRows,
  training: Int32Array,
  settings: ForecasterSettings,
  options: TrainingOptions,
): SeriesModel {
  const horizonBars = Math.max(1, rows.horizonBars);
  const reasons: string[] = [];
  const forecasters = rows.sources.map((source, group) => {
    const masked = trainedBars(source, rows, training, group);
    if (masked === null) return null;
    const within = progressWithin(options, group / rows.sources.length, 0.9 / rows.sources.length);
    try {
      const fit = fitForecaster(settings, masked, { ...options, ...within });
      if (fit.kind === "fitted") return fit.model;
      reasons.push(fit.reason);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      reasons.push(error.message);
    }
    return null;
  });
  if (forecasters.every((one) => one === null)) {
    throw new InvalidInputError(
      "too-short",
      `no series can be forecast: ${reasons[0] ?? "no rows"}`,
    );
  }
  const { classCount } = rows;
  const changes = changesOf(forecasters, rows, horizonBars);
  const calibration = calibrate(rows, training, changes, options);
  return { kind: "series", forecasters, horizonBars, classCount, calibration };
}

/** Predictions of rows; see Learner.predict. */
export function seriesPredictions(
  model: SeriesModel,
  rows: LearningRows,
  places: Int32Array,
): Float64Array {
  const changes = changesOf(model.forecasters, rows, model.horizonBars);
  return calibrated(model, valuesAt(changes, places));
}

/**
 * Predictions from forecast changes.
 *
 * @param model its calibration
 * @param changes one a row, NaN where nothing is forecast
 */
export function calibrated(
  { calibration, classCount }: Pick<SeriesModel, "calibration" | "classCount">,
  changes: Float64Array,
): Float64Array {
  const width = Math.max(1, classCount);
  const known = Int32Array.from(changes.keys()).filter((i) => Number.isFinite(changes[i]!));
  const answers = answersOf(calibration, valuesAt(changes, known), width);
  const out = new Float64Array(changes.length * width).fill(Number.NaN);
  known.forEach((place, i) => {
    out.set(answers.subarray(i * width, (i + 1) * width), place * width);
  });
  return out;
}

function answersOf(
  calibration: SeriesModel["calibration"],
  changes: Float64Array,
  width: number,
): Float64Array {
  switch (calibration.kind) {
    case "linear":
      return linearPredictions(calibration, tableOf(changes));
    case "logistic":
      return logisticProbabilities(calibration, tableOf(changes));
    case "none": {
      const out = new Float64Array(changes.length * width);
      for (let i = 0; i < changes.length; i++) out.set(calibration.shares, i * width);
      return out;
    }
  }
}

/**
 * What makes a prediction of a forecast change.
 *
 * @param rows with their targets
 * @param training places of the training rows
 * @param changes one a row, NaN where nothing is forecast
 */
export function calibrate(
  rows: LearningRows,
  training: Int32Array,
  changes: Float64Array,
  options: TrainingOptions,
): SeriesModel["calibration"] {
  const known = training.filter((place) => Number.isFinite(changes[place]!));
  const seen = valuesAt(changes, known);
  const weights = rows.weights === null ? null : valuesAt(rows.weights, known);
  const target = valuesAt(rows.target, known);
  const { classCount } = rows;
  const isFlat = seen.length < 3 || seen.every((value) => value === seen[0]);
  if (isFlat) return { kind: "none", shares: meanOrShares(rows, training) };
  const data: TrainingData = { table: tableOf(seen), target, classCount, weights };
  const silent = { seed: options.seed };
  return classCount === 0
    ? trainLinear(data, { penalty: 0 }, silent)
    : trainLogistic(data, { penalty: CALIBRATION_PENALTY }, silent);
}

/** Mean of the training targets, or the shares of the classes. */
export function meanOrShares(rows: LearningRows, training: Int32Array): Float64Array {
  const shares = new Float64Array(Math.max(1, rows.classCount));
  let total = 0;
  for (const place of training) {
    const weight = rows.weights?.[place] ?? 1;
    total += weight;
    if (rows.classCount === 0) shares[0]! += weight * rows.target[place]!;
    else shares[rows.target[place]!]! += weight;
  }
  return shares.map((sum) => sum / total);
}

/** Forecast change of the source at every row. */
function changesOf(
  forecasters: SeriesModel["forecasters"],
  rows: LearningRows,
  horizonBars: number,
): Float64Array {
  const byGroup = rows.sources.map((source, group) => {
    const model = forecasters[group] ?? null;
    return model === null ? null : forecastChanges(source, forecasts(model, source, horizonBars));
  });
  return rows.bars.reduce<Float64Array>((changes, bar, i) => {
    changes[i] = byGroup[rows.groups[i]!]?.[bar] ?? Number.NaN;
    return changes;
  }, new Float64Array(rows.bars.length));
}

/** The source at the bars of a group's training rows, NaN elsewhere; null without any. */
function trainedBars(
  source: Float64Array,
  { groups, bars }: LearningRows,
  training: Int32Array,
  group: number,
): Float64Array | null {
  const masked = new Float64Array(source.length).fill(Number.NaN);
  let count = 0;
  for (const place of training) {
    if (groups[place] !== group) continue;
    const bar = bars[place]!;
    masked[bar] = source[bar]!;
    count++;
  }
  return count === 0 ? null : masked;
}

function tableOf(changes: Float64Array): FeatureTable {
  return { names: [CHANGE], columns: [changes], rowCount: changes.length };
}
