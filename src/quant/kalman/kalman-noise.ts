import { simpleOls } from "../stats/ols.ts";
import { type KalmanModel, kalmanLogLikelihood } from "./kalman-hedge-ratio.ts";
import { type Minimum, nelderMead } from "./nelder-mead.ts";

/** Noise variances that make the series most likely, ready to filter with. */
export type KalmanNoise = {
  readonly model: KalmanModel;
  readonly logLikelihood: number;
};

/** A perfect line has no residuals; the search still needs a scale to start from. */
const SCALE_MIN = 1e-18;
/** Shares of the residual variance that the searches start from, for V and for the states. */
const OBSERVATION_STARTS = [1, 0.1] as const;
const PROCESS_STARTS = [1e-2, 1e-4] as const;

/**
 * Noise of the Kalman hedge ratio by maximum likelihood: how fast the hedge ratio wanders, as the
 * data say.
 *
 * Maximises the log-likelihood of kalmanHedgeRatio over ln Q_β, ln Q_α and ln V, from four starts
 * spread around the residual variance of the static regression. A variance whose best value is zero
 * comes out as a tiny number.
 *
 * @param y n ≥ 3 finite values, oldest first
 * @param x n finite values, aligned with y, not constant
 * @param options.initialState state before the first bar; 0 unless told
 * @param options.initialVariance its variances; 1 each unless told
 * @param options.initialCovariance their covariance; 0 unless told
 * @param options.observationVariance V where it is known, > 0; estimated unless told
 * @returns the model to filter with, and its log-likelihood
 * @throws {InvalidInputError} lengths differ, n < 3, a value is not finite, a series is constant
 *
 * Cost: O(n · some thousand). Source: Durbin and Koopman (2012), Time Series Analysis by State
 * Space Methods, 7.3. Checked: golden/kalman.json.
 */
export function kalmanNoise(
  y: Float64Array,
  x: Float64Array,
  options: Partial<Omit<KalmanModel, "processVariance">> = {},
): KalmanNoise {
  const { observationVariance, ...start } = options;
  const initialVariance = start.initialVariance ?? { hedgeRatio: 1, intercept: 1 };
  const fit = simpleOls(y, x);
  const scale = Math.max(fit.residualSumOfSquares / fit.observations, SCALE_MIN);
  // What moves y as much through the slope as one unit through the intercept.
  const slopeScale = x.length / x.reduce((sum, value) => sum + value * value, 0);
  const modelAt = (point: Float64Array): KalmanModel => ({
    processVariance: { hedgeRatio: Math.exp(point[0]!), intercept: Math.exp(point[1]!) },
    observationVariance: observationVariance ?? Math.exp(point[2]!),
    ...start,
    initialVariance,
  });
  const cost = (point: Float64Array): number => {
    const value = -kalmanLogLikelihood(y, x, modelAt(point));
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  let best: Minimum = { point: new Float64Array(3), value: Number.POSITIVE_INFINITY };
  for (const observation of observationVariance === undefined ? OBSERVATION_STARTS : [null]) {
    for (const process of PROCESS_STARTS) {
      const states = [scale * process * slopeScale, scale * process];
      const from = observation === null ? states : [...states, scale * observation];
      const found = nelderMead(cost, Float64Array.from(from, Math.log));
      if (found.value < best.value) best = found;
    }
  }
  // Once more from the best with a fresh simplex: a collapsed one can stop short of the optimum.
  best = nelderMead(cost, best.point);
  return { model: modelAt(best.point), logLikelihood: -best.value };
}
