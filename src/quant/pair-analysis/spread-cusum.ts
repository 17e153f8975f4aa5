import { InvalidInputError } from "../invalid-input-error.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { type Cusum, cusum } from "../structural-break/cusum.ts";
import type { HedgeMethod } from "./pair-analysis-options.ts";

/**
 * CUSUM of a spread: whether its level stood still, whatever the hedge method.
 *
 * The law of cusum is that of a path which ends at zero, as it does for residuals of least squares with
 * an intercept. Other spreads have a mean, or a skewed centre, of their own; it is taken off first.
 * - One line for all bars: Σ (e − ē). Two coefficients are counted for least squares, else the mean alone.
 *   A line through the origin leaves part of X in the spread of a pair that has an intercept: that
 *   spread does move, and is said to.
 * - Expanding regression and Kalman filter: the spread is, up to its scale, the recursive residual or the
 *   innovation. These do not depend on each other while the line holds, so the law is the same. A filter
 *   that is quicker than its pair takes breaks in, and seldom rejects.
 * - Rolling regression: a window takes a break in after its length. Seldom rejects.
 *
 * @param spread n ≥ 3 finite values, oldest first, with the line of each bar
 * @param method what the line was fitted by
 * @returns see Cusum
 * @throws {InvalidInputError} as cusum; "constant": the spread does not move
 *
 * Cost: O(n). Source: Ploberger and Krämer (1992); recursive residuals: Brown, Durbin, Evans (1975).
 * Checked: the share of rejections of steady pairs, by method, in the test.
 */
export function spreadCusum(spread: Float64Array, method: HedgeMethod): Cusum {
  const centre = mean(spread);
  const deviations = spread.map((value) => value - centre);
  const squares = deviations.reduce((sum, value) => sum + value * value, 0);
  if (isRoundingNoise(squares, spread.length, centre)) {
    throw new InvalidInputError("constant", "the spread does not move");
  }
  return cusum(deviations, method.kind === "ols" ? 2 : 1);
}
