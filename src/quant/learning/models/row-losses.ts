import { classLosses } from "../scores/class-losses.ts";
import { errorLosses } from "../scores/error-losses.ts";

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
