import { InvalidInputError } from "../../invalid-input-error.ts";
import { nestedLeastSquares } from "../../linalg/nested-least-squares.ts";
import { ordinaryLeastSquares } from "../../regression/ordinary-least-squares.ts";
import { mean } from "../../stats/mean.ts";
import { requireSeries } from "../../stats/require-series.ts";
import { requireVariation } from "../../unit-root/require-variation.ts";

/** A fitted autoregression: plain data. */
export type AutoregressionModel = {
  readonly kind: "autoregression";
  /** p, ≥ 0. */
  readonly order: number;
  readonly constant: number;
  /** φ, lag 1 first. */
  readonly coefficients: Float64Array;
  /** Of the constant, then of φ; √(residual variance · (XᵀX)⁻¹), without correction of its degrees. */
  readonly standardErrors: Float64Array;
  /** Residual sum of squares / observations. */
  readonly residualVariance: number;
  /** Gaussian, given the first p bars; Infinity of a fit without error. */
  readonly logLikelihood: number;
  /** −2 ln L + 2 (p + 2). */
  readonly aic: number;
  /** −2 ln L + (p + 2) ln(observations). */
  readonly bic: number;
  /** n − p. */
  readonly observations: number;
};

/** Largest order. */
export const AUTOREGRESSION_ORDER_MAX = 100;

/**
 * Autoregression by least squares: the next value as a line of the last p.
 *
 * xₜ = c + Σ φᵢ xₜ₋ᵢ + eₜ on the bars from p on. It need not be stationary.
 *
 * @param series n > 2 p + 2 finite values, oldest first, not constant
 * @param order p, a whole number in [0, 100]
 * @returns coefficients and fit; see AutoregressionModel
 * @throws {InvalidInputError} "too-short", "not-finite", "constant", "collinear"; "out-of-range": the order
 *
 * Cost: O(n p²). Convention: matches statsmodels AutoReg(trend="c"). Source: Hamilton (1994), Time Series
 * Analysis, 5.2. Checked: golden/forecasting.json.
 */
export function fitAutoregression(series: Float64Array, order: number): AutoregressionModel {
  requireLags(series, order, "the order");
  const target = series.slice(order);
  const n = target.length;
  const fit = order === 0 ? constantFit(target) : lagFit(series, target, order);
  const { coefficients, residualSumOfSquares, logLikelihood } = fit;
  const parameters = order + 2;
  return {
    kind: "autoregression",
    order,
    constant: coefficients[0]!,
    coefficients: coefficients.slice(1),
    standardErrors: fit.standardErrors,
    residualVariance: residualSumOfSquares / n,
    logLikelihood,
    aic: 2 * parameters - 2 * logLikelihood,
    bic: Math.log(n) * parameters - 2 * logLikelihood,
    observations: n,
  };
}

/**
 * Autoregression whose order is worth its coefficients.
 *
 * The least AIC of the orders 0 … orderMax, all fitted on the bars from orderMax on, the smallest among
 * equals; then fitted anew on all bars that its order leaves.
 *
 * @param series n > 2 orderMax + 2 finite values, oldest first, not constant
 * @param orderMax largest order tried, a whole number in [0, 100]
 * @returns the autoregression of the order chosen
 * @throws {InvalidInputError} as fitAutoregression
 *
 * Cost: O(n orderMax²), one decomposition for all orders. Convention: matches ar_select_order of statsmodels
 * (ic="aic"). Source: Akaike (1974).
 */
export function autoregressionByAic(series: Float64Array, orderMax: number): AutoregressionModel {
  requireLags(series, orderMax, "orderMax");
  const target = centred(series.subarray(orderMax));
  const lags = Array.from({ length: orderMax }, (_, k) => centred(lagOf(series, k + 1, orderMax)));
  const n = target.length;
  const { residualSumsOfSquares } = nestedLeastSquares(lags, target);
  let order = 0;
  let least = Number.POSITIVE_INFINITY;
  residualSumsOfSquares.forEach((squares, p) => {
    const aic = n * Math.log(squares / n) + 2 * p;
    if (aic >= least) return;
    least = aic;
    order = p;
  });
  return fitAutoregression(series, order);
}

function requireLags(series: Float64Array, order: number, name: string): void {
  if (!(Number.isInteger(order) && order >= 0 && order <= AUTOREGRESSION_ORDER_MAX)) {
    throw new InvalidInputError(
      "out-of-range",
      `${name} must be a whole number in 0 … ${AUTOREGRESSION_ORDER_MAX}`,
    );
  }
  requireSeries(series, { name: "series", lengthMin: 2 * order + 3 });
  requireVariation(series);
}

/** Values of a lag, aligned with the bars from `first` on. */
function lagOf(series: Float64Array, lag: number, first: number): Float64Array {
  return series.slice(first - lag, series.length - lag);
}

function centred(values: Float64Array): Float64Array {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

type Fit = {
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  readonly residualSumOfSquares: number;
  readonly logLikelihood: number;
};

function lagFit(series: Float64Array, target: Float64Array, order: number): Fit {
  const lags = Array.from({ length: order }, (_, k) => lagOf(series, k + 1, order));
  const fit = ordinaryLeastSquares(target, lags);
  const share = Math.sqrt(fit.degreesOfFreedom / fit.observations);
  return { ...fit, standardErrors: fit.standardErrors.map((error) => error * share) };
}

function constantFit(target: Float64Array): Fit {
  const n = target.length;
  const residualSumOfSquares = centred(target).reduce((sum, value) => sum + value * value, 0);
  const variance = residualSumOfSquares / n;
  return {
    coefficients: Float64Array.of(mean(target)),
    standardErrors: Float64Array.of(Math.sqrt(variance / n)),
    residualSumOfSquares,
    logLikelihood: (-n / 2) * (Math.log(2 * Math.PI * variance) + 1),
  };
}
