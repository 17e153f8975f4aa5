import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";

/** Result of hedgeRatioBreak. */
export type HedgeRatioBreak = {
  /** Largest Wald statistic over the candidate bars (two times F). */
  readonly statistic: number;
  readonly pValue: number;
  /** Last bar of the first regime, 0-based. */
  readonly breakIndex: number;
  /** Hedge ratio of the regression up to the break, and after it. */
  readonly hedgeRatioBefore: number;
  readonly hedgeRatioAfter: number;
};

/** Coefficients that may break: slope and intercept. */
const COEFFICIENTS = 2;
/** Residuals below this share of the variation of y are the rounding of the running sums. */
const RESIDUAL_SHARE_MIN = 1e-12;

/**
 * Break of the hedge ratio at an unknown bar: whether two lines fit a pair better than one, and where
 * the first ends.
 *
 * For each bar in the middle 1 − 2·trim of the history, Wald = (SSR − SSR₁ − SSR₂) (n − 4) /
 * (SSR₁ + SSR₂); the statistic is the largest. Its p-value, for a squared Bessel process of
 * dimension p = 2: c^(p/2) e^(−c/2) / (2^(p/2) Γ(p/2)) · ((1 − p/c) ln λ + 2/c), λ = ((1 − trim) / trim)²,
 * exact to 0.002 below 0.1, rough above, 1 for c ≤ p.
 * Null hypothesis: intercept and slope are constant, and residuals do not depend on each other. On
 * returns it is a test. On prices it finds the bar, but its p-value is no evidence: with residuals
 * of φ = 0.9 about one constant line it rejects nearly always (nominal 5 %, 250 bars: 99 %; with
 * independent residuals about a random walk 6 %).
 *
 * @param y n finite values, oldest first, returns or log prices
 * @param x n finite values, aligned with y
 * @param options.trim share of the bars at each end that holds no break, in [0.01, 0.49]; 0.15
 *   unless told
 * @returns statistic, p-value, bar and both hedge ratios; see HedgeRatioBreak
 * @throws {InvalidInputError} lengths differ, a value is not finite; "too-short": fewer than 10 bars
 *   or 3 bars at an end; "out-of-range": trim; "constant": x does not vary in some part;
 *   "collinear": two lines leave no residual
 *
 * Cost: O(n). Source: Andrews (1993); p-value Estrella (2003), Econometric Theory 19, after James,
 * James, Siegmund (1987). Checked: the critical values of Andrews (2003) in the test.
 */
export function hedgeRatioBreak(
  y: Float64Array,
  x: Float64Array,
  options: { readonly trim?: number } = {},
): HedgeRatioBreak {
  const { trim = 0.15 } = options;
  if (!(trim >= 0.01 && trim <= 0.49)) {
    throw new InvalidInputError("out-of-range", "trim must lie between 0.01 and 0.49");
  }
  requireAlignedSeries(y, x, 10);
  const n = y.length;
  const margin = Math.max(Math.floor(n * trim), 3);
  if (n < 2 * margin + 1) {
    throw new InvalidInputError("too-short", "too few bars for a break between the trimmed ends");
  }
  const before = leadingLines(y, x);
  // Read backwards, the line of the last k bars is the k-th leading one.
  const after = leadingLines(y.toReversed(), x.toReversed());
  const magnitude = x.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (const { xSquares } of [before, after]) {
    // The sums only grow: what varies in the margin varies in every longer part.
    if (isRoundingNoise(xSquares[margin - 1]!, margin, magnitude)) {
      throw new InvalidInputError("constant", "x does not vary at one end of the history");
    }
  }

  let breakIndex = -1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = margin - 1; i <= n - margin - 1; i++) {
    const left = before.residualSquares[i]! + after.residualSquares[n - i - 2]!;
    if (left < smallest) {
      smallest = left;
      breakIndex = i;
    }
  }
  const whole = before.residualSquares[n - 1]!;
  if (smallest <= RESIDUAL_SHARE_MIN * before.ySquares) {
    throw new InvalidInputError("collinear", "two lines leave no residual");
  }
  const statistic = ((whole - smallest) * (n - 2 * COEFFICIENTS)) / smallest;
  return {
    statistic,
    pValue: supremumWaldPValue(statistic, COEFFICIENTS, trim),
    breakIndex,
    hedgeRatioBefore: before.slopes[breakIndex]!,
    hedgeRatioAfter: after.slopes[n - breakIndex - 2]!,
  };
}

/**
 * p-value of the largest Wald statistic over the middle of a history.
 *
 * @param statistic c ≥ 0
 * @param coefficients p, how many may break, 1 or 2
 * @param trim share of the bars at each end that is left out
 * @returns a probability; 1 for c ≤ p, where the approximation does not hold
 *
 * Cost: O(1). Source: Estrella (2003), Econometric Theory 19.
 */
export function supremumWaldPValue(statistic: number, coefficients: 1 | 2, trim: number): number {
  if (statistic <= coefficients) return 1;
  // 2^(p/2) Γ(p/2) is √(2π) for p = 1 and 2 for p = 2.
  const norm = coefficients === 1 ? Math.sqrt(2 * Math.PI) : 2;
  const density = (statistic ** (coefficients / 2) * Math.exp(-statistic / 2)) / norm;
  const logSpan = 2 * Math.log((1 - trim) / trim);
  const crossings = (1 - coefficients / statistic) * logSpan + 2 / statistic;
  return Math.min(1, density * crossings);
}

/** The regressions on the first 1, 2, … n bars. */
type LeadingLines = {
  readonly slopes: Float64Array;
  readonly residualSquares: Float64Array;
  readonly xSquares: Float64Array;
  /** Σ (y − ȳ)² of all bars. */
  readonly ySquares: number;
};

/** Centred sums are carried from bar to bar. Source: Welford (1962). */
function leadingLines(y: Float64Array, x: Float64Array): LeadingLines {
  const n = y.length;
  const slopes = new Float64Array(n);
  const residualSquares = new Float64Array(n);
  const xSquares = new Float64Array(n);
  let meanY = 0;
  let meanX = 0;
  let syy = 0;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    const dy = y[i]! - meanY;
    const dx = x[i]! - meanX;
    meanY += dy / (i + 1);
    meanX += dx / (i + 1);
    syy += dy * (y[i]! - meanY);
    sxx += dx * (x[i]! - meanX);
    sxy += dx * (y[i]! - meanY);
    slopes[i] = sxy / sxx;
    residualSquares[i] = Math.max(0, syy - (sxy * sxy) / sxx);
    xSquares[i] = sxx;
  }
  return { slopes, residualSquares, xSquares, ySquares: syy };
}
