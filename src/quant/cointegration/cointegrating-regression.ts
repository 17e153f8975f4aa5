import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";

/** First step of a cointegration test: y on x, a constant and perhaps a trend. */
export type CointegratingRegression = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** Coefficient of t = 1 … n; 0 without trend. */
  readonly trendPerBar: number;
  readonly rSquared: number;
  readonly residuals: Float64Array;
};

/**
 * Cointegrating regression: the combination of two series that comes closest to standing still.
 *
 * yₜ = α + β xₜ [+ δ t] + eₜ. With a trend, y and x are first freed of theirs; the rest is a line
 * (Frisch and Waugh 1933).
 *
 * @param y n ≥ 4 finite values, oldest first
 * @param x n finite values, aligned with y
 * @param trend "c" constant, "ct" constant and linear trend
 * @returns coefficients, R² of the whole regression and residuals
 * @throws {InvalidInputError} "constant": x or y does not vary, or nothing but a trend is in it
 *
 * Cost: O(n). Convention: matches OLS(y, add_trend(x, trend)) of statsmodels.
 * Checked: golden/engle-granger.json.
 */
export function cointegratingRegression(
  y: Float64Array,
  x: Float64Array,
  trend: "c" | "ct",
): CointegratingRegression {
  if (trend === "c") {
    const { slope, intercept, rSquared, residuals } = simpleOls(y, x);
    return { hedgeRatio: slope, intercept, trendPerBar: 0, rSquared, residuals };
  }
  const ownY = detrended(y, "y");
  const ownX = detrended(x, "x");
  const line = simpleOls(ownY.rest, ownX.rest);
  const trendPerBar = ownY.slope - line.slope * ownX.slope;
  const middle = (y.length + 1) / 2;
  return {
    hedgeRatio: line.slope,
    intercept: ownY.mean - line.slope * ownX.mean - trendPerBar * middle,
    trendPerBar,
    rSquared: 1 - line.residualSumOfSquares / ownY.squares,
    residuals: line.residuals,
  };
}

type Detrended = {
  readonly rest: Float64Array;
  readonly slope: number;
  readonly mean: number;
  /** Σ (value − mean)², the trend included. */
  readonly squares: number;
};

function detrended(values: Float64Array, name: string): Detrended {
  const n = values.length;
  const centre = mean(values);
  const middle = (n - 1) / 2;
  let squares = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i]! - centre;
    squares += deviation * deviation;
    product += (i - middle) * deviation;
  }
  // Σ (i − middle)² in closed form.
  const slope = (12 * product) / (n * (n * n - 1));
  const rest = values.map((value, i) => value - centre - slope * (i - middle));
  let restSquares = 0;
  for (const value of rest) restSquares += value * value;
  const magnitude = Math.abs(centre) + Math.abs(slope) * n;
  if (isRoundingNoise(restSquares, n, magnitude)) {
    throw new InvalidInputError("constant", `${name} does not vary about its trend`);
  }
  return { rest, slope, mean: centre, squares };
}
