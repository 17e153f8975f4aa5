import { InvalidInputError } from "../invalid-input-error.ts";
import { linearFit } from "../regression/linear-fit.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";

/** Terms of the first step: constant, constant and trend, or these and the squared trend. */
export type CointegratingTrend = "c" | "ct" | "ctt";

/** First step of a cointegration test: y on x, a constant and perhaps a trend. */
export type CointegratingRegression = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** Coefficient of t = 1 … n; 0 without trend. */
  readonly trendPerBar: number;
  /** Coefficient of t²; 0 without squared trend. */
  readonly trendSquaredPerBar: number;
  readonly rSquared: number;
  readonly residuals: Float64Array;
};

/**
 * Cointegrating regression: the combination of two series that comes closest to standing still.
 *
 * yₜ = α + β xₜ [+ δ t [+ ζ t²]] + eₜ. With a linear trend, y and x are first freed of theirs; the rest
 * is a line (Frisch and Waugh 1933).
 *
 * @param y n ≥ 4 finite values, oldest first
 * @param x n finite values, aligned with y
 * @param trend "c" constant, "ct" constant and linear trend, "ctt" constant, linear and squared trend
 * @returns coefficients, R² of the whole regression and residuals
 * @throws {InvalidInputError} "constant": x or y does not vary, or nothing but a linear trend is in it;
 *   "collinear": nothing but a squared trend is in x
 *
 * Cost: O(n). Convention: matches OLS(y, add_trend(x, trend)) of statsmodels.
 * Checked: golden/engle-granger.json.
 */
export function cointegratingRegression(
  y: Float64Array,
  x: Float64Array,
  trend: CointegratingTrend,
): CointegratingRegression {
  if (trend === "ctt") return withSquaredTrend(y, x);
  if (trend === "c") {
    const { slope, intercept, rSquared, residuals } = simpleOls(y, x);
    return {
      hedgeRatio: slope,
      intercept,
      trendPerBar: 0,
      trendSquaredPerBar: 0,
      rSquared,
      residuals,
    };
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
    trendSquaredPerBar: 0,
    rSquared: 1 - line.residualSumOfSquares / ownY.squares,
    residuals: line.residuals,
  };
}

function withSquaredTrend(y: Float64Array, x: Float64Array): CointegratingRegression {
  const trend = squaredTrend(y.length);
  const fit = linearFit(y, [x, ...trend.columns], true);
  const [constant, hedgeRatio, linear, squared] = fit.coefficients;
  return {
    hedgeRatio: hedgeRatio!,
    ...trend.perBar({ constant: constant!, linear: linear!, squared: squared! }),
    rSquared: 1 - fit.residualSumOfSquares / fit.totalSumOfSquares,
    residuals: fit.residuals,
  };
}

/** Coefficients of 1, t and t². */
type TrendCoefficients = Pick<
  CointegratingRegression,
  "intercept" | "trendPerBar" | "trendSquaredPerBar"
>;

/**
 * Linear and squared trend as regressors that keep their digits: u and u² with u from −1 to 1.
 *
 * @param n number of bars
 * @returns the two columns, and what their coefficients are in t = 1 … n
 *
 * Cost: O(n).
 */
export function squaredTrend(n: number): {
  readonly columns: readonly [Float64Array, Float64Array];
  readonly perBar: (fitted: {
    readonly constant: number;
    readonly linear: number;
    readonly squared: number;
  }) => TrendCoefficients;
} {
  const middle = (n + 1) / 2;
  const half = (n - 1) / 2;
  const centred = Float64Array.from({ length: n }, (_, i) => (i + 1 - middle) / half);
  return {
    columns: [centred, centred.map((u) => u * u)],
    perBar: ({ constant, linear, squared }) => {
      const first = linear / half;
      const second = squared / (half * half);
      return {
        intercept: constant - first * middle + second * middle * middle,
        trendPerBar: first - 2 * second * middle,
        trendSquaredPerBar: second,
      };
    },
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
