import { InvalidInputError } from "../invalid-input-error.ts";
import type { Candles } from "../series/candles.ts";
import { simpleOls } from "../stats/ols.ts";

/**
 * What the formation window taught: the frozen parameters, their fit, and the bars they rest on.
 */
export type PairFormation = {
  readonly intercept: number;
  readonly hedgeRatio: number;
  readonly rSquared: number;
  readonly bars: number;
  readonly startMs: number;
  readonly endMs: number;
};

/**
 * Below this a line through two noisy series says nothing; 30 is the house minimum of a regression.
 */
const FORMATION_BARS_MIN = 30;

/**
 * Legs with 1 − R² below this are one instrument twice. It is the bound 100·√ε of statsmodels
 * `coint` (√ε = 1.49e-8), above which a residual is signal and not rounding.
 */
const UNEXPLAINED_MIN = 1.5e-6;

/**
 * Pair formation: the hedge ratio and the intercept that the trading period takes as given.
 *
 * ln Yₜ = intercept + hedgeRatio · ln Xₜ + spreadₜ, by ordinary least squares over the formation
 * bars.
 *
 * @param legY formation bars of leg Y
 * @param legX formation bars of leg X, aligned with legY
 * @returns the parameters; startMs and endMs are the open times of the first and the last bar used
 * @throws {InvalidInputError} fewer than 30 bars, a price that is not positive and finite, a
 *   constant leg, or legs that are collinear
 *
 * Cost: O(n). Convention: matches statsmodels OLS(ln y, [1, ln x]).
 */
export function fitPairFormation(legY: Candles, legX: Candles): PairFormation {
  const bars = legY.close.length;
  if (bars < FORMATION_BARS_MIN) {
    throw new InvalidInputError(
      "too-short",
      `formation has ${bars} common bars, at least ${FORMATION_BARS_MIN} are required`,
    );
  }
  requireVarying(legY.close, "Y");
  requireVarying(legX.close, "X");
  const line = simpleOls(legY.close.map(Math.log), legX.close.map(Math.log));
  if (1 - line.rSquared < UNEXPLAINED_MIN) {
    throw new InvalidInputError("collinear", "formation: leg Y and leg X are collinear");
  }
  return {
    intercept: line.intercept,
    hedgeRatio: line.slope,
    rSquared: line.rSquared,
    bars,
    startMs: legY.openTimeMs[0]!,
    endMs: legY.openTimeMs[bars - 1]!,
  };
}

function requireVarying(close: Float64Array, leg: "Y" | "X"): void {
  if (close.every((price) => price === close[0])) {
    throw new InvalidInputError("constant", `formation: leg ${leg} is constant`);
  }
}
