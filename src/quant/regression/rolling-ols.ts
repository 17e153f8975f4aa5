import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { createLineMoments, type LineMoments } from "./line-moments.ts";

/** The line of every bar; NaN where there is none. */
export type LineSeries = {
  readonly slopes: Float64Array;
  /** Zero throughout when no intercept is fitted. */
  readonly intercepts: Float64Array;
};

/**
 * Rolling least squares of y on x: the hedge ratio as it was known at each bar.
 *
 * y = a + b x + e over the last windowBars bars.
 *
 * A window that ends within a block of windowBars bars is a tail of the block before and a head of
 * this one. Heads are summed forwards and tails backwards, each about its own mean, and the two are
 * joined. So nothing is ever subtracted: a spike leaves no trace once it has left the window, and a
 * million bars are as exact as a hundred.
 *
 * @param y n finite values, oldest first
 * @param x n finite values, aligned with y
 * @param options.windowBars bars of a window, a whole number ≥ 2 (≥ 1 without intercept), ≤ n
 * @param options.intercept whether a is fitted; true by default
 * @returns slopes and intercepts, one a bar; NaN before the first full window and where x does not
 *   vary within it
 * @throws {InvalidInputError} lengths differ, a value is not finite, "too-short": fewer bars than
 *   the window, "out-of-range": the window is no such number
 *
 * Cost: O(n), whatever the window. Convention: matches statsmodels OLS on every window; RollingOLS
 * does not centre and differs in the ninth digit on prices.
 * Source: Chan, Golub, LeVeque (1983), pairwise updating. Checked: golden/regression.json.
 */
export function rollingOls(
  y: Float64Array,
  x: Float64Array,
  options: { readonly windowBars: number; readonly intercept?: boolean },
): LineSeries {
  const { windowBars, intercept = true } = options;
  const windowMin = intercept ? 2 : 1;
  if (!Number.isInteger(windowBars) || windowBars < windowMin) {
    throw new InvalidInputError("out-of-range", `a window has at least ${windowMin} whole bars`);
  }
  requireAlignedSeries(y, x, windowBars);
  return intercept ? rollingLines(y, x, windowBars) : rollingRays(y, x, windowBars);
}

function rollingLines(y: Float64Array, x: Float64Array, windowBars: number): LineSeries {
  const n = y.length;
  const slopes = new Float64Array(n).fill(Number.NaN);
  const intercepts = new Float64Array(n).fill(Number.NaN);
  const tail = createLineMoments(windowBars);
  const inverse = Float64Array.from({ length: windowBars + 1 }, (_, count) => 1 / count);
  for (let start = 0; start < n; start += windowBars) {
    if (start > 0) fillTail(tail, { y, x, start, windowBars, inverse });
    let headX = 0;
    let headY = 0;
    let headXx = 0;
    let headXy = 0;
    const end = Math.min(start + windowBars, n);
    for (let t = start; t < end; t++) {
      const inHead = t - start + 1;
      const weight = inverse[inHead]!;
      const dx = x[t]! - headX;
      const dy = y[t]! - headY;
      headX += dx * weight;
      headY += dy * weight;
      // dx · (x − new mean), written so that it cannot fall below zero.
      const part = dx * (1 - weight);
      headXx += dx * part;
      headXy += dy * part;
      if (t < windowBars - 1) continue;
      let meanX = headX;
      let meanY = headY;
      let sxx = headXx;
      let sxy = headXy;
      const inTail = windowBars - inHead;
      if (inTail > 0) {
        const shiftX = tail.meanX[inTail - 1]! - meanX;
        const shiftY = tail.meanY[inTail - 1]! - meanY;
        const share = inTail * inverse[windowBars]!;
        const apart = shiftX * inHead * share;
        sxx += tail.sxx[inTail - 1]! + shiftX * apart;
        sxy += tail.sxy[inTail - 1]! + shiftY * apart;
        meanX += shiftX * share;
        meanY += shiftY * share;
      }
      if (isRoundingNoise(sxx, windowBars, meanX)) continue;
      const slope = sxy / sxx;
      slopes[t] = slope;
      intercepts[t] = meanY - slope * meanX;
    }
  }
  return { slopes, intercepts };
}

/** Moments of the last 1, 2 … windowBars bars before a block, each about its own mean. */
function fillTail(
  tail: LineMoments,
  block: {
    readonly y: Float64Array;
    readonly x: Float64Array;
    readonly start: number;
    readonly windowBars: number;
    /** 1 / count. */
    readonly inverse: Float64Array;
  },
): void {
  const { y, x, start, windowBars, inverse } = block;
  let meanX = 0;
  let meanY = 0;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < windowBars; i++) {
    const dx = x[start - 1 - i]! - meanX;
    const dy = y[start - 1 - i]! - meanY;
    const weight = inverse[i + 1]!;
    meanX += dx * weight;
    meanY += dy * weight;
    const part = dx * (1 - weight);
    sxx += dx * part;
    sxy += dy * part;
    tail.meanX[i] = meanX;
    tail.meanY[i] = meanY;
    tail.sxx[i] = sxx;
    tail.sxy[i] = sxy;
  }
}

/** Lines through the origin: the sums about zero, from the same heads and tails. */
function rollingRays(y: Float64Array, x: Float64Array, windowBars: number): LineSeries {
  const n = y.length;
  const slopes = new Float64Array(n).fill(Number.NaN);
  const intercepts = new Float64Array(n).fill(Number.NaN);
  const tailXx = new Float64Array(windowBars);
  const tailXy = new Float64Array(windowBars);
  for (let start = 0; start < n; start += windowBars) {
    let xx = 0;
    let xy = 0;
    for (let i = 1; i <= windowBars && start > 0; i++) {
      xx += x[start - i]! * x[start - i]!;
      xy += x[start - i]! * y[start - i]!;
      tailXx[i - 1] = xx;
      tailXy[i - 1] = xy;
    }
    xx = 0;
    xy = 0;
    for (let t = start; t < Math.min(start + windowBars, n); t++) {
      xx += x[t]! * x[t]!;
      xy += x[t]! * y[t]!;
      if (t < windowBars - 1) continue;
      const inTail = windowBars - 1 - (t - start);
      const squares = inTail > 0 ? xx + tailXx[inTail - 1]! : xx;
      if (squares === 0) continue;
      slopes[t] = (inTail > 0 ? xy + tailXy[inTail - 1]! : xy) / squares;
      intercepts[t] = 0;
    }
  }
  return { slopes, intercepts };
}
