import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  requireTrainingData,
  type TrainingData,
  type TrainingOptions,
  tableRows,
  valuesAt,
} from "../training-data.ts";

/** What a model of nearest neighbours is to be. */
export type NeighboursSettings = {
  /** k, how many rows are asked: whole, 1 … rows that have a weight. */
  readonly neighbours: number;
  /** Whether all k say as much, or each one over its distance. */
  readonly weighting: "uniform" | "distance";
};

/** Nearest neighbours, which are their training rows: plain data. */
export type NeighboursModel = NeighboursSettings & {
  readonly kind: "neighbours";
  /** 0 of a regression. */
  readonly classCount: number;
  readonly featureCount: number;
  readonly rowCount: number;
  /** rowCount × featureCount, row-major. */
  readonly rows: Float64Array;
  /** One a row. */
  readonly target: Float64Array;
  /** One a row, > 0; null: all 1. */
  readonly weights: Float64Array | null;
  /** Which row of the training each one is: those without weight are left out. */
  readonly places: Int32Array;
};

/**
 * k-nearest neighbours: the answer of the training rows that are most alike.
 *
 * Alike is near by Euclidean distance, in the units that the features come in: standardise them first.
 *
 * @param data rows without gaps; those of weight 0 are left out
 * @param settings k and weighting; see NeighboursSettings
 * @param options not used: nothing is trained
 * @returns the model
 * @throws {InvalidInputError} see requireTrainingData; "out-of-range": k; "too-short": fewer rows
 *   than k
 *
 * Cost: O(rows · columns). Convention: matches scikit-learn KNeighborsClassifier and
 * KNeighborsRegressor. Source: Cover and Hart (1967). Checked: golden/classification.json.
 */
export function trainNeighbours(
  data: TrainingData,
  settings: NeighboursSettings,
  options: TrainingOptions,
): NeighboursModel {
  const { neighbours, weighting } = settings;
  if (!(Number.isInteger(neighbours) && neighbours >= 1)) {
    throw new InvalidInputError("out-of-range", "neighbours must be a whole number, at least 1");
  }
  requireTrainingData(data, { missing: false });
  const { weights } = data;
  const places = Int32Array.from({ length: data.table.rowCount }, (_, i) => i).filter(
    (i) => weights === null || weights[i]! > 0,
  );
  if (places.length < neighbours) {
    throw new InvalidInputError(
      "too-short",
      `there are ${places.length} rows with a weight, and ${neighbours} neighbours are asked`,
    );
  }
  const { columns } = tableRows(data.table, places);
  const rows = new Float64Array(places.length * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < places.length; i++) rows[i * columns.length + j] = column[i]!;
  });
  options.onProgress?.(1);
  return {
    kind: "neighbours",
    neighbours,
    weighting,
    classCount: data.classCount,
    featureCount: columns.length,
    rowCount: places.length,
    rows,
    target: valuesAt(data.target, places),
    weights: weights === null ? null : valuesAt(weights, places),
    places,
  };
}
