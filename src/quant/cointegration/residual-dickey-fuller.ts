import { nestedCholesky } from "../linalg/nested-cholesky.ts";
import { differences } from "../stats/differences.ts";
import type { DickeyFullerRegression } from "./adf.ts";
import { dickeyFullerRegression } from "./adf.ts";
import type { LagOption } from "./lag-selection.ts";
import { largestLag, selectLag } from "./lag-selection.ts";
import { extendMoments, type LaggedMoments, laggedMoments } from "./lagged-moments.ts";

/**
 * Share of a regressor, or of the target, that must remain unexplained for the moments to be used:
 * sums of products hold 16 digits and the pivots compound what is lost. Series that are smoother, or
 * that alternate almost regularly, take the slow way.
 */
const REMAINING_SHARE_MIN = 1e-4;

/**
 * Dickey–Fuller regression without deterministic terms, from moments: the inner loop of a scan.
 *
 * The same answer as dickeyFullerRegression(residuals, "n", lags). All products of lagged changes
 * follow from those with lag 0, and one factorisation gives the fit of every lag, so that the
 * search costs about as much as two regressions. Where the moments would lose digits (a residual
 * that its own past explains almost exactly) it falls back to that function.
 *
 * @param residuals n finite values, oldest first, of mean zero, not constant
 * @param lags number of lagged differences, or the criterion that selects it
 * @returns statistic, coefficient and standard error of the level, lags, observations
 * @throws {InvalidInputError} "too-short", "out-of-range", "constant" or "collinear"
 *
 * Cost: O(n · lags + lags³). Checked: against dickeyFullerRegression in the test.
 */
export function residualDickeyFuller(
  residuals: Float64Array,
  lags: LagOption,
): DickeyFullerRegression {
  const largest = largestLag(lags, residuals.length, 0);
  const changes = differences(residuals);
  const moments = laggedMoments(residuals, changes, largest);
  const selected = lags.kind === "fixed" ? largest : searchedLag(moments, lags.kind);
  const extended = selected === null ? null : extendMoments(moments, residuals, changes, selected);
  const regression = extended === null ? null : finalRegression(extended);
  return regression ?? dickeyFullerRegression(residuals, "n", lags);
}

/** The selected lag on the common sample; null where the moments cannot tell. */
function searchedLag(moments: LaggedMoments, kind: "aic" | "bic" | "t-stat"): number | null {
  const { lags, observations, changeSquares } = moments;
  const k = lags + 1;
  const matrix = new Float64Array(k * k);
  const products = new Float64Array(k);
  // The level first: a lag then only adds a row to what its predecessors have.
  matrix[0] = moments.levelSquares;
  products[0] = moments.levelWithChange[0]!;
  for (let i = 1; i < k; i++) {
    matrix[i * k] = moments.levelWithChange[i]!;
    products[i] = moments.changeProducts[i]!;
    for (let j = 1; j <= i; j++) matrix[i * k + j] = moments.changeProducts[i * k + j]!;
  }
  if (!nestedCholesky(matrix, products, k, REMAINING_SHARE_MIN)) return null;
  const residualSumsOfSquares = new Float64Array(k);
  let remaining = changeSquares;
  for (let i = 0; i < k; i++) {
    remaining -= products[i]! * products[i]!;
    residualSumsOfSquares[i] = remaining;
  }
  if (!(remaining > REMAINING_SHARE_MIN * changeSquares)) return null;
  return selectLag(kind, {
    observations,
    baseRegressors: 1,
    residualSumsOfSquares,
    coordinates: products.subarray(1),
  });
}

/** The level last, so that its t needs no back substitution; null where the moments cannot tell. */
function finalRegression(moments: LaggedMoments): DickeyFullerRegression | null {
  const { lags, observations, changeSquares } = moments;
  const k = lags + 1;
  const matrix = new Float64Array(k * k);
  const products = new Float64Array(k);
  for (let i = 0; i < lags; i++) {
    products[i] = moments.changeProducts[i + 1]!;
    matrix[lags * k + i] = moments.levelWithChange[i + 1]!;
    for (let j = 0; j <= i; j++) {
      matrix[i * k + j] = moments.changeProducts[(i + 1) * k + j + 1]!;
    }
  }
  matrix[k * k - 1] = moments.levelSquares;
  products[lags] = moments.levelWithChange[0]!;
  if (!nestedCholesky(matrix, products, k, REMAINING_SHARE_MIN)) return null;
  let remaining = changeSquares;
  for (let i = 0; i < k; i++) remaining -= products[i]! * products[i]!;
  if (!(remaining > REMAINING_SHARE_MIN * changeSquares)) return null;
  const sigma = Math.sqrt(remaining / (observations - k));
  const length = matrix[k * k - 1]!;
  return {
    statistic: products[lags]! / sigma,
    coefficient: products[lags]! / length,
    standardError: sigma / length,
    lags,
    observations,
  };
}
