import { InvalidInputError } from "../invalid-input-error.ts";
import { dotProduct } from "../linalg/dot-product.ts";
import { nestedCholesky } from "../linalg/nested-cholesky.ts";

/** Share of a variable that must be left by the earlier ones, or it is a combination of them. */
const REMAINING_SHARE_MIN = 1e-11;

/** The Cholesky factor of a Johansen regression, in the blocks that its eigenvalues need. */
export type JohansenMoments = {
  /** Levels, with the restricted term: their number. */
  readonly levels: number;
  /** Lower factor of the levels' moments once lagged changes are known, S₁₁ = L Lᵀ; row-major. */
  readonly levelFactor: Float64Array;
  /** Changes (rows) along those levels: S₀₁ = C Lᵀ. */
  readonly changeOnLevel: Float64Array;
  /** Lower factor of the changes once lagged changes are known, S₀₀ = G Gᵀ. */
  readonly changeFactor: Float64Array;
};

/**
 * Moments of a Johansen regression: changes and levels, once lagged changes are taken into account.
 *
 * One factorisation of the moments of (lagged changes, levels, changes), in this order, holds the
 * two auxiliary regressions and their residuals' products.
 *
 * @param columns lagged changes, levels, changes; all of the same length
 * @param counts how many there are of the first two
 * @param centred whether a constant is in both auxiliary regressions
 * @returns the blocks, divided by nothing: sums over the rows
 * @throws {InvalidInputError} "collinear": a column is a combination of the others
 *
 * Cost: O(n p²) for p columns. Source: Johansen (1995), 6.1.
 */
export function johansenMoments(
  columns: readonly Float64Array[],
  counts: { readonly lagged: number; readonly levels: number },
  centred: boolean,
): JohansenMoments {
  const { lagged, levels } = counts;
  const p = columns.length;
  const series = p - lagged - levels;
  const moments = momentMatrix(columns, centred);
  if (!nestedCholesky(moments, new Float64Array(p), p, REMAINING_SHARE_MIN)) {
    throw new InvalidInputError("collinear", "a series is a combination of the others");
  }
  const levelFactor = block(moments, {
    p,
    row: lagged,
    column: lagged,
    rows: levels,
    columns: levels,
  });
  const changeOnLevel = block(moments, {
    p,
    row: lagged + levels,
    column: lagged,
    rows: series,
    columns: levels,
  });
  const rest = block(moments, {
    p,
    row: lagged + levels,
    column: lagged + levels,
    rows: series,
    columns: series,
  });
  // S₀₀ puts together again what the levels explain of the changes and what they leave.
  const changeFactor = new Float64Array(series * series);
  for (let i = 0; i < series; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let m = 0; m < levels; m++) {
        sum += changeOnLevel[i * levels + m]! * changeOnLevel[j * levels + m]!;
      }
      for (let m = 0; m <= j; m++) sum += rest[i * series + m]! * rest[j * series + m]!;
      changeFactor[i * series + j] = sum;
    }
  }
  if (!nestedCholesky(changeFactor, new Float64Array(series), series, REMAINING_SHARE_MIN)) {
    throw new InvalidInputError("collinear", "the changes of a series follow from the others");
  }
  return { levels, levelFactor, changeOnLevel, changeFactor };
}

/** Lower triangle of the products of all columns, row-major. */
function momentMatrix(columns: readonly Float64Array[], centred: boolean): Float64Array {
  const p = columns.length;
  const n = columns[0]!.length;
  const sums = centred ? columns.map(sum) : [];
  const matrix = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dotProduct(columns[i]!, columns[j]!);
      matrix[i * p + j] = centred ? product - (sums[i]! * sums[j]!) / n : product;
    }
  }
  return matrix;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** A part of a lower triangular matrix, zeros above its diagonal. */
function block(
  matrix: Float64Array,
  part: {
    readonly p: number;
    readonly row: number;
    readonly column: number;
    readonly rows: number;
    readonly columns: number;
  },
): Float64Array {
  const { p, row, column, rows, columns } = part;
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns && column + j <= row + i; j++) {
      result[i * columns + j] = matrix[(row + i) * p + column + j]!;
    }
  }
  return result;
}
