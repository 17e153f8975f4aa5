import { InvalidInputError } from "../invalid-input-error.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { type CointegratingTrend, cointegratingRegression } from "./cointegrating-regression.ts";
import type { LagOption } from "./lag-selection.ts";
import type { CriticalValues } from "./mackinnon.ts";
import { mackinnonCriticalValues, mackinnonPValue } from "./mackinnon.ts";
import { residualDickeyFuller } from "./residual-dickey-fuller.ts";

/** Fewest bars for which the asymptotic p-value means anything. */
export const ENGLE_GRANGER_BARS_MIN = 30;

/**
 * 1 − R² below which two series are one: the residual is rounding and its test statistic noise.
 * statsmodels draws the line at 100 √ε = 1.49e-6.
 */
const UNEXPLAINED_SHARE_MIN = 1.5e-6;

/** How an Engle–Granger test is made. */
export type EngleGrangerOptions = {
  /** Lagged differences of the residual regression; AIC by default. */
  readonly lags?: LagOption;
  /** Terms of the first step: constant (default), constant and trend, or these and its square. */
  readonly trend?: CointegratingTrend;
  /** "statsmodels": its misprinted critical values, and −∞ with p = 0 for collinear series. */
  readonly compat?: "statsmodels" | undefined;
};

/** Result of an Engle–Granger test of y on x. */
export type EngleGranger = {
  /** t statistic of the residual's level, negative; the further left, the more cointegrated. */
  readonly statistic: number;
  /** Probability of such a statistic for two independent walks, in [0, 1]. */
  readonly pValue: number;
  /** Lagged differences used. */
  readonly lags: number;
  /** β of ln x: x-notional held against one unit of y-notional. */
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** Coefficient of t = 1 … n; 0 without trend. */
  readonly trendPerBar: number;
  /** Coefficient of t²; 0 without squared trend. */
  readonly trendSquaredPerBar: number;
  readonly rSquared: number;
  /** n, the bars that were compared. */
  readonly observations: number;
  readonly criticalValues: CriticalValues;
  /** The spread: y − intercept − hedgeRatio · x [− trends], one value a bar. */
  readonly residuals: Float64Array;
};

/**
 * Engle–Granger test: do two series share one random walk, so that a combination of them stands
 * still?
 *
 * Step 1: yₜ = α + β xₜ + eₜ. Step 2: Δeₜ = γ eₜ₋₁ + Σ cⱼ Δeₜ₋ⱼ; the statistic is the t of γ.
 * Null hypothesis: not cointegrated, γ = 0. Small (very negative) statistics reject it.
 *
 * The residual was fitted to look stationary, so the law is that of two series, not the one of
 * augmentedDickeyFuller. The test is not symmetric: y on x and x on y differ.
 *
 * @param y n ≥ 30 finite values, oldest first, natural-log prices
 * @param x n finite values, aligned with y
 * @param options see EngleGrangerOptions
 * @returns statistic, p-value, fit and spread; see EngleGranger
 * @throws {InvalidInputError} lengths differ, n < 30, a value is not finite, a series is constant,
 *   or 1 − R² < 1.5e-6 ("collinear": the series are copies, which is not cointegration)
 *
 * Cost: O(n · lags). Convention: matches statsmodels coint, but centred, with corrected critical
 * values and collinear series refused.
 * Source: Engle and Granger (1987); p MacKinnon (1994). Checked: golden/engle-granger.json.
 */
export function engleGranger(
  y: Float64Array,
  x: Float64Array,
  options: EngleGrangerOptions = {},
): EngleGranger {
  const { lags = { kind: "aic" }, trend = "c", compat } = options;
  requireAlignedSeries(y, x, ENGLE_GRANGER_BARS_MIN);
  const regression = cointegratingRegression(y, x, trend);
  const observations = y.length;
  const collinear = 1 - regression.rSquared < UNEXPLAINED_SHARE_MIN;
  if (collinear && compat !== "statsmodels") {
    throw new InvalidInputError("collinear", "the two series are copies of each other");
  }
  const unitRoot = collinear
    ? { statistic: Number.NEGATIVE_INFINITY, lags: 0 }
    : residualDickeyFuller(regression.residuals, lags);
  return {
    statistic: unitRoot.statistic,
    pValue: mackinnonPValue(unitRoot.statistic, { trend, seriesCount: 2 }),
    lags: unitRoot.lags,
    ...regression,
    observations,
    criticalValues: mackinnonCriticalValues({
      trend,
      seriesCount: 2,
      observations: observations - 1,
      compat,
    }),
  };
}
