import { InvalidInputError } from "../invalid-input-error.ts";
import { longRunVariance } from "../regression/long-run-variance.ts";
import { requireSeries } from "../stats/require-series.ts";
import { detrended } from "./detrended.ts";

/** Result of a KPSS test. */
export type Kpss = {
  readonly statistic: number;
  /** Interpolated between the tabulated levels, so within [0.01, 0.1]. */
  readonly pValue: number;
  /** "low": the true p is below 0.01; "high": it is above 0.1; null: it is in between. */
  readonly pValueClamped: "low" | "high" | null;
  readonly lags: number;
  /** Values that the statistic must be above for stationarity to be rejected. */
  readonly criticalValues: {
    readonly tenPercent: number;
    readonly fivePercent: number;
    readonly twoAndHalfPercent: number;
    readonly onePercent: number;
  };
};

const LEVELS = [0.1, 0.05, 0.025, 0.01] as const;

// Source: Kwiatkowski, Phillips, Schmidt, Shin (1992), table 1; one value a level.
const CRITICAL_VALUES = {
  c: [0.347, 0.463, 0.574, 0.739],
  ct: [0.119, 0.146, 0.176, 0.216],
} as const;

/**
 * KPSS test: does a series stand still, where the Dickey–Fuller test asks whether it wanders?
 *
 * η = Σ Sₜ² / n² / s²(l), Sₜ the sums of the detrended series, s² its long-run variance.
 * Null hypothesis: stationary about a level ("c") or a trend ("ct"). Large statistics reject it.
 *
 * @param series n ≥ 4 finite values, oldest first, not constant
 * @param options.trend "c" by default
 * @param options.lags of the long-run variance: a number < n, "auto" (default) by the data, or
 *   "legacy" ⌈12 (n / 100)^¼⌉
 * @returns statistic, p-value with whether it is clamped, lags, critical values
 * @throws {InvalidInputError} "too-short": n < 4 or no more bars than lags; a value is not finite;
 *   "constant": nothing is left of the series without its trend; "out-of-range": lags
 *
 * Cost: O(n · lags). Convention: matches statsmodels kpss. Source: Kwiatkowski et al. (1992);
 * "auto" Hobijn, Franses, Ooms (1998). Checked: golden/unit-root.json.
 */
export function kpss(
  series: Float64Array,
  options: { readonly trend?: "c" | "ct"; readonly lags?: number | "auto" | "legacy" } = {},
): Kpss {
  const { trend = "c", lags = "auto" } = options;
  requireSeries(series, { name: "series", lengthMin: 4 });
  const rest = detrended(series, trend);
  const chosen = lagsOf(rest, lags);
  const n = rest.length;
  let sum = 0;
  let squares = 0;
  for (const value of rest) {
    sum += value;
    squares += sum * sum;
  }
  const statistic = squares / (n * n) / longRunVariance(rest, chosen);
  const table = CRITICAL_VALUES[trend];
  const [tenPercent, fivePercent, twoAndHalfPercent, onePercent] = table;
  return {
    statistic,
    pValue: interpolatedP(statistic, table),
    pValueClamped: statistic > onePercent ? "low" : statistic < tenPercent ? "high" : null,
    lags: chosen,
    criticalValues: { tenPercent, fivePercent, twoAndHalfPercent, onePercent },
  };
}

function lagsOf(rest: Float64Array, lags: number | "auto" | "legacy"): number {
  const n = rest.length;
  if (lags === "legacy") return Math.min(Math.ceil(12 * (n / 100) ** 0.25), n - 1);
  if (lags === "auto") return Math.min(automaticLags(rest), n - 1);
  if (!Number.isInteger(lags) || lags < 0) {
    throw new InvalidInputError("out-of-range", "lags must be a whole number of at least 0");
  }
  if (lags >= n) {
    throw new InvalidInputError("too-short", `${n} values are too few for ${lags} lags`);
  }
  return lags;
}

function automaticLags(rest: Float64Array): number {
  const n = rest.length;
  const covarianceLags = Math.trunc(n ** (2 / 9));
  let total = 0;
  let weighted = 0;
  for (let lag = 0; lag <= covarianceLags; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += rest[t]! * rest[t - lag]!;
    total += lag === 0 ? sum : 2 * sum;
    weighted += 2 * lag * sum;
  }
  const ratio = weighted / total;
  return Math.trunc(1.1447 * Math.cbrt(ratio * ratio) * Math.cbrt(n));
}

function interpolatedP(statistic: number, table: readonly number[]): number {
  const above = table.findIndex((value) => value > statistic);
  if (above === 0) return LEVELS[0];
  if (above < 0) return LEVELS[3];
  const from = table[above - 1]!;
  const share = (statistic - from) / (table[above]! - from);
  return LEVELS[above - 1]! + share * (LEVELS[above]! - LEVELS[above - 1]!);
}
