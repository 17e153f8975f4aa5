import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { simpleOls } from "../stats/ols.ts";
import { requireSeries } from "../stats/require-series.ts";

/** How fast a series returns to its mean. */
export type HalfLife = {
  /** λ: the share of a deviation that is added in one bar, negative when it is taken back. */
  readonly slope: number;
  /** Constant of the regression, in the unit of the series. */
  readonly intercept: number;
  /** −ln 2 / λ, the half-life of continuous decay; null without mean reversion. */
  readonly linearBars: number | null;
  /** −ln 2 / ln(1 + λ), the half-life of the AR(1); null without mean reversion or oscillating. */
  readonly exactBars: number | null;
  /** Why a half-life is null. "oscillating": each bar overshoots the mean, λ ≤ −1. */
  readonly reason: "no-mean-reversion" | "oscillating" | null;
};

/**
 * Half-life: the number of bars in which half of a deviation from the mean decays.
 *
 * Δzₜ = a + λ zₜ₋₁ + e by least squares.
 *
 * @param series a spread: n ≥ 4 finite values, oldest first, any unit
 * @returns λ, its constant and the half-life in bars in two conventions; see HalfLife. Of a straight
 *   line λ is 0: each bar adds the same, whatever the deviation
 * @throws {InvalidInputError} n < 4, a value is not finite, or the series is constant
 *
 * Cost: O(n). Convention: linear as Chan (2013) and arbitragelab, exact as egcm.
 * Source: Chan (2013), Algorithmic Trading, ch. 2. Checked: golden/mean-reversion.json.
 */
export function halfLife(series: Float64Array): HalfLife {
  requireSeries(series, { name: "series", lengthMin: 4 });
  const { slope, intercept } = regression(series);
  if (slope >= 0) {
    return { slope, intercept, linearBars: null, exactBars: null, reason: "no-mean-reversion" };
  }
  const linearBars = -Math.LN2 / slope;
  if (1 + slope <= 0) {
    return { slope, intercept, linearBars, exactBars: null, reason: "oscillating" };
  }
  return { slope, intercept, linearBars, exactBars: -Math.LN2 / Math.log1p(slope), reason: null };
}

function regression(series: Float64Array): { readonly slope: number; readonly intercept: number } {
  const changes = differences(series);
  const step = mean(changes);
  const magnitude = series.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const squares = changes.reduce((sum, change) => sum + (change - step) ** 2, 0);
  if (!isRoundingNoise(squares, changes.length, magnitude)) {
    return simpleOls(changes, series.subarray(0, -1));
  }
  if (isRoundingNoise(changes.length * step * step, changes.length, magnitude)) {
    throw new InvalidInputError("constant", "the series is constant");
  }
  return { slope: 0, intercept: step };
}
