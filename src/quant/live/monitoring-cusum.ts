import { InvalidInputError } from "../invalid-input-error.ts";
import { normalCdf } from "../stats/normal-distribution.ts";
import { simpleOls } from "../stats/ols.ts";
import { requireSeries } from "../stats/require-series.ts";

/** Fewest values of each half. */
const HALF_MIN = 30;

/** Quantiles of sup |W| over [0, 1]. */
export const MONITORING_CRITICAL_VALUES = { onePercent: 2.807, fivePercent: 2.2414 } as const;

/** Result of monitoringCusum. */
export type MonitoringCusum = { readonly statistic: number; readonly pValue: number };

/**
 * Monitoring CUSUM: whether the second half of a series still follows the autoregression of its first.
 *
 * zₜ = a + φ zₜ₋₁ + e is fitted on the first half (m rows, deviation σ). With Sₖ the sum of the first k
 * errors of its forecasts in the second half (T m of them), the statistic is
 * maxₖ |Sₖ| / (σ √m (1 + k / m)) · √((1 + T) / T), whose limit is the supremum of |W| over [0, 1].
 * Null hypothesis: a, φ and σ are constant. The first half is not judged, so that a jump in the middle
 * cannot hide in the fit. A first half that knows little of a slow series makes it reject too often
 * (nominal 5 %, φ = 0.9: 10 % with 300 rows a half, 7 % with 1,000).
 *
 * @param series n ≥ 60 finite values, oldest first
 * @returns statistic and p-value
 * @throws {InvalidInputError} "too-short", "not-finite"; "constant": the first half, or its forecasts
 *   leave no error
 *
 * Cost: O(n). Source: Chu, Stinchcombe and White (1996); Horváth, Hušková, Kokoszka and Steinebach
 * (2004), boundary with γ = 0. Checked: size and power by simulation in the test.
 */
export function monitoringCusum(series: Float64Array): MonitoringCusum {
  requireSeries(series, { name: "series", lengthMin: 2 * HALF_MIN });
  const half = Math.floor(series.length / 2);
  const fit = simpleOls(series.subarray(1, half), series.subarray(0, half - 1));
  const rows = half - 1;
  const sigma = Math.sqrt(fit.residualSumOfSquares / (rows - 2));
  if (sigma === 0) {
    throw new InvalidInputError("constant", "the first half is explained without an error");
  }
  let sum = 0;
  let largest = 0;
  const monitored = series.length - half;
  for (let k = 1; k <= monitored; k++) {
    const t = half + k - 1;
    sum += series[t]! - fit.intercept - fit.slope * series[t - 1]!;
    largest = Math.max(largest, Math.abs(sum) / (1 + k / rows));
  }
  const span = monitored / rows;
  const statistic = (largest / (sigma * Math.sqrt(rows))) * Math.sqrt((1 + span) / span);
  return { statistic, pValue: wienerSupremumSurvival(statistic) };
}

/** Below it the series of exponentials converges at once, above it that of normal tails. */
const TAILS_FROM = 2;

/**
 * Probability that the largest absolute value of a Wiener process on [0, 1] exceeds x.
 *
 * 1 − 4/π Σ (−1)^k / (2k + 1) exp(−(2k + 1)² π² / (8 x²)), or 4 Σ (−1)^k (1 − Φ((2k + 1) x)).
 *
 * @param x ≥ 0
 * @returns a probability, to about 1e-12
 *
 * Cost: O(1). Source: Feller (1971), An Introduction to Probability Theory II, X.5.
 */
export function wienerSupremumSurvival(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  for (let k = 0; k < 8; k++) {
    const odd = 2 * k + 1;
    const sign = k % 2 === 0 ? 1 : -1;
    sum +=
      x < TAILS_FROM
        ? (sign / odd) * Math.exp(-((odd * Math.PI) ** 2) / (8 * x * x))
        : sign * normalCdf(-odd * x);
  }
  return Math.min(1, x < TAILS_FROM ? 1 - (4 / Math.PI) * sum : 4 * sum);
}
