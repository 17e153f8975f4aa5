import { InvalidInputError } from "../invalid-input-error.ts";
import { normalCdf } from "../stats/normal-distribution.ts";
import type { CriticalValueRow, DeterministicTrend } from "./mackinnon-tables.ts";
import {
  MACKINNON_1994_SURFACES,
  MACKINNON_2010,
  MACKINNON_2010_AS_IN_STATSMODELS,
} from "./mackinnon-tables.ts";

/** Values that a statistic must be below for the null to be rejected at that level. */
export type CriticalValues = {
  readonly onePercent: number;
  readonly fivePercent: number;
  readonly tenPercent: number;
};

/**
 * MacKinnon p-value: the asymptotic probability of a Dickey–Fuller statistic this small or smaller
 * under a unit root.
 *
 * Φ(b₀ + b₁τ + b₂τ² [+ b₃τ³]), one polynomial for small p and one for large p.
 *
 * @param statistic t statistic of the level, τ
 * @param options.trend deterministic terms; of the first step for residuals of a cointegration test
 * @param options.seriesCount 1 for a unit-root test, the number of series (≤ 6) for cointegration:
 *   residuals have been fitted to look stationary, so their law lies further left
 * @returns p in [0, 1]; exactly 0 or 1 outside the range of the surface
 * @throws {InvalidInputError} "out-of-range": no surface for that number of series
 *
 * Cost: O(1). Convention: matches statsmodels mackinnonp.
 * Source: MacKinnon (1994), tables 1–3. Checked: golden/unit-root.json.
 */
export function mackinnonPValue(
  statistic: number,
  options: { readonly trend: DeterministicTrend; readonly seriesCount: number },
): number {
  const surface = MACKINNON_1994_SURFACES[options.trend][options.seriesCount - 1];
  if (surface === undefined) {
    throw new InvalidInputError(
      "out-of-range",
      `there is no p-value surface for ${options.seriesCount} series`,
    );
  }
  if (statistic > surface.max) return 1;
  if (statistic < surface.min) return 0;
  if (statistic <= surface.star) {
    const [b0, b1, b2] = surface.small;
    return normalCdf(b0 + statistic * (b1 + statistic * b2 * 1e-2));
  }
  const [b0, b1, b2, b3] = surface.large;
  return normalCdf(b0 + statistic * (b1 * 1e-1 + statistic * (b2 * 1e-1 + statistic * b3 * 1e-2)));
}

/**
 * MacKinnon critical values of a Dickey–Fuller or Engle–Granger statistic in a finite sample.
 *
 * β∞ + β₁/T + β₂/T² + β₃/T³.
 *
 * @param options.trend deterministic terms, as for mackinnonPValue
 * @param options.seriesCount 1 for a unit-root test, up to 12 series for cointegration; without
 *   constant ("n") only 1 is tabulated
 * @param options.observations T, the observations of the regression; Infinity for the asymptotic row
 * @param options.compat "statsmodels" reproduces the four misprints of that library's table
 * @returns the values at 1 %, 5 % and 10 %
 * @throws {InvalidInputError} "out-of-range": that number of series is not tabulated
 *
 * Cost: O(1). Convention: matches statsmodels mackinnoncrit but for the misprints.
 * Source: MacKinnon (2010), tables 2–4. Checked: golden/unit-root.json.
 */
export function mackinnonCriticalValues(options: {
  readonly trend: DeterministicTrend;
  readonly seriesCount: number;
  readonly observations: number;
  readonly compat?: "statsmodels" | undefined;
}): CriticalValues {
  const { trend, seriesCount, observations, compat } = options;
  const rows = MACKINNON_2010[trend][seriesCount - 1];
  if (rows === undefined) {
    throw new InvalidInputError(
      "out-of-range",
      `there are no critical values for ${seriesCount} series with trend ${trend}`,
    );
  }
  const misprints =
    compat === "statsmodels" && trend === "c"
      ? MACKINNON_2010_AS_IN_STATSMODELS.filter((entry) => entry.seriesCount === seriesCount)
      : [];
  const valueAt = (levelIndex: 0 | 1 | 2): number => {
    const misprint = misprints.find((entry) => entry.levelIndex === levelIndex);
    return criticalValue(misprint?.row ?? rows[levelIndex], observations);
  };
  return { onePercent: valueAt(0), fivePercent: valueAt(1), tenPercent: valueAt(2) };
}

function criticalValue(row: CriticalValueRow, observations: number): number {
  const [betaInfinity, beta1, beta2, beta3] = row;
  const inverse = 1 / observations;
  return betaInfinity + inverse * (beta1 + inverse * (beta2 + inverse * beta3));
}
