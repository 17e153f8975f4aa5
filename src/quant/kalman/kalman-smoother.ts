import type { HedgeState, KalmanHedge } from "./kalman-hedge-ratio.ts";

/** Smoothed states, one value a bar each: what is known of bar t once the whole series is. */
export type SmoothedHedge = {
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  readonly hedgeRatioVariance: Float64Array;
  readonly interceptVariance: Float64Array;
  readonly covariance: Float64Array;
};

/**
 * Kalman smoother: the hedge ratio of each bar in the light of all bars, those after it too.
 *
 * For study only: it knows the future, so no signal may be made of it. With R = Pₜ + Q and
 * C = Pₜ R⁻¹ = I − Q R⁻¹, backwards from the last bar: sₜ|ₙ = sₜ + C (sₜ₊₁|ₙ − sₜ),
 * Pₜ|ₙ = Pₜ + C (Pₜ₊₁|ₙ − R) Cᵀ.
 *
 * @param filtered result of kalmanHedgeRatio, n ≥ 1 bars
 * @param processVariance Q of the model that it was filtered with
 * @returns smoothed states with their variances; the last bar's are the filtered
 *
 * Cost: O(n). Source: Rauch, Tung, Striebel (1965). Checked: the regression of all bars at once in
 * the test.
 */
export function kalmanSmoother(filtered: KalmanHedge, processVariance: HedgeState): SmoothedHedge {
  const smoothed: SmoothedHedge = {
    hedgeRatio: filtered.hedgeRatio.slice(),
    intercept: filtered.intercept.slice(),
    hedgeRatioVariance: filtered.hedgeRatioVariance.slice(),
    interceptVariance: filtered.interceptVariance.slice(),
    covariance: filtered.covariance.slice(),
  };
  for (let t = filtered.hedgeRatio.length - 2; t >= 0; t--) {
    smoothBar(t, smoothed, processVariance);
  }
  return smoothed;
}

/** Row t still holds the filtered values, row t + 1 already the smoothed. */
function smoothBar(t: number, path: SmoothedHedge, noise: HedgeState): void {
  const rBeta = path.hedgeRatioVariance[t]! + noise.hedgeRatio;
  const rCross = path.covariance[t]!;
  const rAlpha = path.interceptVariance[t]! + noise.intercept;
  const { a, b, c, d } = backwardGain({ rBeta, rCross, rAlpha }, noise);

  const betaMove = path.hedgeRatio[t + 1]! - path.hedgeRatio[t]!;
  const alphaMove = path.intercept[t + 1]! - path.intercept[t]!;
  path.hedgeRatio[t]! += a * betaMove + b * alphaMove;
  path.intercept[t]! += c * betaMove + d * alphaMove;

  const dBeta = path.hedgeRatioVariance[t + 1]! - rBeta;
  const dCross = path.covariance[t + 1]! - rCross;
  const dAlpha = path.interceptVariance[t + 1]! - rAlpha;
  path.hedgeRatioVariance[t]! += a * a * dBeta + 2 * a * b * dCross + b * b * dAlpha;
  path.interceptVariance[t]! += c * c * dBeta + 2 * c * d * dCross + d * d * dAlpha;
  path.covariance[t]! += a * c * dBeta + (a * d + b * c) * dCross + b * d * dAlpha;
}

type Forecast = { readonly rBeta: number; readonly rCross: number; readonly rAlpha: number };
type Gain = { readonly a: number; readonly b: number; readonly c: number; readonly d: number };

/** C = I − Q R⁻¹, rows (a b) and (c d). */
function backwardGain({ rBeta, rCross, rAlpha }: Forecast, noise: HedgeState): Gain {
  const determinant = rBeta * rAlpha - rCross * rCross;
  if (determinant > 0) {
    return {
      a: 1 - (noise.hedgeRatio * rAlpha) / determinant,
      b: (noise.hedgeRatio * rCross) / determinant,
      c: (noise.intercept * rCross) / determinant,
      d: 1 - (noise.intercept * rBeta) / determinant,
    };
  }
  // A state that is known for certain and does not move has no row in R and keeps its value.
  return {
    a: rBeta > 0 ? 1 - noise.hedgeRatio / rBeta : 1,
    b: 0,
    c: 0,
    d: rAlpha > 0 ? 1 - noise.intercept / rAlpha : 1,
  };
}
