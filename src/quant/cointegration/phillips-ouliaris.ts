import { InvalidInputError } from "../invalid-input-error.ts";
import { dotProduct } from "../linalg/dot-product.ts";
import { linearFit } from "../regression/linear-fit.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import type { CriticalValues } from "./mackinnon.ts";

/** Fewest bars for which the asymptotic critical values mean anything. */
const BARS_MIN = 30;

/** Result of a Phillips–Ouliaris test. */
export type PhillipsOuliaris = {
  /** The further right, the more cointegrated. */
  readonly statistic: number;
  /** Autocovariances of the long-run covariance. */
  readonly lags: number;
  readonly observations: number;
  /** Values that the statistic must be above for the null to be rejected; there is no p-value. */
  readonly criticalValues: CriticalValues;
};

// Source: Phillips and Ouliaris (1990), tables III and IV, one regressor.
const CRITICAL_VALUES: Readonly<
  Record<"variance-ratio" | "trace", Readonly<Record<"c" | "ct", CriticalValues>>>
> = {
  "variance-ratio": {
    c: { onePercent: 48.0021, fivePercent: 33.713, tenPercent: 27.8536 },
    ct: { onePercent: 65.1714, fivePercent: 48.8439, tenPercent: 41.2488 },
  },
  trace: {
    c: { onePercent: 71.9273, fivePercent: 55.2202, tenPercent: 47.5877 },
    ct: { onePercent: 102.0167, fivePercent: 81.3812, tenPercent: 71.9586 },
  },
};

/**
 * Phillips–Ouliaris test: are two series cointegrated, judged by the size of their deviations
 * against the size of their shocks?
 *
 * Ω is the long-run covariance of the errors of zₜ on zₜ₋₁, z = (y, x).
 * Pu ("variance-ratio") = n ω₁₁.₂ / (Σ u² / n), u the residual of y on x: depends on which leg is y.
 * Pz ("trace") = n tr(Ω Mzz⁻¹), Mzz = Σ z zᵀ / n: does not.
 * Null hypothesis: not cointegrated. Large statistics reject it.
 *
 * @param y n ≥ 30 finite values, oldest first, natural-log prices
 * @param x n finite values, aligned with y
 * @param options.statistic "variance-ratio" (default) or "trace"
 * @param options.trend terms of all regressions: "c" (default) or "ct"
 * @param options.lags of Ω: "short" ⌊4 (n / 100)^¼⌋ (default), "long" with 12, or a number < n − 1
 * @param options.compat "urca" leaves the levels of Mzz as they are; their mean then swamps the
 *   statistic and the critical values do not apply
 * @returns statistic, lags, observations (n − 1) and critical values
 * @throws {InvalidInputError} lengths differ, n < 30, a value is not finite, a series is constant,
 *   the series are copies of each other ("collinear"), "out-of-range": lags
 *
 * Cost: O(n · lags). Convention: matches urca ca.po, its trace with compat.
 * Source: Phillips and Ouliaris (1990). Checked: golden/extra-r.json.
 */
export function phillipsOuliaris(
  y: Float64Array,
  x: Float64Array,
  options: {
    readonly statistic?: "variance-ratio" | "trace";
    readonly trend?: "c" | "ct";
    readonly lags?: number | "short" | "long";
    readonly compat?: "urca" | undefined;
  } = {},
): PhillipsOuliaris {
  const { statistic = "variance-ratio", trend = "c", compat } = options;
  requireAlignedSeries(y, x, BARS_MIN);
  const lags = lagsOf(options.lags ?? "short", y.length);
  const observations = y.length - 1;
  const omega = longRunCovariance(y, x, { trend, lags });
  const value =
    statistic === "variance-ratio"
      ? conditionalVariance(omega) * (observations ** 2 / residualSquares(y, [x], trend))
      : observations * traceOfRatio(omega, levelMoments(y, x, { trend, compat }));
  return {
    statistic: value,
    lags,
    observations,
    criticalValues: CRITICAL_VALUES[statistic][trend],
  };
}

