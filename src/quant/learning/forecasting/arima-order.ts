import { InvalidInputError } from "../../invalid-input-error.ts";

/** Order of an ARIMA model. */
export type ArimaOrder = {
  /** Lags of the autoregression. */
  readonly p: number;
  /** How often the series is differenced first. */
  readonly d: 0 | 1;
  /** Lags of the moving average. */
  readonly q: number;
};

/** Largest p and q. */
export const ARIMA_LAGS_MAX = 10;

/**
 * Fewest bars that an order is fitted on.
 *
 * @param order p, d, q
 * @returns 30 and two for each coefficient
 */
export function arimaBarsMin({ p, q }: ArimaOrder): number {
  return 30 + 2 * (p + q);
}

/**
 * How many numbers an ARIMA model estimates, for information criteria.
 *
 * @param order p, d, q
 * @returns p + q, the variance, and the mean where d = 0
 */
export function arimaParameterCount({ p, d, q }: ArimaOrder): number {
  return p + q + 1 + (d === 0 ? 1 : 0);
}

/**
 * Entry check of an order.
 *
 * @param order p, d, q
 * @throws {InvalidInputError} "out-of-range": p or q is no whole number in [0, 10], d neither 0 nor 1
 */
export function requireArimaOrder({ p, d, q }: ArimaOrder): void {
  for (const lags of [p, q]) {
    if (Number.isInteger(lags) && lags >= 0 && lags <= ARIMA_LAGS_MAX) continue;
    throw new InvalidInputError(
      "out-of-range",
      `p and q must be whole numbers in 0 … ${ARIMA_LAGS_MAX}`,
    );
  }
  if (d !== 0 && d !== 1) throw new InvalidInputError("out-of-range", "d must be 0 or 1");
}
