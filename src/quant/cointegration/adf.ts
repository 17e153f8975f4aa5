import { InvalidInputError } from "../invalid-input-error.ts";
import { nestedLeastSquares } from "../linalg/nested-least-squares.ts";
import { differences } from "../stats/differences.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { dickeyFullerFromMoments } from "./dickey-fuller-from-moments.ts";
import type { LagOption } from "./lag-selection.ts";
import { largestLag, selectLag } from "./lag-selection.ts";
import type { CriticalValues } from "./mackinnon.ts";
import { mackinnonCriticalValues, mackinnonPValue } from "./mackinnon.ts";
import type { DeterministicTrend } from "./mackinnon-tables.ts";

/** The level's coefficient in a Dickey–Fuller regression. */
export type DickeyFullerRegression = {
  /** t statistic of the level. */
  readonly statistic: number;
  /** φ − 1: the share of a deviation that is taken back in one bar, negative. */
  readonly coefficient: number;
  readonly standardError: number;
  readonly lags: number;
  /** Rows of the final regression: length − 1 − lags. */
  readonly observations: number;
};

/** Result of an augmented Dickey–Fuller test. */
export type AdfResult = DickeyFullerRegression & {
  readonly pValue: number;
  readonly criticalValues: CriticalValues;
};

const TREND_TERMS: Readonly<Record<DeterministicTrend, number>> = { n: 0, c: 1, ct: 2, ctt: 3 };

/**
 * Augmented Dickey–Fuller test: does a series return to a level, or is it a random walk?
 *
 * Δxₜ = d + γ xₜ₋₁ + Σ cⱼ Δxₜ₋ⱼ + e, with d the deterministic terms; the statistic is the t of γ.
 * Null hypothesis: a unit root, γ = 0. Small (very negative) statistics reject it.
 *
 * Not for the residual of a regression between series: use engleGranger, whose law differs.
 *
 * @param series n values, oldest first, not constant
 * @param options.trend deterministic terms, "c" by default
 * @param options.lags AIC over 0 … 12 (n / 100)^¼ by default; lags are compared on the common
 *   sample, the chosen one is estimated again on all rows that it can use
 * @returns statistic, p-value, coefficient, lags, observations, critical values at 1, 5 and 10 %
 * @throws {InvalidInputError} too few values for the lags, a value is not finite, a constant series
 *   ("constant"), or one that its own past explains without error ("collinear")
 *
 * Cost: O(n · lags²), with trend "n" or "c" O(n · lags + lags³) from 5,000 values on: a million take a
 * second and not a minute. Convention: matches statsmodels adfuller.
 * Source: Said and Dickey (1984); p MacKinnon (1994). Checked: golden/unit-root.json.
 */
export function augmentedDickeyFuller(
  series: Float64Array,
  options: { readonly trend?: DeterministicTrend; readonly lags?: LagOption } = {},
): AdfResult {
  const { trend = "c", lags = { kind: "aic" } } = options;
  requireSeries(series, { name: "series", lengthMin: 4 });
  const regression = regressionOf(series, trend, lags);
  return {
    ...regression,
    pValue: mackinnonPValue(regression.statistic, { trend, seriesCount: 1 }),
    criticalValues: mackinnonCriticalValues({
      trend,
      seriesCount: 1,
      observations: regression.observations,
    }),
  };
}

/** From so many values on, moments answer first; see dickeyFullerFromMoments for when they do not. */
const MOMENTS_LENGTH_MIN = 5_000;

function regressionOf(
  series: Float64Array,
  trend: DeterministicTrend,
  lags: LagOption,
): DickeyFullerRegression {
  const hasMoments = trend === "n" || trend === "c";
  const quick =
    hasMoments && series.length >= MOMENTS_LENGTH_MIN
      ? dickeyFullerFromMoments(series, lags, trend)
      : null;
  return quick ?? dickeyFullerRegression(series, trend, lags);
}

