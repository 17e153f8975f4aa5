import { nestedCholesky } from "../linalg/nested-cholesky.ts";
import { differences } from "../stats/differences.ts";
import { mean } from "../stats/mean.ts";
import type { DickeyFullerRegression } from "./adf.ts";
import { type LagOption, largestLag, selectLag } from "./lag-selection.ts";
import { extendMoments, type LaggedMoments, laggedMoments } from "./lagged-moments.ts";

/**
 * Share of a regressor, or of the target, that must remain unexplained for the moments to be used:
 * sums of products hold 16 digits and the pivots compound what is lost. Series that are smoother, or
 * that alternate almost regularly, take the slow way.
 */
const REMAINING_SHARE_MIN = 1e-4;

/** Number of deterministic terms. */
const TERMS = { n: 0, c: 1 } as const;

/**
 * Dickey–Fuller regression from moments: fast, where sums of products hold the digits of an answer.
 *
 * All products of lagged changes follow from those with lag 0, and one factorisation gives the fit of
 * every lag, so that the search costs about as much as two regressions. A constant is taken out of the
 * moments (Frisch and Waugh): every product less that of the means of its rows.
 *
 * @param series n finite values, oldest first, not constant
 * @param lags number of lagged differences, or the criterion that selects it
 * @param trend "n": no deterministic term; "c": a constant
 * @returns as dickeyFullerRegression; null where the moments would lose the digits (a series that its
 *   own past explains almost exactly)
 * @throws {InvalidInputError} "too-short", "out-of-range"
 *
 * Cost: O(n · lags + lags³).
 */
export function dickeyFullerFromMoments(
  series: Float64Array,
  lags: LagOption,
  trend: "n" | "c",
): DickeyFullerRegression | null {
  const largest = largestLag(lags, series.length, TERMS[trend]);
  const changes = differences(series);
  // The constant takes any shift; small numbers keep the digits of the products.
  const centre = trend === "c" ? mean(series) : 0;
  const levels = centre === 0 ? series : series.map((value) => value - centre);
  const moments = laggedMoments(levels, changes, largest);
  const common = trend === "c" ? withoutMeans(moments, levels) : moments;
  const selected = lags.kind === "fixed" ? largest : searchedLag(common, lags.kind, TERMS[trend]);
  if (selected === null) return null;
  const extended = extendMoments(moments, levels, changes, selected);
  const final = trend === "c" ? withoutMeans(extended, levels) : extended;
  return finalRegression(final, TERMS[trend]);
}

/** Moments about the means of the rows. The sum of lagged changes is the difference of two levels. */
function withoutMeans(moments: LaggedMoments, levels: Float64Array): LaggedMoments {
  const { lags, observations } = moments;
  const width = lags + 1;
  const n = levels.length - 1;
  let levelSum = 0;
  for (let t = lags; t < n; t++) levelSum += levels[t]!;
  const changeSum = (lag: number): number => levels[n - lag]! - levels[lags - lag]!;
  const changeProducts = moments.changeProducts.slice();
  for (let i = 0; i < width; i++) {
    const meanOfLag = changeSum(i) / observations;
    changeProducts[i]! -= meanOfLag * changeSum(0);
    for (let j = 1; i > 0 && j <= i; j++)
      changeProducts[i * width + j]! -= meanOfLag * changeSum(j);
  }
  const levelMean = levelSum / observations;
  return {
    lags,
    observations,
    changeSquares: changeProducts[0]!,
    levelSquares: moments.levelSquares - levelMean * levelSum,
    levelWithChange: moments.levelWithChange.map((sum, lag) => sum - levelMean * changeSum(lag)),
    changeProducts,
  };
}

/** The selected lag on the common sample; null where the moments cannot tell. */
function searchedLag(
  moments: LaggedMoments,
  kind: "aic" | "bic" | "t-stat",
  terms: number,
): number | null {
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
    baseRegressors: 1 + terms,
    residualSumsOfSquares,
    coordinates: products.subarray(1),
  });
}

/** The level last, so that its t needs no back substitution; null where the moments cannot tell. */
function finalRegression(moments: LaggedMoments, terms: number): DickeyFullerRegression | null {
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
  const sigma = Math.sqrt(remaining / (observations - k - terms));
  const length = matrix[k * k - 1]!;
  return {
    statistic: products[lags]! / sigma,
    coefficient: products[lags]! / length,
    standardError: sigma / length,
    lags,
    observations,
  };
}
