import { InvalidInputError } from "../../invalid-input-error.ts";
import { mean } from "../../stats/mean.ts";
import { requireAlignedSeries, requireSeries } from "../../stats/require-series.ts";
import { classLosses } from "./class-losses.ts";
import {
  type ClassPredictions,
  predictedClasses,
  requireClassPredictions,
} from "./class-predictions.ts";
import {
  accuracy,
  balancedAccuracy,
  cohensKappa,
  f1Macro,
  matthewsCorrelation,
  precisionMacro,
  recallMacro,
} from "./confusion-scores.ts";
import { countRanksAt, rankedScores } from "./ranked-scores.ts";
import { areaUnderRoc, averagePrecision } from "./ranking-areas.ts";
import type { ScoreRange } from "./redraw-interval.ts";

/** A score of rows in time order, that can be told again, and fast, of redrawn ones. */
export type RowScore = {
  /** The score of the rows at these places; NaN where they have none. Its scratch is its own: one at a time. */
  readonly at: (places: Int32Array) => number;
  /** One value a row, whose memory says how long the blocks of a bootstrap must be. */
  readonly memory: Float64Array;
  readonly range: ScoreRange;
};

const FRACTION: ScoreRange = { least: 0, most: 1 };
const CORRELATION: ScoreRange = { least: -1, most: 1 };

/**
 * Mean of losses as a score: log loss, Brier score, MSE, MAE, share of errors.
 *
 * @param losses n ≥ 1 finite values, oldest first
 * @throws {InvalidInputError} "too-short", "not-finite"
 *
 * Cost: O(places) a call.
 */
