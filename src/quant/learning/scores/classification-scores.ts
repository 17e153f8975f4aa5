import { mean } from "../../stats/mean.ts";
import { classLosses } from "./class-losses.ts";
import { type ClassPredictions, predictedClasses } from "./class-predictions.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { type ConfusionScores, confusionScores } from "./confusion-scores.ts";
import { type RankingScores, rankingScores } from "./ranking-scores.ts";

/** All scores of class predictions; of two classes the ranking scores are those of class 1. */
export type ClassificationScores = ConfusionScores &
  RankingScores & {
    readonly rows: number;
    /** Mean −ln p of the class that came. */
    readonly logLoss: number;
    /** Mean (p − y)², in [0, 1]; of more than two classes the sum over them, in [0, 2]. */
    readonly brier: number;
    /** Row-major, classCount × classCount: row the class that came, column the one that was said. */
    readonly confusion: Float64Array;
  };

/**
 * Classification scores: everything that is said of class predictions by one number.
 *
 * @param predictions n ≥ 1 rows, not seen in training
 * @returns see ClassificationScores
 * @throws {InvalidInputError} as requireClassPredictions
 *
 * Cost: O(classes · n log n). Convention: matches scikit-learn.
 * Checked: golden/classification.json.
 */
export function classificationScores(predictions: ClassPredictions): ClassificationScores {
  const { actual, classCount } = predictions;
  const logLoss = mean(classLosses(predictions, "log-loss"));
  const brier = mean(classLosses(predictions, "brier"));
  const confusion = confusionMatrix(actual, predictedClasses(predictions), classCount);
  const { rocAuc, averagePrecision, precisionRecallAuc } = rankingScores(predictions);
  return {
    ...confusionScores(confusion, classCount),
    rocAuc,
    averagePrecision,
    precisionRecallAuc,
    rows: actual.length,
    logLoss,
    brier,
    confusion,
  };
}
