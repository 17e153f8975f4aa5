import { InvalidInputError } from "../invalid-input-error.ts";
import { linearFit } from "../regression/linear-fit.ts";
import { squaredTrend } from "./cointegrating-regression.ts";
import { ENGLE_GRANGER_BARS_MIN, type EngleGrangerOptions } from "./engle-granger.ts";
import { type CriticalValues, mackinnonCriticalValues, mackinnonPValue } from "./mackinnon.ts";
import { residualDickeyFuller } from "./residual-dickey-fuller.ts";

/** 1 − R² below which y is a copy of the others, as in engleGranger. */
const UNEXPLAINED_SHARE_MIN = 1.5e-6;

/** Columns of the trend beside the constant. */
const TREND_TERMS = { c: 0, ct: 1, ctt: 2 } as const;

/** Series for which MacKinnon (1994) has a p-value. */
const P_VALUE_SERIES_MAX = 6;

/** Result of an Engle–Granger test of y on several series. */
export type EngleGrangerSeveral = {
  /** t statistic of the residual's level, negative; the further left, the more cointegrated. */
  readonly statistic: number;
  /** Of that many independent walks; null beyond six series. */
  readonly pValue: number | null;
  readonly lags: number;
  /** One a regressor, in their order. */
  readonly hedgeRatios: Float64Array;
  readonly intercept: number;
  /** Coefficient of t = 1 … n; 0 without trend. */
  readonly trendPerBar: number;
  /** Coefficient of t²; 0 without squared trend. */
  readonly trendSquaredPerBar: number;
  readonly rSquared: number;
  readonly observations: number;
  readonly criticalValues: CriticalValues;
  /** The spread, one value a bar. */
  readonly residuals: Float64Array;
};

/**
 * Engle–Granger test with several regressors: does a basket of series stand still?
 *
 * Step 1: yₜ = α + Σ βⱼ xⱼₜ [+ δ t [+ ζ t²]] + eₜ. Step 2: Δeₜ = γ eₜ₋₁ + Σ cⱼ Δeₜ₋ⱼ; the statistic is the t of
 * γ. Null hypothesis: not cointegrated, γ = 0. Small (very negative) statistics reject it.
 *
 * @param y n ≥ 30 finite values, oldest first, natural-log prices
 * @param regressors 1 … 11 series aligned with y
 * @param options see EngleGrangerOptions
 * @returns statistic, p-value, fit and spread; see EngleGrangerSeveral
 * @throws {InvalidInputError} lengths differ, n < 30, a value is not finite, a series is constant,
 *   regressors depend on each other or 1 − R² < 1.5e-6 ("collinear"), no or more than 11 regressors
 *   ("out-of-range")
 *
 * Cost: O(n · (lags + k²)). Convention: matches statsmodels coint, but centred, with corrected
 * critical values and collinear series refused.
 * Source: Engle and Granger (1987); p MacKinnon (1994). Checked: golden/engle-granger.json.
 */
export function engleGrangerSeveral(
  y: Float64Array,
  regressors: readonly Float64Array[],
  options: EngleGrangerOptions = {},
): EngleGrangerSeveral {
  const { lags = { kind: "aic" }, trend = "c", compat } = options;
  const n = y.length;
  if (n < ENGLE_GRANGER_BARS_MIN) {
    throw new InvalidInputError(
      "too-short",
      `y has ${n} values, at least ${ENGLE_GRANGER_BARS_MIN} are required`,
    );
  }
  const seriesCount = regressors.length + 1;
  const criticalValues = mackinnonCriticalValues({
    trend,
    seriesCount,
    observations: n - 1,
    compat,
  });
  const time = squaredTrend(n);
  const fit = linearFit(y, [...regressors, ...time.columns.slice(0, TREND_TERMS[trend])], true);
  const rSquared = 1 - fit.residualSumOfSquares / fit.totalSumOfSquares;
  const collinear = 1 - rSquared < UNEXPLAINED_SHARE_MIN;
  if (collinear && compat !== "statsmodels") {
    throw new InvalidInputError("collinear", "y is a combination of the other series");
  }
  const unitRoot = collinear
    ? { statistic: Number.NEGATIVE_INFINITY, lags: 0 }
    : residualDickeyFuller(fit.residuals, lags);
  return {
    statistic: unitRoot.statistic,
    pValue:
      seriesCount <= P_VALUE_SERIES_MAX
        ? mackinnonPValue(unitRoot.statistic, { trend, seriesCount })
        : null,
    lags: unitRoot.lags,
    hedgeRatios: fit.coefficients.slice(1, seriesCount),
    ...time.perBar({
      constant: fit.coefficients[0]!,
      linear: fit.coefficients[seriesCount] ?? 0,
      squared: fit.coefficients[seriesCount + 1] ?? 0,
    }),
    rSquared,
    observations: n,
    criticalValues,
    residuals: fit.residuals,
  };
}
