import { autoregressiveCovariances } from "./partial-autocorrelations.ts";

/**
 * Kalman filter of an autoregressive moving average, the part that does not depend on data, with its work
 * space.
 *
 * yₜ = Σ φᵢ yₜ₋ᵢ + eₜ, xₜ = yₜ + Σ θⱼ yₜ₋ⱼ; the state of bar t is (yₜ … yₜ₋ᵣ₊₁), r = max(p, q + 1), and
 * variances are multiples of that of e.
 */
export type ArmaFilter = {
  /** φ, lag 1 first. */
  readonly ar: Float64Array;
  /** θ, lag 1 first. */
  readonly ma: Float64Array;
  /** r. */
  readonly stateSize: number;
  /** Variance of the innovation of each bar before steadyFrom; 1 from there on. */
  readonly variances: Float64Array;
  /** By how much an innovation moves the state: r numbers a bar before steadyFrom; yₜ alone from there on. */
  readonly gains: Float64Array;
  /** Of the state of the bar after the last, as predicted; r × r. */
  readonly covariance: Float64Array;
  /** First bar whose past says all that an endless past would. */
  steadyFrom: number;
  /** y, bar 0 at place r; and what the filter needs before it. */
  readonly path: Float64Array;
  /** r numbers. */
  readonly state: Float64Array;
  /** r numbers. */
  readonly column: Float64Array;
};

/** Variance of the state, in that of the noise, below which it counts as known. */
const KNOWN_VARIANCE = 1e-14;

/**
 * An empty filter; set `ar` and `ma`, then call tuneArmaFilter.
 *
 * @param bars of the longest series that it is for
 * @param p order of the autoregression, ≥ 0
 * @param q order of the moving average, ≥ 0
 * @returns its work space
 */
export function createArmaFilter(bars: number, p: number, q: number): ArmaFilter {
  const stateSize = Math.max(p, q + 1);
  return {
    ar: new Float64Array(p),
    ma: new Float64Array(q),
    stateSize,
    variances: new Float64Array(bars),
    gains: new Float64Array(bars * stateSize),
    covariance: new Float64Array(stateSize * stateSize),
    steadyFrom: 0,
    path: new Float64Array(bars + stateSize),
    state: new Float64Array(stateSize),
    column: new Float64Array(stateSize),
  };
}

/**
 * Variances and gains of a filter that starts in the stationary law, until they stand still.
 *
 * @param filter its ar and ma are set; the rest is overwritten
 * @param partials partial autocorrelations of ar
 *
 * Cost: O(bars before steadyFrom · r²): r bars without moving average, few where its roots are far from the
 * unit circle, all of them beside it. Source: Harvey (1989), Forecasting, Structural Time Series Models and
 * the Kalman Filter, 3.3; the state is that of Hamilton (1994), Time Series Analysis, 13.1.
 */
export function tuneArmaFilter(filter: ArmaFilter, partials: Float64Array): void {
  const { stateSize: r, covariance, variances } = filter;
  const covariances = filter.column;
  autoregressiveCovariances(partials, covariances);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) covariance[i * r + j] = covariances[Math.abs(i - j)]!;
  }
  const bars = variances.length;
  for (let t = 0; t < bars; t++) {
    const isKnown = observe(filter, t);
    predict(filter);
    if (!isKnown) continue;
    filter.steadyFrom = t + 1;
    covariance.fill(0);
    covariance[0] = 1;
    return;
  }
  filter.steadyFrom = bars;
}

/**
 * What the value of bar t tells: covariance −= M Mᵀ / F with M = covariance · (1, θ); answers whether the
 * state is known then.
 */
