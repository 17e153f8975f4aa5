import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Rows of features, a column each. `columns[j][i]` is feature j of row i; NaN is a missing value, which
 * only trees and imputation take. Rows are oldest first within their pair.
 */
export type FeatureTable = {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly rowCount: number;
};

/** What is to be predicted: classes 0 … classCount − 1, or a real number. */
export type LearningTask = "classification" | "regression";

/** Features with their answers. */
export type TrainingData = {
  readonly table: FeatureTable;
  /** One finite value a row; of a classification a class, a whole number in [0, classCount). */
  readonly target: Float64Array;
  /** 0 of a regression, else ≥ 2. */
  readonly classCount: number;
  /** One weight ≥ 0 a row, not all 0; null weighs all rows the same. */
  readonly weights: Float64Array | null;
};

/** How every model is trained: same seed, same data, same bits, whoever trains it. */
export type TrainingOptions = {
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /**
   * Called often with the share done, in [0, 1]; throws to cancel. Nothing is kept of a model whose
   * training was cancelled.
   */
  readonly onProgress?: (share: number) => void;
};

/**
 * Table of some rows of another.
 *
 * @param table any
 * @param rows their indices, in the order wanted
 * @returns a table with copies of them
 *
 * Cost: O(rows · columns).
 */
export function tableRows(table: FeatureTable, rows: Int32Array): FeatureTable {
  const columns = table.columns.map((column) => valuesAt(column, rows));
  return { names: table.names, columns, rowCount: rows.length };
}

/**
 * Values of some rows.
 *
 * @param values one a row
 * @param rows their indices, in the order wanted
 * @returns one value for each of them
 */
export function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/**
 * Entry check of every model.
 *
 * @param data what it is to be trained on
 * @param options.missing whether NaN may stand among the features
 * @throws {InvalidInputError} "length-mismatch": a column, target or weights; "too-short": no rows;
 *   "not-finite": a feature (±Infinity always, NaN unless missing), a target or a weight;
 *   "out-of-range": a class, a negative weight, all weights 0; "constant": one class only
 *
 * Cost: O(rows · columns).
 */
export function requireTrainingData(
  data: TrainingData,
  options: { readonly missing: boolean },
): void {
  const { table, target, classCount, weights } = data;
  if (table.rowCount === 0) throw new InvalidInputError("too-short", "there are no rows");
  if (target.length !== table.rowCount) {
    throw new InvalidInputError("length-mismatch", "the target must have one value a row");
  }
  requireTable(table, options);
  if (classCount === 0) requireFiniteTarget(target);
  else requireClasses(target, classCount);
  if (weights !== null) requireWeights(weights, table.rowCount);
}

/**
 * Entry check of rows that are to be predicted.
 *
 * @param table the rows
 * @param options.missing whether NaN may stand among them
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 */
export function requireTable(table: FeatureTable, options: { readonly missing: boolean }): void {
  table.columns.forEach((column, j) => {
    const name = table.names[j] ?? `column ${j}`;
    if (column.length !== table.rowCount) {
      throw new InvalidInputError(
        "length-mismatch",
        `the feature "${name}" must have one value a row`,
      );
    }
    for (const value of column) {
      if (Number.isFinite(value) || (options.missing && Number.isNaN(value))) continue;
      throw new InvalidInputError(
        "not-finite",
        `the feature "${name}" has a value that is not finite`,
      );
    }
  });
}

function requireFiniteTarget(target: Float64Array): void {
  if (!target.every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "a target is not finite");
  }
}

function requireClasses(target: Float64Array, classCount: number): void {
  const seen = new Set<number>();
  for (const value of target) {
    if (!Number.isInteger(value) || value < 0 || value >= classCount) {
      throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
    }
    seen.add(value);
  }
  if (seen.size < 2) {
    throw new InvalidInputError("constant", "the training rows are of one class only");
  }
}

function requireWeights(weights: Float64Array, rowCount: number): void {
  if (weights.length !== rowCount) {
    throw new InvalidInputError("length-mismatch", "there must be one weight a row");
  }
  let total = 0;
  for (const weight of weights) {
    if (!Number.isFinite(weight))
      throw new InvalidInputError("not-finite", "a weight is not finite");
    if (weight < 0) throw new InvalidInputError("out-of-range", "a weight must not be negative");
    total += weight;
  }
  if (total === 0) throw new InvalidInputError("out-of-range", "some weight must be positive");
}
