import {
  type CriticalValues,
  mackinnonCriticalValues,
  mackinnonPValue,
} from "../cointegration/mackinnon.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import { leastSquares } from "../linalg/least-squares.ts";
import { longRunVariance } from "../regression/long-run-variance.ts";
import { differences } from "../stats/differences.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import { mackinnonBiasPValue } from "./mackinnon-bias.ts";
import { requireVariation } from "./require-variation.ts";

/** Result of a Phillips–Perron test. */
export type PhillipsPerron = {
  /** Zτ or Zρ, as asked for. */
  readonly statistic: number;
  readonly pValue: number;
  readonly lags: number;
  /** n, rows of the regression: length − 1. */
  readonly observations: number;
  /** ρ, the share of a deviation that is left after one bar. */
  readonly coefficient: number;
  readonly standardError: number;
  readonly longRunVariance: number;
  /** Of Zτ; null for Zρ. */
  readonly criticalValues: CriticalValues | null;
};

const TREND_TERMS = { n: 0, c: 1, ct: 2 } as const;

/**
 * Phillips–Perron test: a Dickey–Fuller test without lagged changes, corrected for the
 * autocorrelation of its errors afterwards.
 *
 * xₜ = d + ρ xₜ₋₁ + e. Zτ = √(γ₀/λ²) (ρ − 1)/se − ½ (λ² − γ₀)/λ · n se/s,
 * Zρ = n (ρ − 1) − ½ n² se²/s² (λ² − γ₀), λ² the long-run variance of e.
 * Null hypothesis: a unit root, ρ = 1. Small (very negative) statistics reject it.
 *
 * @param series n + 1 ≥ 6 finite values, oldest first, not constant
 * @param options.trend deterministic terms d, "c" by default
 * @param options.test "tau" (default) or "rho"
 * @param options.lags of λ², < n; ⌈12 (length / 100)^¼⌉ by default
 * @returns statistic, p-value, lags and the regression; see PhillipsPerron
 * @throws {InvalidInputError} "too-short", a value is not finite, "constant", "out-of-range": lags,
 *   "collinear": the past explains the series without error
 *
 * Cost: O(n · lags). Convention: matches PhillipsPerron of arch; urca's ur.pp is another form, equal
 * to about 5e-3. Source: Hamilton (1994), 17.6. Checked: golden/unit-root.json.
 */
export function phillipsPerron(
  series: Float64Array,
  options: {
    readonly trend?: "n" | "c" | "ct";
    readonly test?: "tau" | "rho";
    readonly lags?: number;
  } = {},
): PhillipsPerron {
  const { trend = "c", test = "tau" } = options;
  requireSeries(series, { name: "series", lengthMin: 6 });
  const observations = series.length - 1;
  const lags = lagsOf(options.lags, observations);
  const fit = firstOrderFit(series, TREND_TERMS[trend]);
  const { change, standardError, residuals, residualSquares, degreesOfFreedom } = fit;
  const gamma = residualSquares / observations;
  const variance = residualSquares / degreesOfFreedom;
  const longRun = longRunVariance(residuals, lags);
  const share = (observations * standardError) / Math.sqrt(variance);
  const statistic =
    test === "tau"
      ? (Math.sqrt(gamma / longRun) * change) / standardError -
        (0.5 * (longRun - gamma) * share) / Math.sqrt(longRun)
      : observations * change - 0.5 * share * share * (longRun - gamma);
  return {
    statistic,
    pValue:
      test === "tau"
        ? mackinnonPValue(statistic, { trend, seriesCount: 1 })
        : mackinnonBiasPValue(statistic, trend),
    lags,
    observations,
    coefficient: 1 + change,
    standardError,
    longRunVariance: longRun,
    criticalValues:
      test === "tau" ? mackinnonCriticalValues({ trend, seriesCount: 1, observations }) : null,
  };
}

function lagsOf(lags: number | undefined, observations: number): number {
  if (lags === undefined) {
    return Math.min(Math.ceil(12 * ((observations + 1) / 100) ** 0.25), observations - 1);
  }
  if (!Number.isInteger(lags) || lags < 0) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number of at least 0");
  }
  if (lags >= observations) {
    throw new InvalidInputError(
      "too-short",
      `${observations} changes are too few for ${lags} lags`,
    );
  }
  return lags;
}

type FirstOrderFit = {
  /** ρ − 1: regressing changes instead of levels keeps its digits when it is small. */
  readonly change: number;
  readonly standardError: number;
  readonly residuals: Float64Array;
  readonly residualSquares: number;
  readonly degreesOfFreedom: number;
};

function firstOrderFit(series: Float64Array, trendTerms: number): FirstOrderFit {
  const n = series.length - 1;
  requireVariation(series);
  const offset = trendTerms === 0 ? 0 : mean(series);
  const columns = Array.from({ length: trendTerms }, (_, power) =>
    Float64Array.from({ length: n }, (_, i) => ((2 * i - (n - 1)) / n) ** power),
  );
  columns.push(series.slice(0, n).map((value) => value - offset));
  const changes = differences(series);
  const k = columns.length;
  const solution = leastSquares(
    columns.map((column) => column.slice()),
    changes.slice(),
  );
  let changeSquares = 0;
  for (const change of changes) changeSquares += change * change;
  if (solution === null || solution.residualSumOfSquares <= 1e-24 * changeSquares) {
    throw new InvalidInputError("collinear", "the series is explained exactly by its own past");
  }
  const residuals = changes.slice();
  let residualSquares = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) residuals[i]! -= solution.coefficients[j]! * columns[j]![i]!;
    residualSquares += residuals[i]! * residuals[i]!;
  }
  const degreesOfFreedom = n - k;
  return {
    change: solution.coefficients[k - 1]!,
    standardError: Math.sqrt(
      (residualSquares / degreesOfFreedom) * solution.inverseMoments[k * k - 1]!,
    ),
    residuals,
    residualSquares,
    degreesOfFreedom,
  };
}
