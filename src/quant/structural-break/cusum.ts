import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";
import { bridgeSupremumSurvival } from "./brownian-bridge.ts";

/** Result of cusum. */
export type Cusum = {
  /** Largest absolute value of the path. */
  readonly statistic: number;
  readonly pValue: number;
  /** Last bar before the path turns back, 0-based: where a single break would stand. */
  readonly breakIndex: number;
  /** Cumulative residuals in units of √n deviations, one value a bar, 0 at the last. */
  readonly path: Float64Array;
  readonly criticalValues: { readonly "1%": number; readonly "5%": number; readonly "10%": number };
};

/** Quantiles of the supremum of a Brownian bridge. Source: Ploberger and Krämer (1992). */
const CRITICAL_VALUES = { "1%": 1.63, "5%": 1.36, "10%": 1.22 } as const;

/**
 * CUSUM of residuals: whether a regression held all the time, or its level moved.
 *
 * max |Σ e| / √(n s²), s² = Σ e² / (n − parameters); under the null hypothesis the path is a Brownian
 * bridge. Null hypothesis: the coefficients are constant. Residuals that depend on each other, as a
 * spread with a long half-life, make it reject too often.
 *
 * @param residuals n > parameters finite least-squares residuals with an intercept, oldest first
 * @param parameters number of estimated coefficients, the intercept included, ≥ 1; 2 for a pair
 * @returns statistic, p-value, path and its turning point; see Cusum
 * @throws {InvalidInputError} "too-short", "not-finite"; "out-of-range": parameters; "constant": the
 *   residuals are all zero
 *
 * Cost: O(n). Convention: matches statsmodels breaks_cusumolsresid(resid, ddof=parameters).
 * Source: Ploberger and Krämer (1992), Econometrica 60. Checked: golden/extra-py.json.
 */
export function cusum(residuals: Float64Array, parameters: number): Cusum {
  if (!(Number.isInteger(parameters) && parameters >= 1)) {
    throw new InvalidInputError("out-of-range", "parameters must be a whole number, at least 1");
  }
  const n = residuals.length;
  requireSeries(residuals, { name: "residuals", lengthMin: parameters + 1 });
  let squares = 0;
  for (const residual of residuals) squares += residual * residual;
  if (squares === 0) {
    throw new InvalidInputError("constant", "the residuals are all zero");
  }
  const scale = Math.sqrt((n * squares) / (n - parameters));
  let sum = 0;
  const path = residuals.map((residual) => {
    sum += residual;
    return sum / scale;
  });
  let breakIndex = 0;
  for (let i = 1; i < n; i++) {
    if (Math.abs(path[i]!) > Math.abs(path[breakIndex]!)) breakIndex = i;
  }
  const statistic = Math.abs(path[breakIndex]!);
  const pValue = bridgeSupremumSurvival(statistic);
  return { statistic, pValue, breakIndex, path, criticalValues: CRITICAL_VALUES };
}
