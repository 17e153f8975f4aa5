import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * How many lagged differences a Dickey–Fuller regression has: a fixed number, or the one that a
 * criterion selects among 0 … lagsMax (by default Schwert's rule, see lagsMaxDefault).
 */
export type LagOption =
  | { readonly kind: "fixed"; readonly lags: number }
  | { readonly kind: "aic" | "bic" | "t-stat"; readonly lagsMax?: number };

/** Two-sided 10 % normal quantile: a last lag with a smaller |t| is dropped by "t-stat". */
const T_STAT_STOP = 1.6448536269514722;

/**
 * Largest lag that a search tries by default, Schwert's rule: 12 (T / 100)^¼, rounded up.
 *
 * @param length T, number of values of the tested series
 * @param trendTerms number of deterministic terms, 0 … 3
 * @returns the lag; negative where the series is too short for any
 *
 * Cost: O(1). Convention: matches statsmodels adfuller(maxlag=None). Source: Schwert (1989).
 */
export function lagsMaxDefault(length: number, trendTerms: number): number {
  return Math.min(
    Math.floor(length / 2) - trendTerms - 1,
    Math.ceil(12 * Math.sqrt(Math.sqrt(length / 100))),
  );
}

/**
 * The largest lag that an option asks for, checked against the length of the series.
 *
 * @param lags what the caller chose
 * @param length T, number of values of the tested series
 * @param trendTerms number of deterministic terms, 0 … 3
 * @returns a whole number ≥ 0 that leaves at least one degree of freedom
 * @throws {InvalidInputError} "out-of-range": not a whole number ≥ 0; "too-short": no freedom left
 */
export function largestLag(lags: LagOption, length: number, trendTerms: number): number {
  const largest =
    lags.kind === "fixed" ? lags.lags : (lags.lagsMax ?? lagsMaxDefault(length, trendTerms));
  const degreesOfFreedom = length - 1 - largest - (1 + largest + trendTerms);
  if (largest < 0 && lags.kind !== "fixed" && lags.lagsMax === undefined) {
    throw new InvalidInputError("too-short", `${length} values are too few to search for a lag`);
  }
  if (!Number.isInteger(largest) || largest < 0) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number of at least 0");
  }
  if (degreesOfFreedom < 1) {
    throw new InvalidInputError("too-short", `${length} values are too few for ${largest} lags`);
  }
  return largest;
}

/**
 * The lag that a criterion selects, from the nested regressions on the common sample.
 *
 * AIC n ln RSS + 2k, BIC n ln RSS + k ln n with k all regressors; the smaller lag wins a tie.
 * "t-stat" goes down from the largest lag to the first whose |t| is at least 1.645.
 *
 * @param kind the criterion
 * @param nested.observations n of the common sample
 * @param nested.baseRegressors regressors of lag 0: the level and the deterministic terms
 * @param nested.residualSumsOfSquares RSS of lag 0 … largest
 * @param nested.coordinates of lag 1 … largest: square root, with sign, of what the lag takes from RSS
 * @returns the lag, 0 … largest
 *
 * Cost: O(largest). Convention: matches statsmodels adfuller(autolag=…).
 */
export function selectLag(
  kind: "aic" | "bic" | "t-stat",
  nested: {
    readonly observations: number;
    readonly baseRegressors: number;
    readonly residualSumsOfSquares: Float64Array;
    readonly coordinates: Float64Array;
  },
): number {
  const { observations, baseRegressors, residualSumsOfSquares, coordinates } = nested;
  const largest = coordinates.length;
  if (kind === "t-stat") {
    for (let lag = largest; lag > 0; lag--) {
      const variance = residualSumsOfSquares[lag]! / (observations - baseRegressors - lag);
      if (Math.abs(coordinates[lag - 1]!) >= T_STAT_STOP * Math.sqrt(variance)) return lag;
    }
    return 0;
  }
  const penalty = kind === "aic" ? 2 : Math.log(observations);
  let selected = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag <= largest; lag++) {
    const criterion =
      observations * Math.log(residualSumsOfSquares[lag]!) + penalty * (baseRegressors + lag);
    if (criterion < smallest) {
      smallest = criterion;
      selected = lag;
    }
  }
  return selected;
}
