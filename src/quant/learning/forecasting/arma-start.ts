import { leastSquares } from "../../linalg/least-squares.ts";
import { freeOfPartial, levinsonStep, partialsOfCoefficients } from "./partial-autocorrelations.ts";

/** No search starts nearer to the unit circle: there its slopes vanish. */
const START_PARTIAL_MAX = 0.95;

/** First and second partial autocorrelations that starts are spread over. */
const START_PARTIALS = [
  [-0.9, -0.5, 0, 0.5, 0.9],
  [-0.8, 0, 0.8],
] as const;

/**
 * Where else the search may start: the likelihood of a moving average has several summits.
 *
 * @param p order of the autoregression
 * @param q order of the moving average
 * @returns values of each of p + q free numbers, spread over the first two partial autocorrelations of
 *   either part; at most 225 points in all
 */
export function armaStartAxes(p: number, q: number): readonly Float64Array[] {
  return [p, q].flatMap((order) =>
    Array.from({ length: order }, (_, k) =>
      Float64Array.from(START_PARTIALS[k] ?? [0], freeOfPartial),
    ),
  );
}

/**
 * Where the search for an autoregressive moving average starts.
 *
 * Without moving average the sample's partial autocorrelations. With one the innovations are those of a
 * long autoregression, and x is regressed on its lags and theirs; where that is not stationary or not
 * invertible, the sample's partial autocorrelations and no moving average.
 *
 * @param values less their mean, n > 2 (p + q) + 10, not all 0, oldest first
 * @param p order of the autoregression
 * @param q order of the moving average
 * @returns p + q free numbers, see createArmaObjective
 *
 * Cost: O(n (log n + (p + q)²)). Source: Hannan and Rissanen (1982), Biometrika 69.
 */
export function armaStart(values: Float64Array, p: number, q: number): Float64Array {
  const longOrder = q === 0 ? p : longOrderOf(values.length, p, q);
  const long = sampleAutoregression(values, longOrder);
  const regressed = q === 0 ? null : hannanRissanen(values, long.coefficients, p, q);
  const ar = partialsOfCoefficients(regressed?.subarray(0, p) ?? long.coefficients);
  const ma = partialsOfCoefficients(regressed?.subarray(p).map((v) => -v) ?? new Float64Array(q));
  const free = new Float64Array(p + q);
  for (let k = 0; k < p; k++) free[k] = startOf(ar?.[k] ?? long.partials[k]!);
  for (let k = 0; k < q; k++) free[p + k] = startOf(ma?.[k] ?? 0);
  return free;
}

function startOf(partial: number): number {
  return freeOfPartial(Math.max(-START_PARTIAL_MAX, Math.min(START_PARTIAL_MAX, partial)));
}

/** Long enough for what a moving average leaves behind, short enough for the regression after it. */
function longOrderOf(n: number, p: number, q: number): number {
  const usual = Math.floor(10 * Math.log10(n));
  return Math.min(Math.max(usual, p + q), Math.floor((n - 2 * (p + q)) / 2));
}

/** Yule–Walker: always stationary. */
function sampleAutoregression(
  values: Float64Array,
  order: number,
): { readonly coefficients: Float64Array; readonly partials: Float64Array } {
  const coefficients = new Float64Array(order);
  const partials = new Float64Array(order);
  const covariances = new Float64Array(order + 1);
  for (let lag = 0; lag <= order; lag++) {
    let sum = 0;
    for (let t = lag; t < values.length; t++) sum += values[t]! * values[t - lag]!;
    covariances[lag] = sum;
  }
  let variance = covariances[0]!;
  for (let k = 1; k <= order; k++) {
    let product = covariances[k]!;
    for (let j = 0; j < k - 1; j++) product -= coefficients[j]! * covariances[k - 1 - j]!;
    const partial = variance > 0 ? product / variance : 0;
    partials[k - 1] = partial;
    levinsonStep(coefficients, k, partial);
    variance *= (1 - partial) * (1 + partial);
  }
  return { coefficients, partials };
}

/** φ and θ of the regression, or null where its columns depend on each other. */
function hannanRissanen(
  values: Float64Array,
  long: Float64Array,
  p: number,
  q: number,
): Float64Array | null {
  const n = values.length;
  const innovations = new Float64Array(n);
  for (let t = long.length; t < n; t++) {
    let innovation = values[t]!;
    for (let j = 0; j < long.length; j++) innovation -= long[j]! * values[t - 1 - j]!;
    innovations[t] = innovation;
  }
  const first = long.length + q;
  const lagged = (series: Float64Array, count: number): Float64Array[] =>
    Array.from({ length: count }, (_, k) => series.slice(first - 1 - k, n - 1 - k));
  const columns = [...lagged(values, p), ...lagged(innovations, q)];
  return leastSquares(columns, values.slice(first))?.coefficients ?? null;
}
