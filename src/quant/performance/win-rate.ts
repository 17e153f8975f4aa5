/**
 * Win rate: the share of the trades that made money after costs.
 *
 * @param netPnls profit of each trade; trades of exactly 0 count as trades, not as wins
 * @returns a fraction; null without trades
 *
 * Cost: O(n). Checked: golden/performance.json.
 */
export function winRate(netPnls: Float64Array): number | null {
  if (netPnls.length === 0) return null;
  return netPnls.filter((value) => value > 0).length / netPnls.length;
}
