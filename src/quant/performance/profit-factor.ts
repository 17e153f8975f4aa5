/**
 * Profit factor: money won by the winning trades per unit lost by the losing ones.
 *
 * @param netPnls profit of each trade, after costs
 * @returns dimensionless, 1 at break-even; null without a losing trade
 *
 * Cost: O(n). Checked: golden/performance.json.
 */
export function profitFactor(netPnls: Float64Array): number | null {
  let won = 0;
  let lost = 0;
  for (const value of netPnls) {
    if (value > 0) won += value;
    else lost -= value;
  }
  return lost === 0 ? null : won / lost;
}
