import { type LineSeries, rollingOls } from "./rolling-ols.ts";

/** The line of every bar with how well it fits; NaN where there is no line. */
export type RollingFit = LineSeries & {
  /** 1 − residual / total sum of squares of the window, in [0, 1]; NaN where y stands still. */
  readonly rSquared: Float64Array;
  /** Homoskedastic standard errors of the slopes; NaN also where r² is exactly 0. */
  readonly slopeErrors: Float64Array;
};

/**
 * Rolling least squares with its fit: how far the hedge ratio of each bar is to be trusted.
 *
 * With the slope c of x on y in the same window: R² = b c and se(b) = |b| √((1 / R² − 1) / (w − 2)).
 *
 * @param y n finite values, oldest first
 * @param x n finite values, aligned with y
 * @param options.windowBars w, a whole number ≥ 3, ≤ n
 * @returns slopes, intercepts, R² and errors of the slopes, one a bar
 * @throws {InvalidInputError} as rollingOls
 *
 * Cost: O(n), whatever the window. Checked: golden/regression.json.
 */
export function rollingFit(
  y: Float64Array,
  x: Float64Array,
  options: { readonly windowBars: number },
): RollingFit {
  const { windowBars } = options;
  const lines = rollingOls(y, x, { windowBars });
  const inverse = rollingOls(x, y, { windowBars });
  const rSquared = lines.slopes.map((slope, t) => Math.min(1, slope * inverse.slopes[t]!));
  const slopeErrors = lines.slopes.map((slope, t) =>
    rSquared[t] === 0
      ? Number.NaN
      : Math.abs(slope) * Math.sqrt((1 / rSquared[t]! - 1) / (windowBars - 2)),
  );
  return { ...lines, rSquared, slopeErrors };
}
