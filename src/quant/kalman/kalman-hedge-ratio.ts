import { InvalidInputError } from "../invalid-input-error.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";

/** One number for each of the two states: the hedge ratio and the intercept. */
export type HedgeState = { readonly hedgeRatio: number; readonly intercept: number };

/** Noise and start of the filter; see kalmanHedgeRatio. */
export type KalmanModel = {
  /** Variance that each state gains from bar to bar, ≥ 0. */
  readonly processVariance: HedgeState;
  /** Variance of y about its line, unit of y squared, > 0. */
  readonly observationVariance: number;
  /** State before the first bar; 0 unless told. */
  readonly initialState?: HedgeState;
  /** Variances of that state, ≥ 0; 0 unless told. */
  readonly initialVariance?: HedgeState;
  /** Covariance of its two numbers; 0 unless told. */
  readonly initialCovariance?: number;
};

/** Filtered states, one value a bar each: what is known after bar t, and nothing later. */
export type KalmanHedge = {
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  readonly hedgeRatioVariance: Float64Array;
  readonly interceptVariance: Float64Array;
  readonly covariance: Float64Array;
  /** yₜ less its forecast from the states of the bar before; the spread of this method. */
  readonly innovation: Float64Array;
  /** Variance of the innovation; innovation / √variance is the z-score of this method. */
  readonly innovationVariance: Float64Array;
  readonly logLikelihood: number;
};

const ZERO: HedgeState = { hedgeRatio: 0, intercept: 0 };
const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Numbers between these have all their digits, and are far from both ends of a double. */
const PRODUCT_MIN = 1e-250;
const PRODUCT_MAX = 1e250;

/**
 * Kalman hedge ratio: a regression whose slope and intercept may wander, followed bar by bar.
 *
 * States s = (β, α) walk at random with variance Q; yₜ = βₜ xₜ + αₜ + noise of variance V. With
 * h = (x, 1): R = P + Q (P before the first bar, without Q), e = y − h s, S = h R hᵀ + V, K = R hᵀ / S,
 * s += K e, P = R − K h R. Log-likelihood −½ Σ (ln 2π + ln S + e² / S).
 *
 * @param y n ≥ 1 finite values, oldest first, log prices or prices
 * @param x n finite values, aligned with y
 * @param model noise and start; arbitragelab: Q = 1e-4, V = 1e-3, Chan: Q = δ/(1 − δ), δ = 1e-4, both
 *   from state 0 known for certain
 * @returns filtered states with their variances, innovations, log-likelihood; see KalmanHedge
 * @throws {InvalidInputError} lengths differ, n < 1, a value is not finite; "out-of-range": a
 *   variance is negative, the observation variance not positive, or one not finite
 *
 * Cost: O(n). Convention: matches statsmodels KalmanFilter(initialize_known) in its likelihood.
 * Source: Chan (2013), Algorithmic Trading, ch. 3. Checked: golden/kalman.json.
 */
export function kalmanHedgeRatio(
  y: Float64Array,
  x: Float64Array,
  model: KalmanModel,
): KalmanHedge {
  requireAlignedSeries(y, x, 1);
  requireModel(model);
  const column = (): Float64Array => new Float64Array(y.length);
  const path: KalmanPath = {
    hedgeRatio: column(),
    intercept: column(),
    hedgeRatioVariance: column(),
    interceptVariance: column(),
    covariance: column(),
    innovation: column(),
    innovationVariance: column(),
  };
  return { ...path, logLikelihood: filter(y, x, model, path) };
}

/**
 * Log-likelihood of the Kalman hedge ratio, without its path: what a search for the noise needs.
 *
 * @param y n finite values, aligned with x, checked by the caller
 * @param x n finite values
 * @param model noise and start, checked by the caller
 * @returns the logLikelihood of kalmanHedgeRatio to the bit
 *
 * Cost: O(n), nothing is allocated.
 */
export function kalmanLogLikelihood(y: Float64Array, x: Float64Array, model: KalmanModel): number {
  return filter(y, x, model, null);
}

type KalmanPath = Omit<KalmanHedge, "logLikelihood">;

function filter(
  y: Float64Array,
  x: Float64Array,
  model: KalmanModel,
  path: KalmanPath | null,
): number {
  const { processVariance, observationVariance } = model;
  const { initialState = ZERO, initialVariance = ZERO } = model;
  let beta = initialState.hedgeRatio;
  let alpha = initialState.intercept;
  // The symmetric matrix R before an update, P after it: β with β, β with α, α with α.
  let pBeta = initialVariance.hedgeRatio;
  let pCross = model.initialCovariance ?? 0;
  let pAlpha = initialVariance.intercept;
  let squares = 0;
  let logarithms = 0;
  let variances = 1;
  for (let t = 0; t < y.length; t++) {
    if (t > 0) {
      pBeta += processVariance.hedgeRatio;
      pAlpha += processVariance.intercept;
    }
    const level = x[t]!;
    const toBeta = pBeta * level + pCross;
    const toAlpha = pCross * level + pAlpha;
    const innovation = y[t]! - beta * level - alpha;
    const variance = level * toBeta + toAlpha + observationVariance;
    const precision = 1 / variance;
    const gainBeta = toBeta * precision;
    const gainAlpha = toAlpha * precision;
    beta += gainBeta * innovation;
    alpha += gainAlpha * innovation;
    pBeta -= gainBeta * toBeta;
    pCross -= gainBeta * toAlpha;
    pAlpha -= gainAlpha * toAlpha;
    squares += innovation * innovation * precision;
    // One logarithm of many variances, as long as their product keeps its digits.
    const joined = variances * variance;
    if (joined > PRODUCT_MIN && joined < PRODUCT_MAX) {
      variances = joined;
    } else {
      logarithms += Math.log(variances) + Math.log(variance);
      variances = 1;
    }
    if (path === null) continue;
    path.hedgeRatio[t] = beta;
    path.intercept[t] = alpha;
    path.hedgeRatioVariance[t] = pBeta;
    path.interceptVariance[t] = pAlpha;
    path.covariance[t] = pCross;
    path.innovation[t] = innovation;
    path.innovationVariance[t] = variance;
  }
  logarithms += Math.log(variances);
  return -0.5 * (logarithms + squares + y.length * LOG_TWO_PI);
}

function requireModel(model: KalmanModel): void {
  const { processVariance, observationVariance } = model;
  const { initialState = ZERO, initialVariance = ZERO, initialCovariance = 0 } = model;
  const isVariance = (value: number): boolean => value >= 0 && Number.isFinite(value);
  const states = [processVariance, initialVariance];
  if (
    !states.every(({ hedgeRatio, intercept }) => isVariance(hedgeRatio) && isVariance(intercept))
  ) {
    throw new InvalidInputError("out-of-range", "a variance of the states is negative or infinite");
  }
  if (!(initialCovariance ** 2 <= initialVariance.hedgeRatio * initialVariance.intercept)) {
    throw new InvalidInputError("out-of-range", "the initial covariance exceeds its variances");
  }
  if (!(isVariance(observationVariance) && observationVariance > 0)) {
    throw new InvalidInputError("out-of-range", "the observation variance must be positive");
  }
  if (!(Number.isFinite(initialState.hedgeRatio) && Number.isFinite(initialState.intercept))) {
    throw new InvalidInputError("not-finite", "the initial state is not finite");
  }
}
