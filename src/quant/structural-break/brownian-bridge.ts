/** Below it the dual series converges faster. */
const DUAL_BELOW = 1.2;

/**
 * Law of the largest absolute value of a Brownian bridge: the probability that it exceeds x.
 *
 * 2 Σ (−1)^(k−1) exp(−2 k² x²), and for small x its dual 1 − √(2π)/x Σ exp(−(2k−1)² π² / (8 x²)).
 *
 * @param x ≥ 0
 * @returns a probability, to about 1e-14
 *
 * Cost: O(1). Convention: matches scipy.stats.kstwobign.sf. Source: Kolmogorov (1933).
 * Checked: golden/extra-py.json.
 */
export function bridgeSupremumSurvival(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < DUAL_BELOW) {
    for (let k = 1; k <= 5; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x));
    return Math.min(1, 1 - (Math.sqrt(2 * Math.PI) / x) * sum);
  }
  for (let k = 1; k <= 5; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
