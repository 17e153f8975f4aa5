import { createRandom } from "../../synthetic/random.ts";
import type { ClassPredictions } from "./class-predictions.ts";

/** Predictions of two classes from the probabilities of class 1. */
export function ofTwoClasses(actual: Float64Array, ofOne: Float64Array): ClassPredictions {
  const probabilities = new Float64Array(2 * ofOne.length);
  ofOne.forEach((p, i) => {
    probabilities[2 * i] = 1 - p;
    probabilities[2 * i + 1] = p;
  });
  return { actual, probabilities, classCount: 2 };
}

/** Seeded predictions that know a little, in steps of a tenth so that many are equal. */
export function randomPredictions(
  rows: number,
  classCount: number,
  seed: number,
): ClassPredictions {
  const { uniform } = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => Math.floor(uniform() * classCount));
  const probabilities = new Float64Array(rows * classCount);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const weight = Math.ceil(10 * uniform()) + (k === actual[i] ? 3 : 0);
      probabilities[i * classCount + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < classCount; k++) probabilities[i * classCount + k]! /= sum;
  }
  return { actual, probabilities, classCount };
}

/** The rows at some places. */
export function predictionsAt(predictions: ClassPredictions, places: Int32Array): ClassPredictions {
  const { actual, probabilities, classCount } = predictions;
  return {
    actual: Float64Array.from(places, (row) => actual[row]!),
    probabilities: Float64Array.from(
      { length: places.length * classCount },
      (_, i) => probabilities[places[Math.floor(i / classCount)]! * classCount + (i % classCount)]!,
    ),
    classCount,
  };
}
