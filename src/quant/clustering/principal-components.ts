import { InvalidInputError } from "../invalid-input-error.ts";
import { dotProduct } from "../linalg/dot-product.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { tridiagonalEigen } from "../linalg/tridiagonal-eigen.ts";
import { columnMeans } from "./column-means.ts";

/** The directions in which observations vary most, k of them. */
export type PrincipalComponents = {
  /** k × p, rows of length one; the largest element of each by absolute value is positive. */
  readonly components: Matrix;
  /** n × k: the centred observations along the components. */
  readonly scores: Matrix;
  /** Mean of each feature. */
  readonly mean: Float64Array;
  /** Variances along the components, divisor n − 1, descending. */
  readonly explainedVariance: Float64Array;
  /** Their shares of the whole variance. */
  readonly explainedVarianceRatio: Float64Array;
  readonly singularValues: Float64Array;
  /** Mean of the min(n, p) − k variances that are left out; 0 when there are none. */
  readonly noiseVariance: number;
};

/**
 * Principal components: few directions that carry most of the variance of many features.
 *
 * Eigenvectors of the covariance (divisor n − 1) of the columns; with more features than
 * observations, those of the products of the observations, which are as many as there can be.
 *
 * @param matrix n ≥ 2 observations × p features (bars × instruments for returns), finite
 * @param options.components k, 1 … min(n, p)
 * @param options.beyondRank of a wide matrix: "refuse" (default) components along which nothing varies;
 *   "complete": the rest are any directions at right angles to the others, with variance 0
 * @returns components, scores and variances; see PrincipalComponents
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"; "out-of-range": k, or
 *   more components than directions that vary; "constant": nothing varies
 *
 * Cost: O(n p min(n, p) + 7 min(n, p)³). Convention: matches sklearn.decomposition.PCA with
 * svd_solver="full"; signs as since 1.5, by the largest loading. Source: Jolliffe (2002).
 * Checked: golden/clustering.json.
 */
export function principalComponents(
  matrix: Matrix,
  options: { readonly components: number; readonly beyondRank?: "refuse" | "complete" },
): PrincipalComponents {
  requireMatrix(matrix, 2);
  const { rows, columns } = matrix;
  const { components: k, beyondRank = "refuse" } = options;
  if (!(Number.isInteger(k) && k >= 1 && k <= Math.min(rows, columns))) {
    throw new InvalidInputError(
      "out-of-range",
      `components must be a whole number from 1 to ${Math.min(rows, columns)}`,
    );
  }
  const mean = columnMeans(matrix);
  const values = matrix.values.map((value, i) => value - mean[i % columns]!);
  const centred: Matrix = { rows, columns, values };
  const isWide = columns > rows;
  const side = isWide ? centred : transposed(centred);
  const eigen = tridiagonalEigen(rowProducts(side), side.rows);
  const variances = eigen.values.map((value) => Math.max(value, 0) / (rows - 1));
  const total = variances.reduce((sum, value) => sum + value, 0);
  requireVariance(total, mean);
  const rank = isWide ? rankOf(variances, total, k) : k;
  if (rank < k && beyondRank === "refuse") {
    throw new InvalidInputError("out-of-range", "fewer directions vary than components are asked");
  }
  // The smallest of a wide matrix are rounding: their vectors are no directions of the features.
  variances.fill(0, rank, isWide ? k : rank);
  const found = {
    rows: rank,
    columns: side.rows,
    values: eigen.vectors.slice(0, rank * side.rows),
  };
  const components = withSigns(isWide ? completed(unitRows(product(found, centred)), k) : found);
  const explainedVariance = variances.slice(0, k);
  const left = variances.slice(k);
  return {
    components,
    scores: product(centred, transposed(components)),
    mean,
    explainedVariance,
    explainedVarianceRatio: explainedVariance.map((value) => value / total),
    singularValues: explainedVariance.map((value) => Math.sqrt(value * (rows - 1))),
    noiseVariance:
      left.length === 0 ? 0 : left.reduce((sum, value) => sum + value, 0) / left.length,
  };
}

function requireVariance(total: number, mean: Float64Array): void {
  const magnitude = mean.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (total <= (10 * Number.EPSILON * magnitude) ** 2 * mean.length) {
    throw new InvalidInputError("constant", "the observations do not vary");
  }
}

/** How many of the first k directions vary. */
function rankOf(variances: Float64Array, total: number, k: number): number {
  const still = variances.findIndex((variance) => variance <= 1e-14 * total);
  return still < 0 ? k : Math.min(still, k);
}

/** k rows: the given ones, and axes with what they share with the rows before taken off (Gram–Schmidt). */
function completed({ rows, columns, values }: Matrix, k: number): Matrix {
  const result = new Float64Array(k * columns);
  result.set(values);
  const row = (i: number) => result.subarray(i * columns, (i + 1) * columns);
  for (let i = rows; i < k; i++) {
    const own = row(i);
    own[leastCoveredAxis(result, i, columns)] = 1;
    // Twice is enough. Source: Giraud, Langou, Rozložník (2005).
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = row(j);
        const shared = dotProduct(own, other);
        for (let c = 0; c < columns; c++) own[c]! -= shared * other[c]!;
      }
    }
    const length = Math.sqrt(dotProduct(own, own));
    for (let c = 0; c < columns; c++) own[c]! /= length;
  }
  return { rows: k, columns, values: result };
}

/** The axis of which the first rows have the least. */
function leastCoveredAxis(values: Float64Array, rows: number, columns: number): number {
  const covered = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++) covered[c]! += values[i * columns + c]! ** 2;
  }
  return covered.indexOf(Math.min(...covered));
}

/** S Sᵀ of the rows. */
function rowProducts({ rows, columns, values }: Matrix): Float64Array {
  const result = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) {
        sum += values[i * columns + k]! * values[j * columns + k]!;
      }
      result[i * rows + j] = sum;
      result[j * rows + i] = sum;
    }
  }
  return result;
}

function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]!;
  }
  return { rows: columns, columns: rows, values: result };
}

function product(left: Matrix, right: Matrix): Matrix {
  const { rows, columns: inner } = left;
  const { columns } = right;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = left.values[i * inner + k]!;
      for (let j = 0; j < columns; j++) {
        values[i * columns + j]! += factor * right.values[k * columns + j]!;
      }
    }
  }
  return { rows, columns, values };
}

function unitRows({ rows, columns, values }: Matrix): Matrix {
  const norms = new Float64Array(rows);
  values.forEach((value, i) => {
    norms[Math.floor(i / columns)]! += value * value;
  });
  const scaled = values.map((value, i) => value / Math.sqrt(norms[Math.floor(i / columns)]!));
  return { rows, columns, values: scaled };
}

function withSigns(components: Matrix): Matrix {
  const { rows, columns } = components;
  const values = components.values.slice();
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    if (largest < 0) row.set(row.map((value) => -value));
  }
  return { rows, columns, values };
}
