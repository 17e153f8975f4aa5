import type { CashEntries } from "../backtest/cash-ledger.ts";
import type { EventRun } from "../backtest/event-engine.ts";
import type { FillColumns } from "../backtest/fill-log.ts";

/** Where the run of a window stands in the whole. */
export type StitchPlace = {
  /** Bar of the whole that is bar 0 of the run. */
  readonly firstBar: number;
  /** First traded bar, of the whole. */
  readonly tradingFrom: number;
  readonly firstBook: number;
  readonly firstSlot: number;
};

/** Runs of windows, one after the other, each with its place. */
export type WindowRun = { readonly run: EventRun; readonly place: StitchPlace };

/**
 * Stitches the runs of windows to one, as if a single engine had traded them all.
 *
 * What happened while a window warmed up is left out: the bars before its trading are those of the window
 * before, or of nobody, and then cash and equity stand still.
 *
 * @param openTimeMs axis of the whole, n bars
 * @param initialCash quote currency, before the first window
 * @param windows in order; each began with the equity that the one before had left
 * @returns the whole run; bars, books and slots count through it
 *
 * Cost: O(n + rows).
 */
export function stitchedRun(
  openTimeMs: Float64Array,
  initialCash: number,
  windows: readonly WindowRun[],
): EventRun {
  const n = openTimeMs.length;
  const equity = new Float64Array(n).fill(initialCash);
  const cash = new Float64Array(n).fill(initialCash);
  const grossExposure = new Float64Array(n);
  const netExposure = new Float64Array(n);
  for (const { run, place } of windows) {
    const warmUpBars = place.tradingFrom - place.firstBar;
    equity.set(run.equity.subarray(warmUpBars), place.tradingFrom);
    cash.set(run.cash.subarray(warmUpBars), place.tradingFrom);
    grossExposure.set(run.grossExposure.subarray(warmUpBars), place.tradingFrom);
    netExposure.set(run.netExposure.subarray(warmUpBars), place.tradingFrom);
    const tradingTo = place.firstBar + run.equity.length;
    if (tradingTo === 0) continue;
    equity.fill(equity[tradingTo - 1]!, tradingTo);
    cash.fill(cash[tradingTo - 1]!, tradingTo);
  }
  return {
    openTimeMs,
    equity,
    cash,
    grossExposure,
    netExposure,
    fills: stitchedFills(windows),
    cashEntries: stitchedEntries(windows),
    asks: stitchedAsks(windows),
    trades: windows.flatMap(({ run, place: { firstBar, firstBook } }) =>
      run.trades.map((trade) => ({
        ...trade,
        book: trade.book + firstBook,
        entrySignalBar: trade.entrySignalBar + firstBar,
        entryFillBar: trade.entryFillBar + firstBar,
        exitSignalBar: trade.exitSignalBar + firstBar,
        exitFillBar: trade.exitFillBar + firstBar,
      })),
    ),
    refusals: windows.flatMap(({ run, place: { firstBar, firstBook } }) =>
      run.refusals.map(({ bar, book, reason }) => ({
        bar: bar + firstBar,
        book: book + firstBook,
        reason,
      })),
    ),
    costs: windows.flatMap(({ run, place: { firstBook } }) =>
      run.costs.map((slot) => ({ ...slot, book: slot.book + firstBook })),
    ),
    figures: [],
    isRuined: windows.some(({ run }) => run.isRuined),
    liquidations: windows.reduce((sum, { run }) => sum + run.liquidations, 0),
  };
}

function stitchedFills(windows: readonly WindowRun[]): FillColumns {
  return {
    bar: joined(windows, ({ run, place }) => run.fills.bar.map((bar) => bar + place.firstBar)),
    slot: joined(windows, ({ run, place }) => run.fills.slot.map((slot) => slot + place.firstSlot)),
    quantity: joined(windows, ({ run }) => run.fills.quantity),
    price: joined(windows, ({ run }) => run.fills.price),
    fee: joined(windows, ({ run }) => run.fills.fee),
    slippageCost: joined(windows, ({ run }) => run.fills.slippageCost),
    isMaker: joined(windows, ({ run }) => run.fills.isMaker),
  };
}

/** What was asked before the trading was asked of nobody. */
function stitchedAsks(windows: readonly WindowRun[]): EventRun["asks"] {
  const traded = windows.map(({ run: { asks }, place }) => {
    const first = asks.bar.findIndex((bar) => bar + place.firstBar >= place.tradingFrom);
    return { asks, place, first: first < 0 ? asks.bar.length : first };
  });
  return {
    bar: joined(traded, ({ asks, place, first }) =>
      asks.bar.subarray(first).map((bar) => bar + place.firstBar),
    ),
    slot: joined(traded, ({ asks, place, first }) =>
      asks.slot.subarray(first).map((slot) => slot + place.firstSlot),
    ),
    value: joined(traded, ({ asks, first }) => asks.value.subarray(first)),
  };
}

function stitchedEntries(windows: readonly WindowRun[]): CashEntries {
  const rows = windows.reduce((sum, { run }) => sum + run.cashEntries.bar.length, 0);
  const bar = new Int32Array(rows);
  const slot = new Int32Array(rows);
  const cause = new Uint8Array(rows);
  const amount = new Float64Array(rows);
  let at = 0;
  for (const { run, place } of windows) {
    const { cashEntries } = run;
    for (let row = 0; row < cashEntries.bar.length; row++, at++) {
      bar[at] = cashEntries.bar[row]! + place.firstBar;
      slot[at] = cashEntries.slot[row]! + place.firstSlot;
      cause[at] = cashEntries.cause[row]!;
      amount[at] = cashEntries.amount[row]!;
    }
  }
  return { bar, slot, cause, amount };
}

function joined<Part>(
  parts: readonly Part[],
  columnOf: (part: Part) => Float64Array,
): Float64Array {
  const columns = parts.map(columnOf);
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}
