import { InvalidInputError } from "../../invalid-input-error.ts";

/** What a model said of some rows, and what came. */
export type ClassPredictions = {
  /** The class of each row, a whole number in [0, classCount). */
  readonly actual: Float64Array;
  /** Row-major, rows × classCount: of each row the probabilities of all classes, which add up to 1. */
  readonly probabilities: Float64Array;
  /** ≥ 2. */
  readonly classCount: number;
};

/** How far the probabilities of a row may be from 1: networks answer in single precision. */
const ROW_SUM_TOLERANCE = 1e-5;

/**
 * Entry check of class predictions.
 *
 * @param predictions n ≥ 1 rows
 * @throws {InvalidInputError} "too-short": no rows; "length-mismatch"; "out-of-range": a class, a
 *   probability, or a row whose probabilities do not add up to 1; "not-finite": a probability
 *
 * Cost: O(rows · classes).
 */
export function requireClassPredictions(predictions: ClassPredictions): void {
  const { actual, probabilities, classCount } = predictions;
  if (!(Number.isInteger(classCount) && classCount >= 2)) {
    throw new InvalidInputError("out-of-range", "there must be at least two classes");
  }
  if (actual.length === 0) throw new InvalidInputError("too-short", "there are no rows to score");
  if (probabilities.length !== actual.length * classCount) {
    throw new InvalidInputError("length-mismatch", "each row needs one probability a class");
  }
  for (let i = 0; i < actual.length; i++) {
    const value = actual[i]!;
    if (!(Number.isInteger(value) && value >= 0 && value < classCount)) {
      throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
    }
    requireDistribution(probabilities, i * classCount, classCount);
  }
}

function requireDistribution(probabilities: Float64Array, from: number, classCount: number): void {
  let sum = 0;
  for (let k = from; k < from + classCount; k++) {
    const probability = probabilities[k]!;
    if (!Number.isFinite(probability)) {
      throw new InvalidInputError("not-finite", `row ${from / classCount} has no probabilities`);
    }
    if (probability < 0 || probability > 1) {
      throw new InvalidInputError("out-of-range", "a probability must be in [0, 1]");
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > ROW_SUM_TOLERANCE) {
    throw new InvalidInputError(
      "out-of-range",
      `the probabilities of row ${from / classCount} do not add up to 1`,
    );
  }
}

/**
 * Predicted classes: of each row the most probable one.
 *
 * Of two classes it is 1 from a probability of ½ on; of more the first among equals.
 *
 * @param predictions n rows
 * @returns n classes
 *
 * Cost: O(rows · classes). Convention: p ≥ ½ of two classes, numpy.argmax of more.
 */
export function predictedClasses({ probabilities, classCount }: ClassPredictions): Int32Array {
  const rows = probabilities.length / classCount;
  const classes = new Int32Array(rows);
  if (classCount === 2) {
    for (let i = 0; i < rows; i++) classes[i] = probabilities[2 * i + 1]! >= 0.5 ? 1 : 0;
    return classes;
  }
  for (let i = 0; i < rows; i++) {
    const from = i * classCount;
    let best = 0;
    for (let k = 1; k < classCount; k++) {
      if (probabilities[from + k]! > probabilities[from + best]!) best = k;
    }
    classes[i] = best;
  }
  return classes;
}

/**
 * Probabilities of one class.
 *
 * @param predictions n rows
 * @param wanted the class
 * @returns n probabilities
 * @throws {InvalidInputError} "out-of-range": there is no such class
 */
export function classProbabilities(
  { probabilities, classCount }: ClassPredictions,
  wanted: number,
): Float64Array {
  if (!(Number.isInteger(wanted) && wanted >= 0 && wanted < classCount)) {
    throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
  }
  const column = new Float64Array(probabilities.length / classCount);
  for (let i = 0; i < column.length; i++) column[i] = probabilities[i * classCount + wanted]!;
  return column;
}
