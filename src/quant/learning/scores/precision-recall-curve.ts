import { valuesAt } from "../training-data.ts";
import type { ClassPredictions } from "./class-predictions.ts";
import { thinnedCurve } from "./thinned-curve.ts";
import {
  CURVE_POINTS_MAX,
  type ThresholdCurveOptions,
  thresholdCounts,
} from "./threshold-counts.ts";

/** Points of a precision–recall curve, from recall 0 to 1; fractions, aligned. */
export type PrecisionRecallCurve = {
  readonly recall: Float64Array;
  readonly precision: Float64Array;
  /** Descending; the first is above every probability. */
  readonly thresholds: Float64Array;
  /** Share of positive rows: the precision of scores that say nothing. */
  readonly positiveShare: number;
};

/**
 * Precision–recall curve: how many of the rows said to be positive are, as more and more are found.
 *
 * @param predictions n ≥ 1 rows
 * @param options.positive the class that counts as positive; 1 unless told
 * @param options.pointsMax most points, see thinnedCurve; 200 unless told
 * @returns the curve, which begins at precision 1 by convention; null where no row is positive
 * @throws {InvalidInputError} as requireClassPredictions; "out-of-range": an option
 *
 * Cost: O(n log n). Convention: sklearn.metrics.precision_recall_curve before thinning, in the other order.
 */
export function precisionRecallCurve(
  predictions: ClassPredictions,
  { positive = 1, pointsMax = CURVE_POINTS_MAX }: ThresholdCurveOptions = {},
): PrecisionRecallCurve | null {
  const { thresholds, truePositives, falsePositives } = thresholdCounts(predictions, positive);
  const positives = truePositives.at(-1)!;
  if (positives === 0) return null;
  const recall = truePositives.map((count) => count / positives);
  const precision = truePositives.map((count, i) =>
    i === 0 ? 1 : count / (count + falsePositives[i]!),
  );
  const kept = thinnedCurve(recall, precision, pointsMax);
  return {
    recall: valuesAt(recall, kept),
    precision: valuesAt(precision, kept),
    thresholds: valuesAt(thresholds, kept),
    positiveShare: positives / predictions.actual.length,
  };
}
