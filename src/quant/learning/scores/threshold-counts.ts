import { type ClassPredictions, requireClassPredictions } from "./class-predictions.ts";
import { rankCounts, rankedScores } from "./ranked-scores.ts";

/** How a curve over thresholds is drawn. */
export type ThresholdCurveOptions = {
  /** The class that counts as positive; 1 unless told. */
  readonly positive?: number;
  /** Most points of the curve, ≥ 2; 200 unless told. */
  readonly pointsMax?: number;
};

/** Points of a curve unless told: about one in two pixels of a chart. */
export const CURVE_POINTS_MAX = 200;

/** What is said to be positive at each threshold; the first is above every score. */
export type ThresholdCounts = {
  /** Descending; rows whose probability is at least this are said to be positive. */
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
};

/**
 * Threshold counts: hits and false alarms of one class, threshold by threshold.
 *
 * @param predictions n ≥ 1 rows
 * @param positive the class that counts as positive
 * @returns one value a distinct probability and one before; the first threshold is 1 above the highest,
 *   where nothing is said to be positive
 * @throws {InvalidInputError} as requireClassPredictions; "out-of-range": there is no such class
 *
 * Cost: O(n log n). Convention: first threshold as in scikit-learn before 1.3, so that it is finite.
 */
export function thresholdCounts(predictions: ClassPredictions, positive: number): ThresholdCounts {
  requireClassPredictions(predictions);
  const ranked = rankedScores(predictions, positive);
  const counts = rankCounts(ranked);
  const points = ranked.thresholds.length + 1;
  const thresholds = new Float64Array(points);
  const truePositives = new Float64Array(points);
  const falsePositives = new Float64Array(points);
  thresholds[0] = ranked.thresholds[0]! + 1;
  for (let i = 1; i < points; i++) {
    thresholds[i] = ranked.thresholds[i - 1]!;
    falsePositives[i] = falsePositives[i - 1]! + counts[2 * i - 2]!;
    truePositives[i] = truePositives[i - 1]! + counts[2 * i - 1]!;
  }
  return { thresholds, truePositives, falsePositives };
}
