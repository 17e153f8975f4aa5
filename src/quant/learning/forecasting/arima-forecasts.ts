import { assert } from "../../assert.ts";
import { differences } from "../../stats/differences.ts";
import { requireSeries } from "../../stats/require-series.ts";
import type { ArimaModel } from "./arima.ts";
import { type ArmaFilter, createArmaFilter, filteredForms, tuneArmaFilter } from "./arma-filter.ts";
import type { ForecastPath } from "./forecast-path.ts";
import { partialsOfCoefficients } from "./partial-autocorrelations.ts";
import { requireHorizon } from "./require-horizon.ts";

/**
 * Forecasts of an ARIMA model at every bar, its parameters as they were fitted.
 *
 * The filter starts in the stationary law at bar 0 and goes forward: element t is made of series[0 … t] and
 * does not change when later bars do.
 *
 * @param model fitted, on this series or another
 * @param series n finite values, oldest first
 * @param horizonBars h ≥ 1
 * @returns element t is the forecast of bar t + h, in the unit of the series; NaN before bar d
 * @throws {InvalidInputError} "not-finite"; "out-of-range": the horizon
 *
 * Cost: O(n (p + q) + h (p + q)). Source: Brockwell and Davis, Time Series: Theory and Methods, 5.5 and 9.5.
 * Checked: arimaForecastPath of every prefix in the test.
 */
export function arimaForecasts(
  model: ArimaModel,
  series: Float64Array,
  horizonBars: number,
): Float64Array {
  requireHorizon(horizonBars);
  requireSeries(series, { name: "series", lengthMin: 0 });
  const { d } = model.order;
  const values = stationaryPart(model, series);
  const filter = tunedFilter(model, values.length);
  const forms = createForms(filter, d);
  for (let step = 1; step < horizonBars; step++) advance(forms, filter);
  const result = new Float64Array(series.length).fill(Number.NaN, 0, d);
  filteredForms(filter, values, forms.form, result.subarray(d));
  for (let t = d; t < result.length; t++) result[t]! += d === 0 ? model.mean : series[t]!;
  return result;
}

/**
 * Forecasts of an ARIMA model after the last bar, with their standard errors.
 *
 * Where d = 1 they are cumulated from the last value. Errors are those of the noise and of what the filter
 * does not know of the state; the coefficients count as known.
 *
 * @param model fitted, on this series or another
 * @param series n > d finite values, oldest first
 * @param horizonBars h ≥ 1
 * @returns h forecasts and their standard errors, in the unit of the series
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": the horizon
 *
 * Cost: O((n + h) (p + q)²). Convention: matches get_forecast of statsmodels. Checked:
 * golden/forecasting.json; errors against the sum of squared impulse responses.
 */
export function arimaForecastPath(
  model: ArimaModel,
  series: Float64Array,
  horizonBars: number,
): ForecastPath {
  requireHorizon(horizonBars);
  const { d } = model.order;
  requireSeries(series, { name: "series", lengthMin: d + 1 });
  const values = stationaryPart(model, series);
  const filter = tunedFilter(model, values.length);
  const forms = createForms(filter, d);
  const state = lastState(filter, values);
  const base = d === 0 ? model.mean : series[series.length - 1]!;
  const forecasts = new Float64Array(horizonBars);
  const standardErrors = new Float64Array(horizonBars);
  let responses = 0;
  for (let step = 0; step < horizonBars; step++) {
    let sum = base;
    for (let i = 0; i < state.length; i++) sum += forms.form[i]! * state[i]!;
    forecasts[step] = sum;
    const variance = stateVariance(filter, forms.before) + responses;
    standardErrors[step] = Math.sqrt(model.innovationVariance * variance);
    // The noise of later bars moves y alone, and enters by the first weight.
    responses += forms.before[0]! * forms.before[0]!;
    advance(forms, filter);
  }
  return { values: forecasts, standardErrors };
}

/**
 * Log-density of the first value of a series under an ARIMA model without differences: what it adds to the
 * exact likelihood.
 *
 * @param model with d = 0
 * @param first value
 * @returns ln of its normal density about the mean, with the variance of the process
 */
export function firstValueLogDensity(model: ArimaModel, first: number): number {
  assert(model.order.d === 0, "only what is not differenced has a law of its first value");
  const variance = model.innovationVariance * tunedFilter(model, 1).variances[0]!;
  return -(Math.log(2 * Math.PI * variance) + (first - model.mean) ** 2 / variance) / 2;
}

function stationaryPart({ order, mean }: ArimaModel, series: Float64Array): Float64Array {
  return order.d === 1 ? differences(series) : series.map((value) => value - mean);
}

function tunedFilter({ ar, ma }: ArimaModel, bars: number): ArmaFilter {
  const filter = createArmaFilter(bars, ar.length, ma.length);
  filter.ar.set(ar);
  filter.ma.set(ma);
  const partials = partialsOfCoefficients(ar);
  assert(partials !== null, "a fitted autoregression is stationary");
  tuneArmaFilter(filter, partials);
  return filter;
}

/** Weights of the state in a forecast of h bars ahead. */
type Forms = {
  readonly isCumulated: boolean;
  /** Of the state of this bar: in the value, or the sum of the values, h bars on. */
  readonly form: Float64Array;
  /** Of the state of the next bar: the weights that `form` moved on by a bar are made of. */
  readonly before: Float64Array;
  /** Of the value h bars on alone. */
  readonly single: Float64Array;
};

/** Weights of one bar ahead. */
function createForms(filter: ArmaFilter, d: number): Forms {
  const r = filter.stateSize;
  const before = new Float64Array(r);
  before[0] = 1;
  before.set(filter.ma, 1);
  const single = before.slice();
  moveOn(single, filter.ar);
  return { isCumulated: d === 1, form: single.slice(), before, single };
}

/** From h bars ahead to h + 1. */
function advance({ isCumulated, form, before, single }: Forms, { ar }: ArmaFilter): void {
  for (let i = 0; i < form.length; i++) before[i] = single[i]! + (isCumulated ? before[i]! : 0);
  moveOn(single, ar);
  for (let i = 0; i < form.length; i++) form[i] = single[i]! + (isCumulated ? form[i]! : 0);
}

/** Weights of tomorrow's state as weights of today's. */
function moveOn(weights: Float64Array, ar: Float64Array): void {
  const first = weights[0]!;
  for (let i = 0; i < weights.length; i++) {
    const shifted = i + 1 < weights.length ? weights[i + 1]! : 0;
    weights[i] = shifted + (i < ar.length ? first * ar[i]! : 0);
  }
}

/** State of the last bar, as all values tell it. */
function lastState(filter: ArmaFilter, values: Float64Array): Float64Array {
  const { stateSize: r } = filter;
  const forms = new Float64Array(values.length);
  return Float64Array.from({ length: r }, (_, i) => {
    const unit = new Float64Array(r);
    unit[i] = 1;
    filteredForms(filter, values, unit, forms);
    return forms[values.length - 1]!;
  });
}

function stateVariance({ stateSize: r, covariance }: ArmaFilter, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) sum += weights[i]! * covariance[i * r + j]! * weights[j]!;
  }
  return sum;
}
