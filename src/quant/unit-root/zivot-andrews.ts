import { dickeyFullerRegression } from "../cointegration/adf.ts";
import { type LagOption, largestLag } from "../cointegration/lag-selection.ts";
import type { CriticalValues } from "../cointegration/mackinnon.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { requireSeries } from "../stats/require-series.ts";
import { breakStatistics } from "./break-statistics.ts";
import { requireVariation } from "./require-variation.ts";
import { ZIVOT_ANDREWS_PROBABILITIES, ZIVOT_ANDREWS_QUANTILES } from "./zivot-andrews-table.ts";

/** What changes at the break: the level, the slope of the trend, or both. */
export type BreakModel = "c" | "t" | "ct";

/** Result of a Zivot–Andrews test. */
export type ZivotAndrews = {
  /** The smallest t of the level over all breaks. */
  readonly statistic: number;
  /** For trimmed breaks; null when all are searched, for which there is no table. */
  readonly pValue: number | null;
  /** "low": the true p-value is smaller than the table's first, 1e-5; "high": larger than its last. */
  readonly pValueClamped: "low" | "high" | null;
  /**
   * Last bar before the break, counted from 0. With trimmed breaks in the trend alone it is the
   * first bar of the new slope, as statsmodels counts there.
   */
  readonly breakIndex: number;
  readonly lags: number;
  readonly criticalValues: CriticalValues;
};

/** Share of bars at either end in which a trimmed search allows no break. */
const TRIM_SHARE = 0.15;

// Source: Zivot and Andrews (1992), tables 2–4.
const ALL_BREAKS_VALUES: Readonly<Record<BreakModel, CriticalValues>> = {
  c: { onePercent: -5.34, fivePercent: -4.8, tenPercent: -4.58 },
  t: { onePercent: -4.93, fivePercent: -4.42, tenPercent: -4.11 },
  ct: { onePercent: -5.57, fivePercent: -5.08, tenPercent: -4.82 },
};

/**
 * Zivot–Andrews test: is a series that looks like a random walk a steady one with one break, at a
 * bar that the data choose?
 *
 * Δxₜ = a + b t + [θ DUₜ] + [ψ DTₜ] + γ xₜ₋₁ + Σ cⱼ Δxₜ₋ⱼ + e, DU the step and DT the ramp after the
 * break; the statistic is the smallest t of γ over all breaks.
 * Null hypothesis: a unit root without a break. Small (very negative) statistics reject it.
 *
 * @param series n ≥ 12 finite values, oldest first, not constant
 * @param options.trend what breaks: level ("c", default), trend ("t") or both ("ct")
 * @param options.lags AIC by default, chosen once on the regression without a break
 * @param options.breaks "trimmed" (default): the middle 70 % of bars; "all": every bar
 * @returns statistic, p-value, break, lags and critical values
 * @throws {InvalidInputError} too few values for the lags, a value is not finite, "constant",
 *   "collinear": the past, or the past and one break, explain the series without error
 *
 * Cost: O(n · lags²): breaks share one decomposition. Convention: "trimmed" matches statsmodels
 * zivot_andrews, "all" urca ur.za. Source: Zivot and Andrews (1992).
 * Checked: golden/extra-py.json, golden/extra-r.json.
 */
export function zivotAndrews(
  series: Float64Array,
  options: {
    readonly trend?: BreakModel;
    readonly lags?: LagOption;
    readonly breaks?: "trimmed" | "all";
  } = {},
): ZivotAndrews {
  const { trend = "c", lags = { kind: "aic" }, breaks = "trimmed" } = options;
  requireSeries(series, { name: "series", lengthMin: 12 });
  const n = series.length;
  requireVariation(series);
  // Two more terms for the step and the ramp than constant and trend.
  const chosen =
    lags.kind === "fixed"
      ? largestLag(lags, n, 4)
      : dickeyFullerRegression(series, "ct", lags).lags;
  const statistics = breakStatistics(series, differences(series), { model: trend, lags: chosen });
  const [first, last] = breaks === "all" ? [1, n - 1] : trimmedRange(n, trend);
  let start = -1;
  for (let z = first; z <= last; z++) {
    if (Number.isNaN(statistics[z])) continue;
    if (start < 0 || statistics[z]! < statistics[start]!) start = z;
  }
  if (start < 0) throw new InvalidInputError("collinear", "no break can be told from the trend");
  const statistic = statistics[start]!;
  const late = breaks === "trimmed" && trend === "t";
  return {
    statistic,
    ...(breaks === "trimmed" ? interpolatedP(statistic, ZIVOT_ANDREWS_QUANTILES[trend]) : NO_LAW),
    breakIndex: late ? start : start - 1,
    lags: chosen,
    criticalValues: breaks === "all" ? ALL_BREAKS_VALUES[trend] : trimmedValues(trend),
  };
}

/** First bars after the first and the last allowed break. */
function trimmedRange(n: number, trend: BreakModel): readonly [number, number] {
  const trimmed = Math.trunc(n * TRIM_SHARE);
  return trend === "t" ? [trimmed, n - trimmed - 1] : [trimmed + 1, n - trimmed];
}

type TableP = Pick<ZivotAndrews, "pValue" | "pValueClamped">;

const NO_LAW: TableP = { pValue: null, pValueClamped: null };

function interpolatedP(statistic: number, quantiles: readonly number[]): TableP {
  const above = quantiles.findIndex((value) => value > statistic);
  if (above === 0) return { pValue: ZIVOT_ANDREWS_PROBABILITIES[0]!, pValueClamped: "low" };
  if (above < 0) return { pValue: ZIVOT_ANDREWS_PROBABILITIES.at(-1)!, pValueClamped: "high" };
  const from = quantiles[above - 1]!;
  const share = (statistic - from) / (quantiles[above]! - from);
  const lower = ZIVOT_ANDREWS_PROBABILITIES[above - 1]!;
  return {
    pValue: lower + share * (ZIVOT_ANDREWS_PROBABILITIES[above]! - lower),
    pValueClamped: null,
  };
}

function trimmedValues(trend: BreakModel): CriticalValues {
  const at = (probability: number): number =>
    ZIVOT_ANDREWS_QUANTILES[trend][ZIVOT_ANDREWS_PROBABILITIES.indexOf(probability)]!;
  return { onePercent: at(0.01), fivePercent: at(0.05), tenPercent: at(0.1) };
}
