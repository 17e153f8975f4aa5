import { differences } from "../stats/differences.ts";
import { simpleOls } from "../stats/ols.ts";

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
 * @param spread n ≥ 4 finite values, oldest first, any unit
 * @returns λ, its constant and the half-life in bars in two conventions; see HalfLife
 * @throws {InvalidInputError} n < 4, a value is not finite, or the spread is constant or a line
 *
 * Cost: O(n). Convention: linear as Chan (2013) and arbitragelab, exact as egcm.
 * Source: Chan (2013), Algorithmic Trading, ch. 2. Checked: golden/mean-reversion.json.
 */
export function halfLife(spread: Float64Array): HalfLife {
  const { slope, intercept } = simpleOls(differences(spread), spread.subarray(0, -1));
  if (slope >= 0) {
    return { slope, intercept, linearBars: null, exactBars: null, reason: "no-mean-reversion" };
  }
  const linearBars = -Math.LN2 / slope;
  if (1 + slope <= 0) {
    return { slope, intercept, linearBars, exactBars: null, reason: "oscillating" };
  }
  return { slope, intercept, linearBars, exactBars: -Math.LN2 / Math.log1p(slope), reason: null };
}
