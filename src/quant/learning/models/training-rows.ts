import { type TrainingData, tableRows, valuesAt } from "../training-data.ts";
import type { LearningRows } from "./learner.ts";

/**
 * Some rows as a model of a table takes them.
 *
 * @param rows all of them
 * @param places which, ascending
 * @returns copies of their features, answers and weights
 *
 * Cost: O(places · columns).
 */
export function trainingRows(rows: LearningRows, places: Int32Array): TrainingData {
  return {
    table: tableRows(rows.table, places),
    target: valuesAt(rows.target, places),
    classCount: rows.classCount,
    weights: rows.weights === null ? null : valuesAt(rows.weights, places),
  };
}

/**
 * Places of rows without a missing feature.
 *
 * @param rows all of them
 * @param places which to look at
 */
export function completeRows(rows: LearningRows, places: Int32Array): Int32Array {
  const { columns } = rows.table;
  return places.filter((place) => columns.every((column) => !Number.isNaN(column[place]!)));
}

/**
 * Predictions of some places, NaN at the others.
 *
 * @param places all that were asked for
 * @param answered those with an answer, in the same order
 * @param answers `width` values for each of them
 * @param width values a row
 */
export function spreadAnswers(
  places: Int32Array,
  answered: Int32Array,
  answers: Float64Array,
  width: number,
): Float64Array {
  if (answered.length === places.length) return answers;
  const out = new Float64Array(places.length * width).fill(Number.NaN);
  let next = 0;
  for (let i = 0; i < places.length && next < answered.length; i++) {
    if (places[i] !== answered[next]) continue;
    out.set(answers.subarray(next * width, (next + 1) * width), i * width);
    next++;
  }
  return out;
}
