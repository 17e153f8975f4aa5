import { classLosses } from "../scores/class-losses.ts";
import { errorLosses } from "../scores/error-losses.ts";
import { valuesAt } from "../training-data.ts";
import type { LearningRows } from "./learner.ts";

/** Name of the loss that models of a task are judged by, and that a search makes small. */
export function lossName(classCount: number): "log-loss" | "squared-error" {
  return classCount === 0 ? "squared-error" : "log-loss";
}

/**
 * Loss of every row: −ln p of the class that came, or the squared error.
 *
 * @param target one value a row
 * @param outputs as Learner.predict, none missing
 * @param classCount 0 of a regression
 */
export function rowLosses(
  target: Float64Array,
  outputs: Float64Array,
  classCount: number,
): Float64Array {
  if (classCount === 0) return errorLosses(target, outputs, "squared");
  return classLosses({ actual: target, probabilities: outputs, classCount }, "log-loss");
}

/**
 * Rows that have an answer.
 *
 * @param outputs `width` values a row
 * @returns their places, ascending
 */
export function answeredRows(outputs: Float64Array, width: number): Int32Array {
  const rows = Int32Array.from({ length: outputs.length / width }, (_, i) => i);
  return rows.filter((i) => !Number.isNaN(outputs[i * width]!));
}

/**
 * Losses of the rows that were answered.
 *
 * @param rows all of them
 * @param places of those that were asked
 * @param outputs as Learner.predict, of these
 * @returns one loss for each that has an answer, in their order
 */
export function answeredLosses(
  { target, classCount }: Pick<LearningRows, "target" | "classCount">,
  places: Int32Array,
  outputs: Float64Array,
): Float64Array {
  const width = Math.max(1, classCount);
  const answered = answeredRows(outputs, width);
  const said = new Float64Array(answered.length * width);
  answered.forEach((row, i) => {
    said.set(outputs.subarray(row * width, (row + 1) * width), i * width);
  });
  if (answered.length === 0) return said;
  return rowLosses(valuesAt(valuesAt(target, places), answered), said, classCount);
}
