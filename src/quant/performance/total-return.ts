/**
 * Total return: growth of one unit over all bars, minus that unit.
 *
 * Π(1 + rₜ) − 1.
 *
 * @param returns simple returns, one a bar
 * @returns a fraction, −1 when everything is lost
 *
 * Cost: O(n). Checked: golden/performance.json.
 */
export function totalReturn(returns: Float64Array): number {
  return returns.reduce((growth, value) => growth * (1 + value), 1) - 1;
}
