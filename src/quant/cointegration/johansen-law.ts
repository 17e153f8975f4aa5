import { InvalidInputError } from "../invalid-input-error.ts";
import { normalCdf, normalQuantile } from "../stats/normal-distribution.ts";
import {
  JOHANSEN_CRITICAL_VALUES,
  JOHANSEN_QUANTILES,
  JOHANSEN_UPPER_TAIL,
  type JohansenLawName,
} from "./johansen-law-table.ts";

/** Deterministic terms: order −1, 0 or 1 as in statsmodels, or a term restricted to the levels. */
export type JohansenDeterministic = -1 | 0 | 1 | "restricted-constant" | "restricted-trend";

/** Which law a statistic has under its hypothesis. */
export type JohansenLaw = {
  readonly kind: "trace" | "maxEigenvalue";
  readonly deterministic: JohansenDeterministic;
  /** For orders 0 and 1: no linear drift, or no quadratic trend, in the data. */
  readonly driftless: boolean;
  /** Number of series less the rank of the hypothesis. */
  readonly commonTrends: number;
};

/** Values that a statistic must be above for the hypothesis to be rejected at that level. */
export type JohansenCriticalValues = {
  readonly tenPercent: number;
  readonly fivePercent: number;
  readonly onePercent: number;
};

const NORMAL_QUANTILES = JOHANSEN_UPPER_TAIL.map((tail) => -normalQuantile(tail));

/**
 * Critical values of a Johansen statistic.
 *
 * @param law kind, deterministic terms, drift and number of common trends, 1 … 12
 * @returns the values at 10 %, 5 % and 1 %
 * @throws {InvalidInputError} "out-of-range": that number of trends is not tabulated
 *
 * Cost: O(1). Source: MacKinnon, Haug, Michelis (1999) for orders −1, 0 and 1 with drift; else
 * simulated by scripts/simulate-johansen-laws.ts. Checked: golden/johansen.json.
 */
export function johansenCriticalValues(law: JohansenLaw): JohansenCriticalValues {
  const row = JOHANSEN_CRITICAL_VALUES[nameOf(law)][law.kind][law.commonTrends - 1];
  if (row === undefined) {
    throw new InvalidInputError(
      "out-of-range",
      `there are no critical values for ${law.commonTrends} common trends`,
    );
  }
  const [tenPercent, fivePercent, onePercent] = row;
  return { tenPercent, fivePercent, onePercent };
}

/**
 * p-value of a Johansen statistic: the asymptotic probability of one this large or larger.
 *
 * Interpolated between simulated quantiles in (√statistic, normal quantile of p), where the law is
 * almost straight; beyond the table the line goes on.
 *
 * @param statistic ≥ 0
 * @param law kind, deterministic terms, drift and number of common trends
 * @returns a probability in [0, 1]; null beyond five common trends
 *
 * Cost: O(1). Convention: within 0.002 of MacKinnon, Haug, Michelis (1999). Checked:
 * golden/johansen.json.
 */
export function johansenPValue(statistic: number, law: JohansenLaw): number | null {
  const quantiles = JOHANSEN_QUANTILES[nameOf(law)][law.kind][law.commonTrends - 1];
  if (quantiles === undefined) return null;
  // Quantiles descend while their upper tails grow.
  const next = quantiles.findIndex((quantile) => quantile <= statistic);
  const last = quantiles.length - 1;
  const below = next < 0 ? last : Math.max(1, next);
  const root = Math.sqrt(quantiles[below]!);
  const slope =
    (NORMAL_QUANTILES[below - 1]! - NORMAL_QUANTILES[below]!) /
    (Math.sqrt(quantiles[below - 1]!) - root);
  return normalCdf(-(NORMAL_QUANTILES[below]! + slope * (Math.sqrt(statistic) - root)));
}

function nameOf({ deterministic, driftless }: JohansenLaw): JohansenLawName {
  switch (deterministic) {
    case -1:
      return "none";
    case 0:
      return driftless ? "constant" : "constant-drift";
    case 1:
      return driftless ? "trend" : "trend-quadratic";
    default:
      return deterministic;
  }
}
