import type { BarOrigins, Bars } from "#db/bars.ts";
import { barsFromTrades } from "#quant/market-data/bars-from-trades.ts";
import { openTime } from "#quant/market-data/open-time.ts";
import { rollUpBars } from "#quant/market-data/roll-up-bars.ts";
import type { BarTrade } from "#quant/market-data/trade-bar.ts";
import { BarColumns } from "./bar-columns.ts";

/** Trades of one symbol, oldest first; ids grow with the order of matching. */
export type TradeColumns = {
  readonly timeMs: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** null: the order of the trades stands for it. */
  readonly id: Float64Array | null;
};

/** Bars of an interval, with how they came about. */
export type BuiltBars = {
  readonly intervalMs: number;
  readonly bars: Bars;
  readonly origins: BarOrigins;
};

/** Trades whose bars are made at a time: as objects, all bars of a large file would fill the memory. */
const TRADES_AT_A_TIME = 200_000;

/**
 * Bars of the trades of a file at several intervals. The first and the last bar of each are partial: the
 * file may begin or end in their middle.
 *
 * @param intervalsMs each a whole multiple of the shortest
 * @returns by interval, the shortest first
 */
export function tradeBars(trades: TradeColumns, intervalsMs: readonly number[]): BuiltBars[] {
  const [shortestMs, ...longerMs] = intervalsMs.toSorted((a, b) => a - b);
  if (shortestMs === undefined) return [];
  const shortest = new BarColumns();
  for (const [start, end] of wholeBarRanges(trades.timeMs, shortestMs)) {
    for (const bar of barsFromTrades(tradesBetween(trades, start, end), shortestMs)) {
      shortest.add(bar);
    }
  }
  const longer = longerMs.map((intervalMs) => {
    const columns = new BarColumns();
    for (const bar of rollUpBars(shortest.bars(), intervalMs)) columns.add(bar);
    return { intervalMs, columns };
  });
  return [{ intervalMs: shortestMs, columns: shortest }, ...longer].map(
    ({ intervalMs, columns }) => ({ intervalMs, ...columns.finish() }),
  );
}

/** Ranges of trades that end where a bar does. */
function* wholeBarRanges(
  timeMs: Float64Array,
  intervalMs: number,
): Generator<readonly [start: number, end: number]> {
  const barOf = (index: number) => openTime(timeMs[index] ?? 0, intervalMs);
  for (let start = 0; start < timeMs.length; ) {
    let end = Math.min(start + TRADES_AT_A_TIME, timeMs.length);
    while (end < timeMs.length && barOf(end) === barOf(end - 1)) end += 1;
    yield [start, end];
    start = end;
  }
}

/** The same object with changing values, because bars keep none of it. */
function* tradesBetween(trades: TradeColumns, start: number, end: number): Generator<BarTrade> {
  const trade = { id: 0, timeMs: 0, price: 0, quantity: 0, late: false, backfilled: false };
  for (let i = start; i < end; i++) {
    trade.id = trades.id === null ? i : (trades.id[i] ?? 0);
    trade.timeMs = trades.timeMs[i] ?? 0;
    trade.price = trades.price[i] ?? 0;
    trade.quantity = trades.quantity[i] ?? 0;
    yield trade;
  }
}
