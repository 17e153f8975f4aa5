import { valuesAt } from "../training-data.ts";
import type { ClassPredictions } from "./class-predictions.ts";
import { thinnedCurve } from "./thinned-curve.ts";
import {
  CURVE_POINTS_MAX,
  type ThresholdCurveOptions,
  thresholdCounts,
} from "./threshold-counts.ts";

/** Points of a ROC curve from (0, 0) to (1, 1); fractions, aligned. */
export type RocCurve = {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Descending; the first is above every probability. */
  readonly thresholds: Float64Array;
};

/**
 * ROC curve: how many of the positive rows are found at the price of how many false alarms.
 *
 * @param predictions n ≥ 1 rows
 * @param options.positive the class that counts as positive; 1 unless told
 * @param options.pointsMax most points, see thinnedCurve; 200 unless told
 * @returns the curve; null where the rows are all positive or none is
 * @throws {InvalidInputError} as requireClassPredictions; "out-of-range": an option
 *
 * Cost: O(n log n). Convention: matches sklearn.metrics.roc_curve before thinning.
 */
export function rocCurve(
  predictions: ClassPredictions,
  { positive = 1, pointsMax = CURVE_POINTS_MAX }: ThresholdCurveOptions = {},
): RocCurve | null {
  const { thresholds, truePositives, falsePositives } = thresholdCounts(predictions, positive);
  const positives = truePositives.at(-1)!;
  const negatives = falsePositives.at(-1)!;
  if (positives === 0 || negatives === 0) return null;
  const found = truePositives.map((count) => count / positives);
  const alarms = falsePositives.map((count) => count / negatives);
  const kept = thinnedCurve(alarms, found, pointsMax);
  return {
    falsePositiveRate: valuesAt(alarms, kept),
    truePositiveRate: valuesAt(found, kept),
    thresholds: valuesAt(thresholds, kept),
  };
}
