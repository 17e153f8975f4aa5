import type { ClassPredictions } from "./class-predictions.ts";
import { rankCounts, rankedScores } from "./ranked-scores.ts";
import { areaUnderPrecisionRecall, areaUnderRoc, averagePrecision } from "./ranking-areas.ts";

/** How well probabilities order the rows; null where the rows are all of one class. */
export type RankingScores = {
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  readonly precisionRecallAuc: number | null;
};

/**
 * Ranking scores: whether the rows that were said to be likelier of a class are.
 *
 * Of two classes those of class 1; of more the mean over the classes against the rest, each counting the
 * same, those left out that did not come.
 *
 * @param predictions n ≥ 1 rows, valid
 * @returns the scores, and those of each class
 *
 * Cost: O(classes · n log n). Convention: matches scikit-learn, multi_class="ovr", average="macro".
 * Checked: golden/classification.json.
 */
export function rankingScores(
  predictions: ClassPredictions,
): RankingScores & { readonly classes: readonly RankingScores[] } {
  const classes = Array.from({ length: predictions.classCount }, (_, k) => {
    const counts = rankCounts(rankedScores(predictions, k));
    return {
      rocAuc: areaUnderRoc(counts),
      averagePrecision: averagePrecision(counts),
      precisionRecallAuc: areaUnderPrecisionRecall(counts),
    };
  });
  if (predictions.classCount === 2) return { ...classes[1]!, classes };
  return {
    rocAuc: meanOfKnown(classes.map((one) => one.rocAuc)),
    averagePrecision: meanOfKnown(classes.map((one) => one.averagePrecision)),
    precisionRecallAuc: meanOfKnown(classes.map((one) => one.precisionRecallAuc)),
    classes,
  };
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
