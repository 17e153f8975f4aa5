import { InvalidInputError } from "../../invalid-input-error.ts";
import type { TrainingData } from "../training-data.ts";

/**
 * Rows that training reads: those that weigh something. A row of weight 0 is as if it were not there.
 *
 * @param data checked
 * @returns their indices, ascending
 */
export function usedRows(data: TrainingData): Int32Array {
  const { weights } = data;
  const all = Int32Array.from({ length: data.table.rowCount }, (_, row) => row);
  return weights === null ? all : all.filter((row) => weights[row]! > 0);
}

/**
 * Weights as training reads them.
 *
 * @param data its weights, or null for all the same
 * @returns one a row; 1 for each where there are none
 */
export function rowWeights(data: TrainingData): Float64Array {
  return data.weights ?? new Float64Array(data.table.rowCount).fill(1);
}

/**
 * Weights with mean 1 over some rows, for penalties and limits that are in the unit of a row.
 *
 * @param data its weights, or null for all the same
 * @param rows at least one, of positive weight
 * @returns one a row of the data
 */
export function meanOneWeights(data: TrainingData, rows: Int32Array): Float64Array {
  const weights = rowWeights(data);
  const mean = rows.reduce((sum, row) => sum + weights[row]!, 0) / rows.length;
  return mean === 1 ? weights : weights.map((weight) => weight / mean);
}

/**
 * Entry check of the rows that are left of a classification.
 *
 * @param data classes
 * @param rows those that will be learned from
 * @throws {InvalidInputError} "constant": one class only
 */
export function requireTwoClasses(data: TrainingData, rows: Int32Array): void {
  if (data.classCount === 0) return;
  const first = data.target[rows[0]!]!;
  if (rows.every((row) => data.target[row] === first)) {
    throw new InvalidInputError("constant", "the training rows are of one class only");
  }
}
