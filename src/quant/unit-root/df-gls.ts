import { type DickeyFullerRegression, dickeyFullerRegression } from "../cointegration/adf.ts";
import type { LagOption } from "../cointegration/lag-selection.ts";
import { type CriticalValues, mackinnonPValue } from "../cointegration/mackinnon.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { leastSquares } from "../linalg/least-squares.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { requireVariation } from "./require-variation.ts";

/** Result of a DF-GLS test. */
export type DfGls = DickeyFullerRegression & {
  /** For "c", whose law is that of a Dickey–Fuller test without constant; null for "ct". */
  readonly pValue: number | null;
  readonly criticalValues: CriticalValues;
};

/** Distance of the local alternative from a unit root, in units of 1 / n. */
const LOCAL_ALTERNATIVE = { c: -7, ct: -13.5 } as const;

// Source: Elliott, Rothenberg, Stock (1996), table I; with a constant, that of Dickey and Fuller.
const CONSTANT_VALUES: CriticalValues = {
  onePercent: -2.57,
  fivePercent: -1.94,
  tenPercent: -1.62,
};
const TREND_VALUES: readonly (readonly [number, CriticalValues])[] = [
  [50, { onePercent: -3.77, fivePercent: -3.19, tenPercent: -2.89 }],
  [100, { onePercent: -3.58, fivePercent: -3.03, tenPercent: -2.74 }],
  [200, { onePercent: -3.46, fivePercent: -2.93, tenPercent: -2.64 }],
  [Number.POSITIVE_INFINITY, { onePercent: -3.48, fivePercent: -2.89, tenPercent: -2.57 }],
];

/**
 * DF-GLS test: a Dickey–Fuller test that finds slow mean reversion sooner, because level and trend
 * are taken off as they would be estimated if the series were almost a random walk.
 *
 * Level and trend by least squares on xₜ − a xₜ₋₁, a = 1 + c̄ / n, c̄ = −7 or −13.5; then
 * Δzₜ = γ zₜ₋₁ + Σ cⱼ Δzₜ₋ⱼ + e; the statistic is the t of γ.
 * Null hypothesis: a unit root, γ = 0. Small (very negative) statistics reject it.
 *
 * @param series n ≥ 6 finite values, oldest first, not constant
 * @param options.trend "c" (default) or "ct"
 * @param options.lags AIC by default
 * @returns statistic, p-value ("c" only), coefficient, lags, observations and critical values (of
 *   the next tabulated length)
 * @throws {InvalidInputError} too few values for the lags, a value is not finite, "constant",
 *   "collinear"
 *
 * Cost: O(n · lags²). Convention: matches urca ur.ers(type = "DF-GLS").
 * Source: Elliott, Rothenberg, Stock (1996). Checked: golden/extra-r.json.
 */
export function dfGls(
  series: Float64Array,
  options: { readonly trend?: "c" | "ct"; readonly lags?: LagOption } = {},
): DfGls {
  const { trend = "c", lags = { kind: "aic" } } = options;
  requireSeries(series, { name: "series", lengthMin: 6 });
  requireVariation(series);
  const n = series.length;
  const regression = dickeyFullerRegression(quasiDetrended(series, trend), "n", lags);
  const row = TREND_VALUES.find(([length]) => n <= length);
  return {
    ...regression,
    pValue:
      trend === "c" ? mackinnonPValue(regression.statistic, { trend: "n", seriesCount: 1 }) : null,
    criticalValues: trend === "c" || row === undefined ? CONSTANT_VALUES : row[1],
  };
}

function quasiDetrended(series: Float64Array, trend: "c" | "ct"): Float64Array {
  const n = series.length;
  // A constant is fitted anyway; starting near zero keeps the digits.
  const centre = mean(series);
  const values = series.map((value) => value - centre);
  const a = 1 + LOCAL_ALTERNATIVE[trend] / n;
  const terms = [values.map(() => 1)];
  if (trend === "ct") terms.push(values.map((_, i) => (i + 1) / n));
  const quasi = (column: Float64Array): Float64Array =>
    column.map((value, i) => (i === 0 ? value : value - a * column[i - 1]!));
  const solution = leastSquares(terms.map(quasi), quasi(values));
  if (solution === null) throw new InvalidInputError("collinear", "no level can be told apart");
  return values.map((value, i) =>
    terms.reduce((rest, term, j) => rest - solution.coefficients[j]! * term[i]!, value),
  );
}
