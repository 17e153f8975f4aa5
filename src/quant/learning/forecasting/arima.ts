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
import { type ArmaObjective, type ArmaPoint, createArmaObjective } from "./arma-objective.ts";
import { armaStart, armaStartAxes } from "./arma-start.ts";
import { latticeMinima } from "./lattice-minima.ts";
import { type LeastSquaresMinimum, levenbergMarquardt } from "./levenberg-marquardt.ts";
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
/** Searches beside the one from the conditional sum. */
const OTHER_STARTS_MAX = 8;
/** Evaluations after which half of a fit counts as done. */
const EVALUATIONS_HALF = 200;
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
 * partial autocorrelations, so that the model is stationary and invertible. The likelihood of a moving average
 * has several summits: there the search also starts from up to eight points of a lattice, and the highest that
 * is found counts. A differenced series that was stationary before has its best moving average on the unit
 * circle; it comes out within 5e-7 of it.
 *
 * @param series n ≥ 30 + 2 (p + q) finite values, oldest first, not constant
 * @param order p and q in 0 … 10, d 0 or 1
 * @param options see ArimaOptions
 * @returns the model, or why there is none
 * @throws {InvalidInputError} "too-short", "not-finite", "constant"; "out-of-range": the order
 *
 * Cost: some fifty likelihoods of O(n (p + q)) without a moving average, 200 of (1, 0, 1), 1,000 of (2, 0, 2);
 * O(n (p + q)²) each beside the unit circle. Convention: matches statsmodels ARIMA(trend "c" where d = 0, "n"
 * where d = 1), on the differences themselves, and R's arima. Source: Box and Jenkins; Brockwell and Davis, Time
 * Series: Theory and Methods, 8.7. Checked: golden/forecasting.json.
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
  order: ArimaOrder,
  { likelihood = "exact", onProgress }: ArimaOptions,
): ArmaPoint | null {
  const { p, d, q } = order;
  let evaluations = 0;
  const onEvaluation = (): void => {
    evaluations += 1;
    onProgress?.(evaluations / (evaluations + EVALUATIONS_HALF));
  };
  const shape = { p, q, hasMean: d === 0 };
  const conditional = createArmaObjective(values, { ...shape, likelihood: "conditional" });
  const start = armaStart(centred, p, q);
  if (likelihood === "conditional") return summit(conditional, start, order, onEvaluation);
  const first = minimumFrom(conditional, start, onEvaluation);
  const bounded = first.point.map((free) =>
    Math.max(-EXACT_START_MAX, Math.min(EXACT_START_MAX, free)),
  );
  const exact = createArmaObjective(values, { ...shape, likelihood: "exact" });
  return summit(exact, bounded, order, onEvaluation);
}

/** The best that is reached from a start and, where there are several summits, from elsewhere. */
function summit(
  objective: ArmaObjective,
  start: Float64Array,
  { p, q }: ArimaOrder,
  onEvaluation: () => void,
): ArmaPoint | null {
  const into = new Float64Array(objective.residualCount);
  const cost = (free: Float64Array): number => {
    onEvaluation();
    return objective.residuals(free, into);
  };
  // An autoregression has one summit as a rule.
  const others = q === 0 ? [] : latticeMinima(cost, armaStartAxes(p, q), OTHER_STARTS_MAX);
  const { point, isConverged } = [start, ...others]
    .map((from) => minimumFrom(objective, from, onEvaluation))
    .filter(({ sumOfSquares }) => Number.isFinite(sumOfSquares))
    .reduce<LeastSquaresMinimum>(
      (best, next) => (next.sumOfSquares < best.sumOfSquares ? next : best),
      { point: start, sumOfSquares: Number.POSITIVE_INFINITY, isConverged: false },
    );
  return isConverged ? objective.pointOf(point) : null;
}

function minimumFrom(
  objective: ArmaObjective,
  start: Float64Array,
  onEvaluation: () => void,
): LeastSquaresMinimum {
  const residuals = (free: Float64Array, into: Float64Array): number => {
    onEvaluation();
    return objective.residuals(free, into);
  };
  return levenbergMarquardt(residuals, start, objective.residualCount);
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
