import type { EventTrade } from "../backtest/event-trade.ts";

/** A run of trades that all won or all lost, by their places in the order of exits; `sum` in quote currency. */
export type TradeStreak = {
  readonly trades: number;
  readonly firstTrade: number;
  readonly lastTrade: number;
  readonly sum: number;
};

/** The longest streaks, of equal length the earlier, and that in which the record ends; null without any. */
export type TradeStreaks = {
  readonly winning: TradeStreak | null;
  readonly losing: TradeStreak | null;
  readonly current: TradeStreak | null;
};

/**
 * Streaks: how long winning and losing went on. A trade of exactly 0 ends both kinds, as in
 * tradeStatistics.
 *
 * @param netPnls profit of each trade in the order of exits, after costs
 * @returns see TradeStreaks
 *
 * Cost: O(n).
 */
export function tradeStreaks(netPnls: Float64Array): TradeStreaks {
  let winning: TradeStreak | null = null;
  let losing: TradeStreak | null = null;
  let current: TradeStreak | null = null;
  netPnls.forEach((netPnl, trade) => {
    const isLonger =
      current !== null && netPnl !== 0 && Math.sign(current.sum) === Math.sign(netPnl);
    current = netPnl === 0 ? null : lengthened(isLonger ? current : null, trade, netPnl);
    if (current === null) return;
    if (netPnl > 0 && current.trades > (winning?.trades ?? 0)) winning = current;
    if (netPnl < 0 && current.trades > (losing?.trades ?? 0)) losing = current;
  });
  return { winning, losing, current };
}

function lengthened(streak: TradeStreak | null, trade: number, netPnl: number): TradeStreak {
  return {
    trades: (streak?.trades ?? 0) + 1,
    firstTrade: streak?.firstTrade ?? trade,
    lastTrade: trade,
    sum: (streak?.sum ?? 0) + netPnl,
  };
}

/** Places of trades in the record: the most profitable, and the most costly, each from the extreme on. */
export type ExtremeTrades = { readonly best: readonly number[]; readonly worst: readonly number[] };

/**
 * Best and worst trades.
 *
 * @param trades round trips of a run
 * @param countMax how many of each, ≥ 0
 * @returns places in `trades`; the best made money and the worst lost it, so no trade is in both
 *
 * Cost: O(n log n).
 */
export function extremeTrades(trades: readonly EventTrade[], countMax: number): ExtremeTrades {
  const places = trades
    .map(({ netPnl }, place) => ({ netPnl, place }))
    .sort((a, b) => b.netPnl - a.netPnl || a.place - b.place);
  const best = places.filter(({ netPnl }) => netPnl > 0).slice(0, countMax);
  const worst = places
    .filter(({ netPnl }) => netPnl < 0)
    .reverse()
    .slice(0, countMax);
  return { best: best.map(({ place }) => place), worst: worst.map(({ place }) => place) };
}
