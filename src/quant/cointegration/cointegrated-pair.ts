import { requireAlignedSeries } from "../stats/require-series.ts";
import { combinedPValue } from "./combined-p-value.ts";
import {
  ENGLE_GRANGER_BARS_MIN,
  type EngleGranger,
  type EngleGrangerOptions,
  engleGranger,
} from "./engle-granger.ts";

/** A pair tested in both directions. */
export type CointegratedPair = {
  /** The test of a on b. */
  readonly aOnB: EngleGranger;
  /** The test of b on a. */
  readonly bOnA: EngleGranger;
  /** Probability that the better direction of two independent walks looks at least this good. */
  readonly combinedPValue: number;
  /** The better direction: whose leg is the dependent one. */
  readonly direction: "aOnB" | "bOnA";
};

/** The law of the better direction was simulated for these trends. */
export type CointegratedPairOptions = Omit<EngleGrangerOptions, "trend"> & {
  readonly trend?: "c" | "ct";
};

/**
 * Cointegrated pair: the Engle–Granger test that does not ask which leg is Y.
 *
 * Both directions are tested, the one with the smaller p-value is chosen, and its p-value is
 * corrected for the choice.
 * Null hypothesis: not cointegrated. Small combined p-values reject it.
 *
 * @param a n ≥ 30 finite values, oldest first, natural-log prices
 * @param b n finite values, aligned with a
 * @param options see EngleGrangerOptions, without squared trend; the correction is that of the same lags and trend
 * @returns both tests, the combined p-value and the better direction
 * @throws {InvalidInputError} as engleGranger
 *
 * Cost: O(n · lags). Source: Engle and Granger (1987); law simulated, see combinedPValue.
 * Checked: the size test beside it.
 */
export function cointegratedPair(
  a: Float64Array,
  b: Float64Array,
  options: CointegratedPairOptions = {},
): CointegratedPair {
  const { lags = { kind: "aic" }, trend = "c" } = options;
  // Refusals then call the legs what the caller calls them.
  requireAlignedSeries(a, b, ENGLE_GRANGER_BARS_MIN, ["a", "b"]);
  const aOnB = engleGranger(a, b, options);
  const bOnA = engleGranger(b, a, options);
  // p-values of 0 and 1 tie; the statistics never do but for the same legs, which are refused.
  const direction = aOnB.statistic <= bOnA.statistic ? "aOnB" : "bOnA";
  return {
    aOnB,
    bOnA,
    combinedPValue: combinedPValue(Math.min(aOnB.pValue, bOnA.pValue), {
      trend,
      lags,
      bars: a.length,
    }),
    direction,
  };
}
