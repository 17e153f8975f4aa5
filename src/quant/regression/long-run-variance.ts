/**
 * Long-run variance of a series of mean zero: the variance of its sums, per bar.
 *
 * γ₀ + 2 Σ (1 − i / (lags + 1)) γᵢ with γᵢ = Σ eₜ eₜ₋ᵢ / n, not demeaned.
 *
 * @param values n values
 * @param lags number of autocovariances, < n
 * @returns the variance, ≥ 0
 *
 * Cost: O(n · lags). Source: Newey and West (1987), Bartlett weights.
 */
export function longRunVariance(values: Float64Array, lags: number): number {
  const n = values.length;
  let total = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += values[t]! * values[t - lag]!;
    total += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * sum;
  }
  return total / n;
}
