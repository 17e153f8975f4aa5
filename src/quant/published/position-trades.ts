/** A stretch of bars with one position. */
export type PositionTrade = {
  readonly side: "long" | "short";
  /** Bar at whose close the position was taken. */
  readonly entryBar: number;
  /** Bar at whose close it was left; the last bar where it is still open. */
  readonly exitBar: number;
  readonly isOpen: boolean;
  /** What the bars after the entry up to the exit earned before costs, compounded, a fraction. */
  readonly grossReturn: number;
};

/**
 * Trades of a series of positions: its stretches, for a table and for marks in a chart.
 *
 * A reversal ends one trade and starts another at the same close. What the last bar asks for has no bar
 * left to earn in and is no trade.
 *
 * @param position −1, 0 or 1 at the close of each bar
 * @param grossReturns of pairLedger, aligned: bar i is earned by the position of bar i − 1
 * @returns trades, oldest first; Π (1 + grossReturn) is the growth of the whole
 *
 * Cost: O(n).
 */
export function positionTrades(
  position: Float64Array,
  grossReturns: Float64Array,
): readonly PositionTrade[] {
  const last = position.length - 1;
  const trades: PositionTrade[] = [];
  let entryBar = 0;
  while (entryBar < last) {
    const held = position[entryBar]!;
    let exitBar = entryBar + 1;
    while (exitBar < last && position[exitBar] === held) exitBar += 1;
    if (held !== 0) {
      trades.push({
        side: held > 0 ? "long" : "short",
        entryBar,
        exitBar,
        isOpen: position[exitBar] === held,
        grossReturn: growth(grossReturns.subarray(entryBar + 1, exitBar + 1)) - 1,
      });
    }
    entryBar = exitBar;
  }
  return trades;
}

function growth(returns: Float64Array): number {
  return returns.reduce((product, value) => product * (1 + value), 1);
}
