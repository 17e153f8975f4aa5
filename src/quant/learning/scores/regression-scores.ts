import { total } from "../../linalg/total.ts";
import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { mean } from "../../stats/mean.ts";
import { type DirectionalAccuracy, directionalAccuracy } from "./directional-accuracy.ts";
import { errorLosses } from "./error-losses.ts";

/** Numbers that a model said of some rows, what came, and what was known before. */
export type NumberPredictions = {
  /** Values that came, one a row. */
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  /** Mean of the targets that the model of the row was trained on: the same within a fold. */
  readonly trainingMeans: Float64Array;
  /** Last value known when the row was predicted; zeros of a target that is a change; null if none is. */
  readonly lastValues: Float64Array | null;
};

/** All scores of predicted numbers. */
export type RegressionScores = {
  readonly rows: number;
  readonly meanSquaredError: number;
  readonly rootMeanSquaredError: number;
  readonly meanAbsoluteError: number;
  /** At most 1, below 0 where the training mean would have done better; null where that makes no error. */
  readonly rSquared: number | null;
  /** Null without last values. */
  readonly direction: DirectionalAccuracy | null;
};

/**
 * Regression scores: how far predicted numbers were off, and whether they beat the mean of what was known.
 *
 * R² = 1 − Σ (y − ŷ)² / Σ (y − m)² with m the training mean, not that of the scored rows, which nobody
 * knew when they were predicted.
 *
 * @param predictions n ≥ 1 rows, not seen in training
 * @returns see RegressionScores
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(n). Source: Campbell and Thompson (2008), R² out of sample.
 * Checked: golden/classification.json (ridge).
 */
export function regressionScores(predictions: NumberPredictions): RegressionScores {
  const { actual, predicted, trainingMeans, lastValues } = predictions;
  const squares = errorLosses(actual, predicted, "squared");
  const reference = errorLosses(actual, trainingMeans, "squared");
  const meanSquaredError = mean(squares);
  const referenceTotal = total(reference);
  const isExact = isRoundingNoise(referenceTotal, actual.length, mean(actual));
  return {
    rows: actual.length,
    meanSquaredError,
    rootMeanSquaredError: Math.sqrt(meanSquaredError),
    meanAbsoluteError: mean(errorLosses(actual, predicted, "absolute")),
    rSquared: isExact ? null : 1 - total(squares) / referenceTotal,
    direction: lastValues === null ? null : directionalAccuracy(actual, predicted, lastValues),
  };
}
