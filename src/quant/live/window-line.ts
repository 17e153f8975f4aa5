import { betaOf, coMoments } from "../rolling/rolling-co-movement.ts";
import { windowMean } from "../rolling/rolling-mean.ts";

/** A line y = intercept + hedgeRatio · x. */
export type HedgeLine = { readonly hedgeRatio: number; readonly intercept: number };

/** Which bars of two aligned series. */
export type BarSpan = { readonly start: number; readonly end: number };

/**
 * Line of a window by least squares: the hedge ratio of its last bar.
 *
 * @param y finite values, oldest first
 * @param x finite values, aligned with y
 * @param span start ≤ i < end, at least two bars
 * @param hasIntercept whether an intercept is fitted; without, the line goes through the origin
 * @returns the line; null where x does not vary (is zero throughout, without intercept)
 *
 * Cost: O(end − start). Convention: matches rollingOls to 1e-9. Checked: against it in the test.
 */
export function windowLine(
  y: Float64Array,
  x: Float64Array,
  span: BarSpan,
  hasIntercept: boolean,
): HedgeLine | null {
  const { start, end } = span;
  if (!hasIntercept) return windowRay(y, x, span);
  const hedgeRatio = betaOf(coMoments(y, x, start, end));
  if (Number.isNaN(hedgeRatio)) return null;
  return {
    hedgeRatio,
    intercept: windowMean(y, start, end) - hedgeRatio * windowMean(x, start, end),
  };
}

function windowRay(y: Float64Array, x: Float64Array, { start, end }: BarSpan): HedgeLine | null {
  let xx = 0;
  let xy = 0;
  for (let i = start; i < end; i++) {
    xx += x[i]! * x[i]!;
    xy += x[i]! * y[i]!;
  }
  return xx === 0 ? null : { hedgeRatio: xy / xx, intercept: 0 };
}

/**
 * Hedge ratio of the desk: sample covariance over population variance, without an intercept.
 *
 * cov(y, x; ddof 1) / var(x; ddof 0) = n / (n − 1) times the slope of least squares.
 *
 * @param y finite values, oldest first
 * @param x finite values, aligned with y
 * @param span start ≤ i < end, at least two bars
 * @returns the line through the origin; null where x does not vary
 *
 * Cost: O(end − start). Convention: matches numpy.cov(y, x)[0, 1] / numpy.var(x).
 */
export function deskLine(y: Float64Array, x: Float64Array, span: BarSpan): HedgeLine | null {
  const n = span.end - span.start;
  const slope = betaOf(coMoments(y, x, span.start, span.end));
  return Number.isNaN(slope) ? null : { hedgeRatio: (slope * n) / (n - 1), intercept: 0 };
}
