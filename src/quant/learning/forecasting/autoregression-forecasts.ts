import { requireSeries } from "../../stats/require-series.ts";
import type { AutoregressionModel } from "./autoregression.ts";
import type { ForecastPath } from "./forecast-path.ts";
import { requireHorizon } from "./require-horizon.ts";

/**
 * Forecasts of an autoregression at every bar, its coefficients as they were fitted.
 *
 * A forecast of h bars ahead is a line of the last p values; element t is made of series[t − p + 1 … t].
 *
 * @param model fitted, on this series or another
 * @param series n finite values, oldest first
 * @param horizonBars h ≥ 1
 * @returns element t is the forecast of bar t + h; NaN before bar p − 1
 * @throws {InvalidInputError} "not-finite"; "out-of-range": the horizon
 *
 * Cost: O((n + h) p). Checked: autoregressionForecastPath of every prefix in the test.
 */
export function autoregressionForecasts(
  model: AutoregressionModel,
  series: Float64Array,
  horizonBars: number,
): Float64Array {
  requireHorizon(horizonBars);
  requireSeries(series, { name: "series", lengthMin: 0 });
  const { constant, weights } = lineAhead(model, horizonBars);
  const p = model.order;
  const n = series.length;
  const result = new Float64Array(n).fill(Number.NaN, 0, Math.max(0, p - 1));
  for (let t = Math.max(0, p - 1); t < n; t++) {
    let sum = constant;
    for (let i = 0; i < p; i++) sum += weights[i]! * series[t - i]!;
    result[t] = sum;
  }
  return result;
}

/**
 * Forecasts of an autoregression after the last bar, with their standard errors.
 *
 * With the impulse responses ψ, the error of h bars ahead is σ √(ψ₀² + … + ψ²₍ₕ₋₁₎); the coefficients count
 * as known.
 *
 * @param model fitted, on this series or another
 * @param series n ≥ p finite values, oldest first
 * @param horizonBars h ≥ 1
 * @returns h forecasts and their standard errors
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": the horizon
 *
 * Cost: O(h p). Convention: matches get_prediction of statsmodels. Checked: golden/forecasting.json.
 */
export function autoregressionForecastPath(
  model: AutoregressionModel,
  series: Float64Array,
  horizonBars: number,
): ForecastPath {
  requireHorizon(horizonBars);
  const { order: p, coefficients } = model;
  requireSeries(series, { name: "series", lengthMin: p });
  const values = new Float64Array(p + horizonBars);
  values.set(series.subarray(series.length - p));
  const responses = new Float64Array(p + horizonBars);
  responses[p] = 1;
  const standardErrors = new Float64Array(horizonBars);
  let squares = 0;
  for (let place = p; place < values.length; place++) {
    let value = model.constant;
    for (let i = 0; i < p; i++) {
      value += coefficients[i]! * values[place - 1 - i]!;
      responses[place]! += coefficients[i]! * responses[place - 1 - i]!;
    }
    values[place] = value;
    squares += responses[place]! * responses[place]!;
    standardErrors[place - p] = Math.sqrt(model.residualVariance * squares);
  }
  return { values: values.slice(p), standardErrors };
}

/** The value h bars on as a line of the last p. */
function lineAhead(
  { constant, coefficients }: AutoregressionModel,
  horizonBars: number,
): { readonly constant: number; readonly weights: Float64Array } {
  const weights = coefficients.slice();
  let constantAhead = constant;
  for (let step = 1; step < horizonBars; step++) {
    const first = weights[0] ?? 0;
    constantAhead += first * constant;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = first * coefficients[i]! + (weights[i + 1] ?? 0);
    }
  }
  return { constant: constantAhead, weights };
}