function observe(filter: ArmaFilter, t: number): boolean {
  const { ma, stateSize: r, gains, covariance, column } = filter;
  const q = ma.length;
  for (let i = 0; i < r; i++) {
    const row = i * r;
    let sum = covariance[row]!;
    for (let j = 0; j < q; j++) sum += covariance[row + j + 1]! * ma[j]!;
    column[i] = sum;
  }
  let variance = column[0]!;
  for (let j = 0; j < q; j++) variance += ma[j]! * column[j + 1]!;
  filter.variances[t] = variance;
  const share = 1 / variance;
  let isKnown = true;
  for (let i = 0; i < r; i++) {
    const row = i * r;
    const gain = column[i]! * share;
    gains[t * r + i] = gain;
    for (let j = 0; j <= i; j++) {
      const value = covariance[row + j]! - gain * column[j]!;
      covariance[row + j] = value;
      covariance[j * r + i] = value;
    }
    if (Math.abs(covariance[row + i]!) > KNOWN_VARIANCE) isKnown = false;
  }
  return isKnown;
}

/** One bar on: y becomes yₜ₊₁, what it was moves down. */
function predict({ ar, stateSize: r, covariance, column }: ArmaFilter): void {
  const p = ar.length;
  for (let j = 0; j < r; j++) {
    let sum = 0;
    for (let k = 0; k < p; k++) sum += ar[k]! * covariance[j * r + k]!;
    column[j] = sum;
  }
  for (let i = r - 1; i > 0; i--) {
    for (let j = i; j > 0; j--) {
      const value = covariance[(i - 1) * r + j - 1]!;
      covariance[i * r + j] = value;
      covariance[j * r + i] = value;
    }
  }
  let variance = 1;
  for (let k = 0; k < p; k++) variance += ar[k]! * column[k]!;
  covariance[0] = variance;
  for (let j = 1; j < r; j++) {
    covariance[j] = column[j - 1]!;
    covariance[j * r] = column[j - 1]!;
  }
}

/**
 * A linear form of the state of every bar, as the values up to it tell it: a forecast, when the form is one.
 *
 * @param filter tuned
 * @param values of the process less its mean, at most as many as the filter has bars, oldest first
 * @param form r numbers, the weights of (yₜ … yₜ₋ᵣ₊₁)
 * @param into as long as values, overwritten: element t is made of values[0 … t]
 *
 * Cost: O(n (r + q)).
 */
export function filteredForms(
  filter: ArmaFilter,
  values: Float64Array,
  form: Float64Array,
  into: Float64Array,
): void {
  const { ma, stateSize: r, path } = filter;
  const q = ma.length;
  const n = values.length;
  const early = Math.min(filter.steadyFrom, n);
  startForms(filter, values, form, into);
  for (let t = early; t < n; t++) {
    const place = t + r;
    let y = values[t]!;
    for (let j = 0; j < q; j++) y -= ma[j]! * path[place - 1 - j]!;
    path[place] = y;
    let sum = form[0]! * y;
    for (let i = 1; i < r; i++) sum += form[i]! * path[place - i]!;
    into[t] = sum;
  }
}

/** The bars before the filter is steady; leaves the state in the path. */
function startForms(
  { ar, ma, stateSize: r, gains, state, path, steadyFrom }: ArmaFilter,
  values: Float64Array,
  form: Float64Array,
  into: Float64Array,
): void {
  const p = ar.length;
  const q = ma.length;
  const early = Math.min(steadyFrom, values.length);
  state.fill(0);
  for (let t = 0; t < early; t++) {
    let y = 0;
    for (let k = 0; k < p; k++) y += ar[k]! * state[k]!;
    for (let i = r - 1; i > 0; i--) state[i] = state[i - 1]!;
    state[0] = y;
    let innovation = values[t]! - y;
    for (let j = 0; j < q; j++) innovation -= ma[j]! * state[j + 1]!;
    let sum = 0;
    for (let i = 0; i < r; i++) {
      state[i]! += gains[t * r + i]! * innovation;
      sum += form[i]! * state[i]!;
    }
    into[t] = sum;
  }
  for (let i = 0; i < r; i++) path[early - 1 - i + r] = state[i]!;
}
