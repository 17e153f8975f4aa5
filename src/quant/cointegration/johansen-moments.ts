import { InvalidInputError } from "../invalid-input-error.ts";
import { nestedCholesky } from "../linalg/nested-cholesky.ts";
import { type LevelSystem, systemMoments } from "./system-moments.ts";

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
 * @param system see LevelSystem
 * @returns the blocks, divided by nothing: sums over the rows
 * @throws {InvalidInputError} "collinear": a variable is a combination of the others
 *
 * Cost: that of systemMoments, and O(p³) for p variables. Source: Johansen (1995), 6.1.
 */
export function johansenMoments(system: LevelSystem): JohansenMoments {
  const series = system.levels.length;
  const lagged = series * system.lagsDiff;
  const moments = systemMoments(system);
  const p = Math.sqrt(moments.length);
  const levels = p - lagged - series;
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