export function meanLossScore(losses: Float64Array): RowScore {
  requireSeries(losses, { name: "losses", lengthMin: 1 });
  // Sums about the mean of all, which every redrawn mean is close to.
  const centre = mean(losses);
  const at = (places: Int32Array): number => {
    let sum = 0;
    for (let i = 0; i < places.length; i++) sum += losses[places[i]!]! - centre;
    return centre + sum / places.length;
  };
  const least = losses.every((loss) => loss >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  return { at, memory: losses, range: { least, most: Number.POSITIVE_INFINITY } };
}

/**
 * R² out of sample as a score: 1 − Σ losses / Σ losses of the reference.
 *
 * @param squares squared errors, n ≥ 1, oldest first
 * @param referenceSquares those of the training mean on the same rows
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"
 *
 * Cost: O(places) a call.
 */
export function rSquaredScore(squares: Float64Array, referenceSquares: Float64Array): RowScore {
  requireAlignedSeries(squares, referenceSquares, 1, ["squares", "referenceSquares"]);
  const at = (places: Int32Array): number => {
    let own = 0;
    let reference = 0;
    for (let i = 0; i < places.length; i++) {
      own += squares[places[i]!]!;
      reference += referenceSquares[places[i]!]!;
    }
    return reference > 0 ? 1 - own / reference : Number.NaN;
  };
  return { at, memory: squares, range: { least: Number.NEGATIVE_INFINITY, most: 1 } };
}

/**
 * The share of calls that came true as a score.
 *
 * @param hits 1 of a call that came true, 0 of one that did not, NaN of a row without a call; n ≥ 1, oldest first
 * @throws {InvalidInputError} "too-short"
 *
 * Cost: O(places) a call.
 */
export function hitShareScore(hits: Float64Array): RowScore {
  const at = (places: Int32Array): number => {
    let calls = 0;
    let sum = 0;
    for (let i = 0; i < places.length; i++) {
      const hit = hits[places[i]!]!;
      if (Number.isNaN(hit)) continue;
      calls += 1;
      sum += hit;
    }
    return sum / calls;
  };
  const share = at(Int32Array.from(hits.keys()));
  // A row without a call is neither better nor worse than the others.
  const rest = Number.isNaN(share) ? 0 : share;
  const memory = hits.map((hit) => (Number.isNaN(hit) ? rest : hit));
  return { at, memory, range: FRACTION };
}

const CONFUSION_SCORES = {
  accuracy: { score: accuracy, range: FRACTION },
  "balanced-accuracy": { score: balancedAccuracy, range: FRACTION },
  "precision-macro": { score: precisionMacro, range: FRACTION },
  "recall-macro": { score: recallMacro, range: FRACTION },
  "f1-macro": { score: f1Macro, range: FRACTION },
  "matthews-correlation": { score: matthewsCorrelation, range: CORRELATION },
  "cohens-kappa": { score: cohensKappa, range: CORRELATION },
} as const;

/** A score that looks at the confusion matrix only. */
export type ConfusionScoreName = keyof typeof CONFUSION_SCORES;

/**
 * A score of the confusion matrix, of redrawn rows.
 *
 * @param predictions n ≥ 1 rows, oldest first
 * @param name which one
 * @param memory as RowScore has it; of scores that share one it is looked at once
 * @throws {InvalidInputError} as requireClassPredictions
 *
 * Cost: O(places + classes²) a call.
 */
export function confusionRowScore(
  predictions: ClassPredictions,
  name: ConfusionScoreName,
  memory = classLosses(predictions, "brier"),
): RowScore {
  requireClassPredictions(predictions);
  const { actual, classCount } = predictions;
  const { score, range } = CONFUSION_SCORES[name];
  const said = predictedClasses(predictions);
  const cells = Int32Array.from(said, (one, i) => actual[i]! * classCount + one);
  const counts = new Float64Array(classCount * classCount);
  const at = (places: Int32Array): number => {
    counts.fill(0);
    for (let i = 0; i < places.length; i++) counts[cells[places[i]!]!]! += 1;
    return score(counts, classCount) ?? Number.NaN;
  };
  return { at, memory, range };
}

/** A score that looks at the order of the probabilities only. */
export type RankingScoreName = "roc-auc" | "average-precision";

/**
 * A ranking score of redrawn rows, counted again rather than sorted again.
 *
 * Of two classes that of class 1, of more the mean over the classes, as rankingScores.
 *
 * @param predictions n ≥ 1 rows, oldest first
 * @param name which one
 * @param memory as RowScore has it; of scores that share one it is looked at once
 * @throws {InvalidInputError} as requireClassPredictions
 *
 * Cost: O(classes · (places + distinct probabilities)) a call.
 */
export function rankingRowScore(
  predictions: ClassPredictions,
  name: RankingScoreName,
  memory = classLosses(predictions, "brier"),
): RowScore {
  requireClassPredictions(predictions);
  const { classCount } = predictions;
  const area = name === "roc-auc" ? areaUnderRoc : averagePrecision;
  const positives = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, k) => k);
  const classes = positives.map((positive) => {
    const ranked = rankedScores(predictions, positive);
    return { ranked, counts: new Int32Array(2 * ranked.thresholds.length) };
  });
  const at = (places: Int32Array): number => {
    let sum = 0;
    let known = 0;
    for (const { ranked, counts } of classes) {
      countRanksAt(ranked, places, counts);
      const value = area(counts);
      if (value === null) continue;
      sum += value;
      known += 1;
    }
    return known === 0 ? Number.NaN : sum / known;
  };
  return { at, memory, range: FRACTION };
}

/**
 * Entry check of scores that are to be compared row by row.
 *
 * @param scores any number
 * @returns rows of each
 * @throws {InvalidInputError} "length-mismatch": they are of different numbers of rows; "too-short": none
 */
export function sharedRowCount(scores: readonly RowScore[]): number {
  const rows = scores[0]?.memory.length ?? 0;
  if (rows === 0) throw new InvalidInputError("too-short", "there are no rows to score");
  if (scores.some(({ memory }) => memory.length !== rows)) {
    throw new InvalidInputError("length-mismatch", "the scores must be of the same rows");
  }
  return rows;
}
