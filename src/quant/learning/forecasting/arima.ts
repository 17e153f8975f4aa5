import { differences } from "../../stats/differences.ts";
import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { mean } from "../../stats/mean.ts";
import { requireSeries } from "../../stats/require-series.ts";
import { requireVariation } from "../../unit-root/require-variation.ts";
import {
  type ArimaOrder,
  arimaBarsMin,
  arimaParameterCount,
  requireArimaOrder,
} from "./arima-order.ts";
import { type ArmaPoint, createArmaObjective } from "./arma-objective.ts";
import { armaStart } from "./arma-start.ts";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";
import { freeOfPartial } from "./partial-autocorrelations.ts";

/** A fitted ARIMA model: plain data. */
export type ArimaModel = {
  readonly kind: "arima";
  readonly order: ArimaOrder;
  readonly likelihood: "exact" | "conditional";
  /** Mean of the process where d = 0, which is not the constant of its regression; 0 where d = 1. */
  readonly mean: number;
  /** φ, lag 1 first; stationary. */
  readonly ar: Float64Array;
  /** θ, lag 1 first, added: xₜ = eₜ + θ₁ eₜ₋₁ …; invertible. */
  readonly ma: Float64Array;
  /** Σ e² / F over the observations, divided by their number. */
  readonly innovationVariance: number;
  readonly logLikelihood: number;
  /** −2 ln L + 2 k, the variance counted in k. */
  readonly aic: number;
  /** −2 ln L + k ln(observations). */
  readonly bic: number;
  /** Values in the likelihood: bars, less one where d = 1, less p where it is conditional. */
  readonly observations: number;
};

/**
 * Why there is no model. "straight-line": the differences are all the same; "no-noise": the model errs
 * nowhere, so that it has no likelihood; "not-converged": the search ran out of steps.
 */
export type ArimaRefusal = "straight-line" | "no-noise" | "not-converged";

/** A model, or why there is none. */
export type ArimaFit =
  | { readonly kind: "fitted"; readonly model: ArimaModel }
  | { readonly kind: "refused"; readonly reason: ArimaRefusal };

/** How a model is fitted. */
export type ArimaOptions = {
  /** Exact unless told. */
  readonly likelihood?: "exact" | "conditional";
  /** Called at every evaluation of the likelihood, O(n), with about the share done; throws to cancel. */
  readonly onProgress?: (share: number) => void;
};

/** Share of the squares about the mean below which what a model leaves is no noise. */
const NOISE_SHARE_MIN = 1e-12;
/** Evaluations after which half of a fit counts as done. */
const EVALUATIONS_HALF = 50;
/** The exact search does not start where the conditional one ended, if that was beside the unit circle. */
const EXACT_START_MAX = freeOfPartial(0.97);

/**
 * ARIMA model of a series: an autoregressive moving average of its values or of their differences.
 *
 * w = x or Δx; wₜ − m = Σ φᵢ (wₜ₋ᵢ − m) + eₜ + Σ θⱼ eₜ₋ⱼ, e normal. m is estimated where d = 0; where d = 1
 * there is no drift, m = 0, as in R's arima and by default in statsmodels.
 *
 * First the conditional sum of squares is minimised (bars before p given, innovations before p zero), then
 * from there the exact Gaussian likelihood of w, started in the stationary law, is maximised; both over
 * partial autocorrelations, so that the model is stationary and invertible. A differenced series that was
 * stationary before has its best moving average on the unit circle; it comes out within 5e-7 of it.
 *
 * @param series n ≥ 30 + 2 (p + q) finite values, oldest first, not constant
 * @param order p and q in 0 … 10, d 0 or 1
 * @param options see ArimaOptions
 * @returns the model, or why there is none
 * @throws {InvalidInputError} "too-short", "not-finite", "constant"; "out-of-range": the order
 *
 * Cost: some fifty likelihoods of O(n (p + q)), O(n (p + q)²) beside the unit circle. Convention: matches
 * statsmodels ARIMA(trend "c" where d = 0, "n" where d = 1), on the differences themselves, and R's arima.
 * Source: Box and Jenkins; Brockwell and Davis, Time Series: Theory and Methods, 8.7. Checked:
 * golden/forecasting.json.
 */
export function fitArima(
  series: Float64Array,
  order: ArimaOrder,
  options: ArimaOptions = {},
): ArimaFit {
  requireArimaOrder(order);
  requireSeries(series, { name: "series", lengthMin: arimaBarsMin(order) });
  requireVariation(series);
  const { likelihood = "exact" } = options;
  const values = order.d === 1 ? differences(series) : series;
  const centre = mean(values);
  const magnitude = series.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const centred = values.map((value) => value - centre);
  const squares = sumOfSquares(centred);
  if (isRoundingNoise(squares, values.length, magnitude)) {
    return { kind: "refused", reason: "straight-line" };
  }
  // Only what has a mean may be moved.
  const point = search(order.d === 0 ? centred : values, centred, order, options);
  if (point === null) return { kind: "refused", reason: "not-converged" };
  const observations = likelihood === "exact" ? values.length : values.length - order.p;
  if (point.sumOfSquares <= NOISE_SHARE_MIN * squares) {
    return { kind: "refused", reason: "no-noise" };
  }
  const moved = { ...point, mean: order.d === 0 ? centre + point.mean : 0 };
  return { kind: "fitted", model: modelOf(moved, { order, likelihood, observations }) };
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function search(
  values: Float64Array,
  centred: Float64Array,
  { p, d, q }: ArimaOrder,
  { likelihood = "exact", onProgress }: ArimaOptions,
): ArmaPoint | null {
  let evaluations = 0;
  const minimumFrom = (start: Float64Array, kind: "exact" | "conditional") => {
    const objective = createArmaObjective(values, { p, q, hasMean: d === 0, likelihood: kind });
    const residuals = (free: Float64Array, into: Float64Array): number => {
      evaluations += 1;
      onProgress?.(evaluations / (evaluations + EVALUATIONS_HALF));
      return objective.residuals(free, into);
    };
    const { point, isConverged } = levenbergMarquardt(residuals, start, objective.residualCount);
    return { point, isConverged, objective };
  };
  const conditional = minimumFrom(armaStart(centred, p, q), "conditional");
  if (likelihood === "conditional") {
    return conditional.isConverged ? conditional.objective.pointOf(conditional.point) : null;
  }
  const start = conditional.point.map((free) =>
    Math.max(-EXACT_START_MAX, Math.min(EXACT_START_MAX, free)),
  );
  const exact = minimumFrom(start, "exact");
  return exact.isConverged ? exact.objective.pointOf(exact.point) : null;
}

function modelOf(
  { mean, ar, ma, sumOfSquares, logVariances }: ArmaPoint,
  fit: Pick<ArimaModel, "order" | "likelihood" | "observations">,
): ArimaModel {
  const { order, observations: n } = fit;
  const innovationVariance = sumOfSquares / n;
  const logLikelihood =
    (-n / 2) * (Math.log(2 * Math.PI * innovationVariance) + 1) - logVariances / 2;
  const parameters = arimaParameterCount(order);
  return {
    kind: "arima",
    ...fit,
    mean,
    ar,
    ma,
    innovationVariance,
    logLikelihood,
    aic: 2 * parameters - 2 * logLikelihood,
    bic: Math.log(n) * parameters - 2 * logLikelihood,
  };
}
