import { mean } from "../stats/mean.ts";

/**
 * Expectancy: the mean profit of a trade.
 *
 * @param netPnls profit of each trade, after costs, quote currency
 * @returns quote currency a trade; null without trades
 *
 * Cost: O(n). Checked: golden/performance.json.
 */
export function expectancy(netPnls: Float64Array): number | null {
  return netPnls.length === 0 ? null : mean(netPnls);
}
