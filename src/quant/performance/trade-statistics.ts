/**
 * How the trades of a backtest are distributed, quote currency after costs. A flat trade (exactly
 * 0) breaks both kinds of streak. `averageLoss` and `worst` are negative as the trades are; null
 * where no such trade exists; `payoffRatio` is averageWin / |averageLoss|.
 */
export type TradeStatistics = {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  readonly grossProfit: number;
  readonly grossLoss: number;
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  readonly payoffRatio: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly winStreakMax: number;
  readonly lossStreakMax: number;
};

/**
 * Trade statistics: counts, averages, extremes and streaks of the round trips.
 *
 * @param netPnls profit of each trade in the order of their exits, after costs
 * @returns see TradeStatistics
 *
 * Cost: O(n). Checked: golden/performance.json.
 */
export function tradeStatistics(netPnls: Float64Array): TradeStatistics {
  const won = netPnls.filter((value) => value > 0);
  const lost = netPnls.filter((value) => value < 0);
  const grossProfit = sum(won);
  const grossLoss = sum(lost);
  const averageWin = won.length === 0 ? null : grossProfit / won.length;
  const averageLoss = lost.length === 0 ? null : grossLoss / lost.length;
  return {
    trades: netPnls.length,
    wins: won.length,
    losses: lost.length,
    grossProfit,
    grossLoss,
    averageWin,
    averageLoss,
    payoffRatio: averageWin === null || averageLoss === null ? null : averageWin / -averageLoss,
    best: netPnls.length === 0 ? null : netPnls.reduce((a, b) => Math.max(a, b)),
    worst: netPnls.length === 0 ? null : netPnls.reduce((a, b) => Math.min(a, b)),
    winStreakMax: longestRun(netPnls, (value) => value > 0),
    lossStreakMax: longestRun(netPnls, (value) => value < 0),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function longestRun(values: Float64Array, belongs: (value: number) => boolean): number {
  let run = 0;
  let longest = 0;
  for (const value of values) {
    run = belongs(value) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