/**
 * Dickey–Fuller regression by orthogonal reflections: slow and accurate.
 *
 * The regression behind augmentedDickeyFuller, without a law: the caller knows which one applies.
 *
 * @param series n finite values, oldest first
 * @param trend deterministic terms
 * @param lags number of lagged differences, or the criterion that selects it
 * @returns statistic, coefficient and standard error of the level, lags, observations
 * @throws {InvalidInputError} "too-short", "out-of-range", "constant" or "collinear"
 *
 * Cost: O(n · lags²). Checked: golden/unit-root.json.
 */
export function dickeyFullerRegression(
  series: Float64Array,
  trend: DeterministicTrend,
  lags: LagOption,
): DickeyFullerRegression {
  const largest = largestLag(lags, series.length, TREND_TERMS[trend]);
  requireVariation(series);
  const changes = differences(series);
  const terms = { series, changes, trend };
  return finalRegression(
    terms,
    lags.kind === "fixed" ? largest : searchedLag(terms, lags.kind, largest),
  );
}

type Terms = {
  readonly series: Float64Array;
  readonly changes: Float64Array;
  readonly trend: DeterministicTrend;
};

function searchedLag(terms: Terms, kind: "aic" | "bic" | "t-stat", largest: number): number {
  const { series, changes } = terms;
  const trendColumns = deterministicColumns(terms, largest);
  const target = changes.slice(largest);
  const nested = nestedLeastSquares(
    [...trendColumns, series.slice(largest, -1), ...laggedColumns(changes, largest, largest)],
    target,
  );
  const baseRegressors = trendColumns.length + 1;
  return selectLag(kind, {
    observations: target.length,
    baseRegressors,
    residualSumsOfSquares: nested.residualSumsOfSquares.subarray(baseRegressors),
    coordinates: nested.coordinates.subarray(baseRegressors),
  });
}

/** All rows that the lag can use, the level last: its coefficient then needs no back substitution. */
function finalRegression(terms: Terms, lags: number): DickeyFullerRegression {
  const { series, changes } = terms;
  const target = changes.slice(lags);
  const observations = target.length;
  const columns = [
    ...deterministicColumns(terms, lags),
    ...laggedColumns(changes, lags, lags),
    series.slice(lags, -1),
  ];
  const k = columns.length;
  const nested = nestedLeastSquares(columns, target);
  const residualSumOfSquares = nested.residualSumsOfSquares[k]!;
  const length = nested.lengths[k - 1]!;
  // Residuals at the rounding of the changes themselves: nothing is left to measure an error by.
  if (length === 0 || residualSumOfSquares <= 1e-24 * nested.residualSumsOfSquares[0]!) {
    throw new InvalidInputError("collinear", "the series is explained exactly by its own past");
  }
  const sigma = Math.sqrt(residualSumOfSquares / (observations - k));
  return {
    statistic: (Math.sign(length) * nested.coordinates[k - 1]!) / sigma,
    coefficient: nested.coordinates[k - 1]! / length,
    standardError: sigma / Math.abs(length),
    lags,
    observations,
  };
}

/** Δxₜ₋₁ … Δxₜ₋count, each from the row that start lags can use. */
function laggedColumns(changes: Float64Array, start: number, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, j) =>
    changes.slice(start - 1 - j, changes.length - 1 - j),
  );
}

/** Constant, trend and squared trend on [−1, 1]: the span is that of 1, t, t², the digits are kept. */
function deterministicColumns(terms: Terms, start: number): Float64Array[] {
  const n = terms.changes.length - start;
  const time = (i: number): number => (2 * i - (n - 1)) / n;
  return Array.from({ length: TREND_TERMS[terms.trend] }, (_, power) =>
    Float64Array.from({ length: n }, (_, i) => time(i) ** power),
  );
}

function requireVariation(series: Float64Array): void {
  const centre = mean(series);
  let squares = 0;
  for (const value of series) squares += (value - centre) ** 2;
  if (isRoundingNoise(squares, series.length, centre)) {
    throw new InvalidInputError("constant", "the series is constant");
  }
}
