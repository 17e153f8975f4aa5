import { InvalidInputError } from "../invalid-input-error.ts";
import { simpleOls } from "../stats/ols.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * A fitted process dx = κ(θ − x) dt + σ dW, time in the unit of `dt`; or why there is none. `slope`
 * b is the share of a deviation that is left after one bar. "no-mean-reversion": b ≥ 1.
 * "oscillating": b ≤ 0, each bar overshoots the mean, which no such process does.
 */
export type OrnsteinUhlenbeckFit =
  | {
      readonly kind: "fitted";
      /** Speed of mean reversion, per unit of time. */
      readonly kappa: number;
      /** Long-run mean, in the unit of the series. */
      readonly theta: number;
      /** Diffusion, unit of the series per square root of time. */
      readonly sigma: number;
      /** ln 2 / κ, in units of time. */
      readonly halfLife: number;
      /** σ / √(2κ), in the unit of the series. */
      readonly stationaryDeviation: number;
      readonly slope: number;
      readonly logLikelihood: number;
    }
  | {
      readonly kind: "refused";
      readonly reason: "no-mean-reversion" | "oscillating";
      readonly slope: number;
    };

/** A half-life beyond 1e13 bars is the rounding of a slope. */
const SLOPE_ROUNDING = 1e-13;

/**
 * Ornstein–Uhlenbeck process by maximum likelihood: speed, level and noise of a mean reversion.
 *
 * Exact discretisation, conditional on the first value: xₜ = a + b xₜ₋₁ + e by least squares,
 * s² = Σe² / n of the n residuals; κ = −ln b / dt, θ = a / (1 − b), σ² = 2κ s² / (1 − b²).
 *
 * @param series n ≥ 4 finite values, oldest first, any unit, equally spaced
 * @param dt time from bar to bar, > 0: 1 for rates a bar, 1 / periodsPerYear for rates a year
 * @returns the fit, or the reason why the series has none; see OrnsteinUhlenbeckFit
 * @throws {InvalidInputError} n < 4, a value is not finite, the series is constant, dt ≤ 0
 *
 * Cost: O(n). Convention: s² has the divisor of the likelihood; arbitragelab divides by one more.
 * Source: Tang and Chen (2009), Journal of Econometrics 149. Checked: golden/mean-reversion.json.
 */
export function ornsteinUhlenbeck(series: Float64Array, dt: number): OrnsteinUhlenbeckFit {
  if (!(dt > 0 && Number.isFinite(dt))) {
    throw new InvalidInputError("out-of-range", "dt must be a positive number");
  }
  requireSeries(series, { name: "series", lengthMin: 4 });
  const fit = simpleOls(series.subarray(1), series.subarray(0, -1));
  const { slope, intercept, residualSumOfSquares, observations } = fit;
  // Of a straight line the slope is 1 but for rounding.
  if (slope >= 1 - SLOPE_ROUNDING) return { kind: "refused", reason: "no-mean-reversion", slope };
  if (slope <= 0) return { kind: "refused", reason: "oscillating", slope };
  const variance = residualSumOfSquares / observations;
  const kappa = -Math.log(slope) / dt;
  const stationaryDeviation = Math.sqrt(variance / (1 - slope * slope));
  return {
    kind: "fitted",
    kappa,
    theta: intercept / (1 - slope),
    sigma: Math.sqrt(2 * kappa) * stationaryDeviation,
    halfLife: Math.LN2 / kappa,
    stationaryDeviation,
    slope,
    logLikelihood: (-observations / 2) * (Math.log(2 * Math.PI * variance) + 1),
  };
}
