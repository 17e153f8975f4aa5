import { InvalidInputError } from "../invalid-input-error.ts";
import { type KalmanModel, kalmanHedgeRatio } from "../kalman/kalman-hedge-ratio.ts";
import { kalmanNoise } from "../kalman/kalman-noise.ts";
import type { HedgeFit } from "./hedge-fit.ts";
import type { HedgeMethod } from "./pair-analysis-options.ts";

/** β and α, one value a bar. */
export type HedgePath = { readonly hedgeRatio: Float64Array; readonly intercept: Float64Array };

/** Bars until the filter has forgotten where it started. */
export const KALMAN_BURN_IN_BARS = 30;

/** A wide start: the first bars decide, not the prior. */
const WIDE = { hedgeRatio: 1, intercept: 1 };

/**
 * Kalman hedge fit: the line of each bar is the filter's before it has seen that bar, so that the
 * spread is its innovation.
 *
 * @param y n ≥ 32 finite values, oldest first
 * @param x n finite values, aligned with y
 * @param method fixed noise, or noise by maximum likelihood over all bars
 * @returns the path, with the filter's standard errors at the last bar. It is causal for fixed noise
 *   only: a fitted noise has seen all bars
 * @throws {InvalidInputError} "too-short"; "out-of-range": δ; as kalmanHedgeRatio and kalmanNoise
 *
 * Cost: O(n), O(n · some thousand) for maximum likelihood. Source: Chan (2013), ch. 3.
 */
export function kalmanHedgeFit(
  y: Float64Array,
  x: Float64Array,
  method: Extract<HedgeMethod, { kind: "kalman" | "kalman-ml" }>,
): HedgeFit {
  if (y.length < KALMAN_BURN_IN_BARS + 2) {
    throw new InvalidInputError(
      "too-short",
      `the filter needs at least ${KALMAN_BURN_IN_BARS + 2} bars`,
    );
  }
  const fit = kalmanHedgeRatio(y, x, modelOf(y, x, method));
  const hedgeRatio = forecast(fit.hedgeRatio);
  const intercept = forecast(fit.intercept);
  return {
    hedgeRatio: fit.hedgeRatio.at(-1)!,
    intercept: fit.intercept.at(-1)!,
    hedgeRatioError: errorOf(fit.hedgeRatioVariance.at(-1)!),
    interceptError: errorOf(fit.interceptVariance.at(-1)!),
    hedgeRatioInterval: null,
    rSquared: null,
    path: { hedgeRatio, intercept },
    firstBar: KALMAN_BURN_IN_BARS,
    isCausal: method.kind === "kalman",
  };
}

function modelOf(
  y: Float64Array,
  x: Float64Array,
  method: Extract<HedgeMethod, { kind: "kalman" | "kalman-ml" }>,
): KalmanModel {
  if (method.kind === "kalman-ml") return kalmanNoise(y, x, { initialVariance: WIDE }).model;
  return kalmanModelOf(method.delta, method.observationVariance);
}

/**
 * Model of a Kalman hedge with fixed noise and a wide start.
 *
 * @param delta δ in (0, 1): both states gain the variance δ / (1 − δ) from bar to bar
 * @param observationVariance of y about its line, unit of y squared, > 0
 * @returns see KalmanModel
 * @throws {InvalidInputError} "out-of-range": δ
 */
export function kalmanModelOf(delta: number, observationVariance: number): KalmanModel {
  if (!(delta > 0 && delta < 1)) {
    throw new InvalidInputError("out-of-range", "delta must lie between 0 and 1");
  }
  const variance = delta / (1 - delta);
  return {
    processVariance: { hedgeRatio: variance, intercept: variance },
    observationVariance,
    initialVariance: WIDE,
  };
}

/** The state known before each bar: that of the bar before it; NaN while the filter burns in. */
function forecast(states: Float64Array): Float64Array {
  const before = new Float64Array(states.length).fill(Number.NaN);
  before.set(states.subarray(KALMAN_BURN_IN_BARS - 1, -1), KALMAN_BURN_IN_BARS);
  return before;
}

/** Rounding may carry a vanishing variance below zero. */
function errorOf(variance: number): number {
  return Math.sqrt(Math.max(variance, 0));
}
