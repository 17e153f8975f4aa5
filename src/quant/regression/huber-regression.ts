import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";
import { median } from "./median.ts";

/** Median absolute deviation of a standard normal: Φ⁻¹(3/4). */
const NORMAL_MAD = 0.6744897501960817;

const ITERATIONS_MAX = 5000;

/** A line that outliers cannot bend far. */
export type HuberRegression = {
  readonly slope: number;
  readonly intercept: number;
  readonly standardErrors: { readonly slope: number; readonly intercept: number };
  /** Median absolute residual / Φ⁻¹(3/4): the standard deviation of the bulk. */
  readonly scale: number;
  /** Weight of every bar, in (0, 1]; 1 within the threshold. */
  readonly weights: Float64Array;
  readonly residuals: Float64Array;
};

/**
 * Huber regression of y on a constant and x: least squares in which a far residual counts by its
 * size, not by its square.
 *
 * Weights min(1, t s / |e|), s the scale, iterated from least squares to the fixed point.
 *
 * @param y n ≥ 3 finite values, oldest first
 * @param x n finite values, aligned with y, not constant
 * @param options.threshold t in units of the scale, > 0; 1.345 by default, 95 % efficient for
 *   normal errors
 * @returns line, errors, scale, weights and residuals; see HuberRegression
 * @throws {InvalidInputError} as simpleOls; "out-of-range": threshold ≤ 0; "collinear": more than
 *   half of the bars lie on the line exactly, so that there is no scale
 *
 * Cost: O(n log n) an iteration, some tens of them. Convention: matches statsmodels RLM with HuberT,
 * scale by MAD, covariance H1, iterated until the coefficients stand still.
 * Source: Huber (1981), chapter 7. Checked: golden/regression.json.
 */
export function huberRegression(
  y: Float64Array,
  x: Float64Array,
  options: { readonly threshold?: number } = {},
): HuberRegression {
  const { threshold = 1.345 } = options;
  if (!(threshold > 0)) {
    throw new InvalidInputError("out-of-range", "the threshold must be above zero");
  }
  const start = simpleOls(y, x);
  const meanX = mean(x);
  const meanY = mean(y);
  const dx = x.map((value) => value - meanX);
  const dy = y.map((value) => value - meanY);
  let line: Line = { level: 0, slope: start.slope };
  let residuals = residualsOf(dy, dx, line);
  let scale = scaleOf(residuals, meanY);
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    const next = weightedLine(dy, dx, weightsOf(residuals, threshold * scale));
    const step = Math.abs(next.level - line.level) + Math.abs(next.slope - line.slope);
    line = next;
    residuals = residualsOf(dy, dx, line);
    scale = scaleOf(residuals, meanY);
    if (step <= 1e-15 * (Math.abs(line.level) + Math.abs(line.slope))) break;
  }
  return {
    slope: line.slope,
    intercept: meanY + line.level - line.slope * meanX,
    standardErrors: standardErrors({ residuals, dx, meanX, scale, threshold }),
    scale,
    weights: weightsOf(residuals, threshold * scale),
    residuals,
  };
}

/** About the means of the series: level is the line's height at the mean of x, less that of y. */
type Line = { readonly level: number; readonly slope: number };

function residualsOf(dy: Float64Array, dx: Float64Array, line: Line): Float64Array {
  return dy.map((value, i) => value - line.level - line.slope * dx[i]!);
}

function scaleOf(residuals: Float64Array, magnitude: number): number {
  const deviation = median(residuals.map(Math.abs));
  if (isRoundingNoise(deviation * deviation, 1, magnitude)) {
    throw new InvalidInputError("collinear", "more than half of the bars lie on the line exactly");
  }
  return deviation / NORMAL_MAD;
}

function weightsOf(residuals: Float64Array, bound: number): Float64Array {
  return residuals.map((residual) =>
    Math.abs(residual) <= bound ? 1 : bound / Math.abs(residual),
  );
}

function weightedLine(dy: Float64Array, dx: Float64Array, weights: Float64Array): Line {
  let sum = 0;
  let centreX = 0;
  let centreY = 0;
  for (let i = 0; i < dx.length; i++) {
    sum += weights[i]!;
    centreX += weights[i]! * dx[i]!;
    centreY += weights[i]! * dy[i]!;
  }
  centreX /= sum;
  centreY /= sum;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < dx.length; i++) {
    const part = weights[i]! * (dx[i]! - centreX);
    sxx += part * (dx[i]! - centreX);
    sxy += part * (dy[i]! - centreY);
  }
  const slope = sxy / sxx;
  return { slope, level: centreY - slope * centreX };
}

/** Huber's first covariance: K² Σψ² / (n − 2) / (mean of ψ′)² · (XᵀX)⁻¹. */
function standardErrors(fit: {
  readonly residuals: Float64Array;
  readonly dx: Float64Array;
  readonly meanX: number;
  readonly scale: number;
  readonly threshold: number;
}): HuberRegression["standardErrors"] {
  const { residuals, dx, meanX, scale, threshold } = fit;
  const n = residuals.length;
  let inside = 0;
  let psiSquares = 0;
  let sxx = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(residuals[i]!) / scale;
    if (size <= threshold) inside++;
    psiSquares += Math.min(size, threshold) ** 2;
    sxx += dx[i]! * dx[i]!;
  }
  const share = inside / n;
  const correction = 1 + ((2 / n) * (1 - share)) / share;
  const variance = (correction / share) ** 2 * ((psiSquares * scale * scale) / (n - 2));
  return {
    slope: Math.sqrt(variance / sxx),
    intercept: Math.sqrt(variance * (1 / n + (meanX * meanX) / sxx)),
  };
}
