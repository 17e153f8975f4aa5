import {
  type ClassPredictions,
  predictedClasses,
  requireClassPredictions,
} from "./class-predictions.ts";

/** What a row costs: its surprise, the distance of its probabilities, or 1 for a wrong class. */
export type ClassLoss = "log-loss" | "brier" | "zero-one";

/** Nearest that a probability may be to 0 or 1, so that one row cannot cost infinitely much. */
const PROBABILITY_MIN = Number.EPSILON;

/**
 * Losses of class predictions, row by row: their mean is the log loss, the Brier score or the share of
 * errors; tests compare models by them.
 *
 * "log-loss": −ln p of the class that came, natural logarithm, p at least 2⁻⁵². "brier": (p − y)² of class
 * 1 of two; of more Σ (pₖ − yₖ)² over the classes, in [0, 2]. "zero-one": 0 or 1, see predictedClasses.
 *
 * @param predictions n ≥ 1 rows
 * @param loss see ClassLoss; only the first two are proper: nothing but the truth minimises them
 * @returns one value ≥ 0 a row
 * @throws {InvalidInputError} as requireClassPredictions
 *
 * Cost: O(rows · classes). Convention: matches sklearn.metrics.log_loss and brier_score_loss.
 * Source: Brier (1950). Checked: golden/classification.json.
 */
export function classLosses(predictions: ClassPredictions, loss: ClassLoss): Float64Array {
  requireClassPredictions(predictions);
  switch (loss) {
    case "log-loss":
      return logLosses(predictions);
    case "brier":
      return predictions.classCount === 2 ? brierOfTwo(predictions) : brierOfSeveral(predictions);
    case "zero-one": {
      const said = predictedClasses(predictions);
      return predictions.actual.map((actual, i) => (actual === said[i] ? 0 : 1));
    }
  }
}

function logLosses({ actual, probabilities, classCount }: ClassPredictions): Float64Array {
  return actual.map((came, i) => {
    const from = i * classCount;
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += clipped(probabilities[from + k]!);
    return Math.log(sum / clipped(probabilities[from + came]!));
  });
}

function clipped(probability: number): number {
  return Math.min(Math.max(probability, PROBABILITY_MIN), 1 - PROBABILITY_MIN);
}

function brierOfTwo({ actual, probabilities }: ClassPredictions): Float64Array {
  return actual.map((came, i) => (probabilities[2 * i + 1]! - came) ** 2);
}

function brierOfSeveral({ actual, probabilities, classCount }: ClassPredictions): Float64Array {
  return actual.map((came, i) => {
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const distance = probabilities[i * classCount + k]! - (k === came ? 1 : 0);
      sum += distance * distance;
    }
    return sum;
  });
}
