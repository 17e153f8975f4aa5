import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";

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
 * this one. Heads are summed forwards and tails backwards, both about the first bar of the block, and
 * added. So nothing is ever taken off a sum: a spike leaves no trace once it has left the window, and
 * a million bars are as exact as a hundred. The centre is a bar of every window it serves, so that
 * centring anew costs no more digits than windowBars has.
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
 * Source: Chan, Golub, LeVeque (1983), shifted data. Checked: golden/regression.json.
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

/** Sums of one tail or head: Σ dx, Σ dy, Σ dx², Σ dx dy. */
const SUMS = 4;

type Work = LineSeries & {
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly windowBars: number;
  /** Sums over the last 0, 1 … windowBars − 1 bars before a block. */
  readonly tails: Float64Array;
};

function rollingLines(y: Float64Array, x: Float64Array, windowBars: number): LineSeries {
  const slopes = new Float64Array(y.length);
  const intercepts = new Float64Array(y.length);
  // Before the first block there is nothing: sums of NaN make lines of NaN until the window is full.
  const tails = new Float64Array(SUMS * windowBars).fill(Number.NaN, SUMS);
  const work = { y, x, windowBars, tails, slopes, intercepts };
  for (let start = 0; start < y.length; start += windowBars) {
    if (start > 0) sumTails(work, start);
    fitBlock(work, start);
  }
  return { slopes, intercepts };
}

/** Tails of the block before, about the first bar of the block. */
function sumTails({ y, x, tails }: Work, start: number): void {
  const centreX = x[start]!;
  const centreY = y[start]!;
  let sumX = 0;
  let sumY = 0;
  let sumXx = 0;
  let sumXy = 0;
  for (let bar = start - 1, tail = SUMS; tail < tails.length; bar--, tail += SUMS) {
    const dx = x[bar]! - centreX;
    const dy = y[bar]! - centreY;
    sumX += dx;
    sumY += dy;
    sumXx += dx * dx;
    sumXy += dx * dy;
    tails[tail] = sumX;
    tails[tail + 1] = sumY;
    tails[tail + 2] = sumXx;
    tails[tail + 3] = sumXy;
  }
}

/** Lines of the windows that end in a block: its heads, joined with the tails before it. */
function fitBlock({ y, x, windowBars, tails, slopes, intercepts }: Work, start: number): void {
  const end = Math.min(start + windowBars, y.length);
  const share = 1 / windowBars;
  const centreX = x[start]!;
  const centreY = y[start]!;
  let headX = 0;
  let headY = 0;
  let headXx = 0;
  let headXy = 0;
  for (let t = start, tail = tails.length - SUMS; t < end; t++, tail -= SUMS) {
    const dx = x[t]! - centreX;
    const dy = y[t]! - centreY;
    headX += dx;
    headY += dy;
    headXx += dx * dx;
    headXy += dx * dy;
    const sumX = headX + tails[tail]!;
    const shiftX = sumX * share;
    const shiftY = (headY + tails[tail + 1]!) * share;
    const sxx = headXx + tails[tail + 2]! - sumX * shiftX;
    const sxy = headXy + tails[tail + 3]! - sumX * shiftY;
    const meanX = centreX + shiftX;
    const slope = isRoundingNoise(sxx, windowBars, meanX) ? Number.NaN : sxy / sxx;
    slopes[t] = slope;
    intercepts[t] = centreY + shiftY - slope * meanX;
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