function lagsOf(lags: number | "short" | "long", n: number): number {
  if (lags === "short") return Math.trunc(4 * (n / 100) ** 0.25);
  if (lags === "long") return Math.trunc(12 * (n / 100) ** 0.25);
  if (!Number.isInteger(lags) || lags < 0 || lags > n - 2) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number from 0 to n − 2");
  }
  return lags;
}

/** A symmetric matrix of order two. */
type Symmetric = { readonly yy: number; readonly xy: number; readonly xx: number };

function withTrend(
  regressors: readonly Float64Array[],
  trend: "c" | "ct",
): readonly Float64Array[] {
  if (trend === "c") return regressors;
  const length = regressors[0]?.length ?? 0;
  return [...regressors, Float64Array.from({ length }, (_, i) => i / length)];
}

function residualSquares(
  y: Float64Array,
  regressors: readonly Float64Array[],
  trend: "c" | "ct",
): number {
  const fit = linearFit(y, withTrend(regressors, trend), true);
  if (fit.residualSumOfSquares < 1.5e-6 * fit.totalSumOfSquares) {
    throw new InvalidInputError("collinear", "the two series are copies of each other");
  }
  return fit.residualSumOfSquares;
}

function longRunCovariance(
  y: Float64Array,
  x: Float64Array,
  { trend, lags }: { readonly trend: "c" | "ct"; readonly lags: number },
): Symmetric {
  const past = withTrend([y.slice(0, -1), x.slice(0, -1)], trend);
  const errorsY = linearFit(y.slice(1), past, true).residuals;
  const errorsX = linearFit(x.slice(1), past, true).residuals;
  const n = errorsY.length;
  let yy = 0;
  let xy = 0;
  let xx = 0;
  for (let lag = 0; lag <= lags; lag++) {
    const weight = lag === 0 ? 0.5 : 1 - lag / (lags + 1);
    const nowY = errorsY.subarray(lag);
    const nowX = errorsX.subarray(lag);
    const thenY = errorsY.subarray(0, n - lag);
    const thenX = errorsX.subarray(0, n - lag);
    yy += 2 * weight * dotProduct(nowY, thenY);
    xx += 2 * weight * dotProduct(nowX, thenX);
    xy += weight * (dotProduct(nowY, thenX) + dotProduct(nowX, thenY));
  }
  return { yy: yy / n, xy: xy / n, xx: xx / n };
}

/** What is left of the variance of y's shocks once those of x are known. */
function conditionalVariance({ yy, xy, xx }: Symmetric): number {
  return yy - (xy * xy) / xx;
}

function levelMoments(
  y: Float64Array,
  x: Float64Array,
  { trend, compat }: { readonly trend: "c" | "ct"; readonly compat: "urca" | undefined },
): Symmetric {
  // Copies of each other are found here, where the variance ratio finds them in its own regression.
  if (compat !== "urca") residualSquares(y, [x], trend);
  const level = (values: Float64Array): Float64Array =>
    compat === "urca" ? values : withoutTrend(values, trend);
  const levelY = level(y.slice(1));
  const levelX = level(x.slice(1));
  const n = levelY.length;
  return {
    yy: dotProduct(levelY, levelY) / n,
    xy: dotProduct(levelY, levelX) / n,
    xx: dotProduct(levelX, levelX) / n,
  };
}

function withoutTrend(values: Float64Array, trend: "c" | "ct"): Float64Array {
  if (trend === "ct") {
    const time = values.map((_, i) => i / values.length);
    return linearFit(values, [time], true).residuals;
  }
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - centre);
}

function traceOfRatio(omega: Symmetric, moments: Symmetric): number {
  const determinant = moments.yy * moments.xx - moments.xy * moments.xy;
  return (omega.yy * moments.xx - 2 * omega.xy * moments.xy + omega.xx * moments.yy) / determinant;
}
