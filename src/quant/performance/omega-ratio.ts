/**
 * Omega ratio: the sum of the gains above a rate per unit of the shortfalls below it.
 *
 * Σ max(r − rf, 0) / Σ max(rf − r, 0).
 *
 * @param returns simple returns, one a bar
 * @param riskFreeRatePerPeriod the rate, a fraction a bar; 0 unless told
 * @returns dimensionless, 1 at break-even; null without a shortfall
 *
 * Cost: O(n). Convention: matches empyrical omega_ratio.
 * Source: Keating and Shadwick (2002). Checked: golden/performance.json.
 */
export function omegaRatio(returns: Float64Array, riskFreeRatePerPeriod = 0): number | null {
  let gains = 0;
  let shortfalls = 0;
  for (const value of returns) {
    const excess = value - riskFreeRatePerPeriod;
    if (excess > 0) gains += excess;
    else shortfalls -= excess;
  }
  return shortfalls === 0 ? null : gains / shortfalls;
}
