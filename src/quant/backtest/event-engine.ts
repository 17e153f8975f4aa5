import { assert } from "../assert.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import type { BarColumn, BarEvent } from "../strategies/strategy.ts";
import type { Book, BookStep, ResumableStep } from "./backtest-book.ts";
import { type CashEntries, cashEntries, cashOf, cashTotal } from "./cash-ledger.ts";
import {
  chargeHoldings,
  createEngineAccount,
  lengthenBars,
  noteBar,
  valueAccount,
} from "./engine-account.ts";
import { askTarget } from "./engine-asks.ts";
import { exitInside, leaveAll, ruin, settleDelisted } from "./engine-exits.ts";
import { fillGroupOrder } from "./engine-fills.ts";
import type { BookRun, EngineRun, Refusal } from "./engine-run.ts";
import type { EventTrade } from "./event-trade.ts";
import { type FillColumns, fillColumns } from "./fill-log.ts";
import { type FinerBars, knownFinerBars } from "./finer-bars.ts";
import { growableColumn, usedPart } from "./growable-column.ts";
import { type InstrumentCosts, requireInstrumentCosts } from "./instrument-costs.ts";
import type { MarketBars } from "./market-bars.ts";
import { type AccountRules, isLiquidated, requireAccountRules } from "./portfolio-rules.ts";
import { requirePositionSizing } from "./position-sizing.ts";
import type { BacktestHooks } from "./trading-loop.ts";

/** Everything that decides a backtest. */
export type EventBacktest = {
  readonly bars: MarketBars;
  /** Bars inside the bars, which decide where they tell the inside of a bar; see tellsInside. */
  readonly finer: FinerBars | null;
  /** One an instrument. */
  readonly costs: readonly InstrumentCosts[];
  /** The order of the books is that in which they may enter. */
  readonly books: readonly Book[];
  readonly rules: AccountRules;
  /** Strategies see the bars before and are not traded on them. */
  readonly tradingStartBar: number;
  /** Whether the last bar closes what is open; a proof of prefixes must not. */
  readonly isClosedAtEnd: boolean;
};

/**
 * What strategies asked for, in order, one row a slot: of a pair, when its side changes, the signed share
 * of size for leg Y and minus its hedge ratio for leg X; of a basket, every weight.
 */
export type AskColumns = {
  readonly bar: Float64Array;
  readonly slot: Float64Array;
  readonly value: Float64Array;
};

/** What one leg of a book has cost in all, quote currency; see EventTradeLeg for the signs. */
export type SlotCosts = {
  readonly book: number;
  readonly instrument: number;
  readonly fees: number;
  readonly slippageCost: number;
  readonly funding: number;
  readonly borrow: number;
  readonly dividends: number;
  readonly liquidationFees: number;
};

/** A finished run; series have one value a bar, after its close, money in the quote currency. */
export type EventRun = {
  readonly openTimeMs: Float64Array;
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  readonly grossExposure: Float64Array;
  readonly netExposure: Float64Array;
  readonly fills: FillColumns;
  readonly cashEntries: CashEntries;
  readonly asks: AskColumns;
  readonly trades: readonly EventTrade[];
  readonly refusals: readonly Refusal[];
  /** One a slot: the legs of the first book, then those of the second, … */
  readonly costs: readonly SlotCosts[];
  /** By book, then by name of the figure. */
  readonly figures: readonly Readonly<Record<string, Float64Array>>[];
  readonly isRuined: boolean;
  readonly liquidations: number;
};

/** Often enough for a progress bar, rarely enough to cost nothing. */
const HOOK_EVERY_BARS = 2048;

/**
 * Event engine: strategies over the bars of many instruments, with every cost, on one account.
 *
 * Inside bar t, in this order:
 * 1. funding, dividends and borrow that are due at its open, on what was held until then; positions in
 *    instruments that have ended are settled at their last close;
 * 2. what was asked at the close of t − 1 is filled at the open (at the close where a leg has no opens);
 *    a leg with a gap waits for its next bar, and both legs of a pair wait for each other;
 * 3. stops and limits inside the bar, by the pessimistic path, or along finer bars;
 * 4. marks at the close, margin check and liquidation;
 * 5. the strategies see the bar.
 * The last bar closes what is open, at its close, after 3.
 *
 * @param backtest bars, costs, books and rules
 * @param hooks progress in [0, 1] and cancellation
 * @returns the run, or null when it was cancelled
 * @throws {InvalidInputError} costs, sizes or rules that cannot be; "length-mismatch" when costs, finer
 *   bars or a book do not fit the instruments; "too-short" below two bars from `tradingStartBar` on, or one of a
 *   run that is not closed at its end
 *
 * Cost: O(bars · (instruments + slots)). Cash changes by ledger entries and by nothing else.
 */
export function runEventEngine(
  backtest: EventBacktest,
  hooks: BacktestHooks = {},
): EventRun | null {
  requireEventBacktest(backtest);
  const { bars, books } = backtest;
  const run = createRun(backtest);
  const series = createSeries(books, bars.openTimeMs.length);
  const stages = run.books.map((bookRun) => stageOf(bookRun, bars, series, bookRun.book.start()));
  if (!walkBars(run, { stages, series, from: 0 }, hooks)) return null;
  hooks.onProgress?.(1);
  return finishedRun(run, series);
}

/** Bars that a run knows for a while, and the books that were made ready on them. */
export type EngineStage = Pick<EventBacktest, "bars" | "books">;

/**
 * The event engine in stages: within each it knows the bars of that stage and none after them, and it goes
 * on where the stage before had ended, strategies included. What comes out is what has been decided, at
 * every bar, by somebody who had not seen more than the end of its stage.
 *
 * @param backtest as for runEventEngine; `isClosedAtEnd` is of the last stage
 * @param stages one after the other longer parts of one market; their books, which can be resumed, are of the
 *   same instruments in each
 * @returns the run on the bars of the last stage
 * @throws {InvalidInputError} as runEventEngine, of the bars of the first stage
 *
 * Cost: O(bars · (instruments + slots)) for all stages together, and O(bars) more for each.
 */
export function runEngineInStages(
  backtest: Omit<EventBacktest, "bars" | "books">,
  stages: readonly EngineStage[],
): EventRun {
  const [first, last] = [stages[0], stages.at(-1)];
  assert(first !== undefined && last !== undefined, "there is a stage");
  const begun = { ...backtest, ...first, isClosedAtEnd: false };
  requireEventBacktest(begun);
  const run = createRun(begun);
  const series = createSeries(first.books, last.bars.openTimeMs.length);
  const steps: ResumableStep[] = [];
  let from = 0;
  for (const { bars, books } of stages) {
    lengthenBars(run.account, bars);
    run.finer = backtest.finer === null ? null : knownFinerBars(backtest.finer, bars.openTimeMs);
    run.isClosedAtEnd = backtest.isClosedAtEnd && bars === last.bars;
    const resumed = run.books.map((bookRun, place) => {
      const book = books[place];
      assert(book?.resume !== undefined, "the books of every stage can be resumed");
      bookRun.book = book;
      const resumable = book.resume(steps[place]?.snapshot() ?? null);
      steps[place] = resumable;
      return stageOf(bookRun, bars, series, resumable.step);
    });
    walkBars(run, { stages: resumed, series, from }, {});
    from = bars.openTimeMs.length;
  }
  return finishedRun(run, series);
}

/** One value a bar of what a run is worth, and of the figures of its books. */
type RunSeries = Pick<EventRun, "equity" | "cash" | "grossExposure" | "netExposure" | "figures">;

function createSeries(books: readonly Book[], n: number): RunSeries {
  return {
    equity: new Float64Array(n),
    cash: new Float64Array(n),
    grossExposure: new Float64Array(n),
    netExposure: new Float64Array(n),
    figures: books.map(({ figureNames }) =>
      Object.fromEntries(
        figureNames.map((name) => [name, new Float64Array(n).fill(Number.NaN)] as const),
      ),
    ),
  };
}

/** Goes through the bars that the account knows from one on; false when that was cancelled. */
function walkBars(
  run: EngineRun,
  walk: { readonly stages: readonly Stage[]; readonly series: RunSeries; readonly from: number },
  hooks: BacktestHooks,
): boolean {
  const { account } = run;
  const { stages, from } = walk;
  const { equity, cash, grossExposure, netExposure } = walk.series;
  const n = account.bars.openTimeMs.length;
  const isDelistingBar = delistingBars(account.bars);
  for (let bar = from; bar < n; bar++) {
    if (bar % HOOK_EVERY_BARS === 0) {
      if (hooks.isCancelled?.() === true) return false;
      hooks.onProgress?.(bar / n);
    }
    account.filledUnits.fill(0);
    chargeHoldings(account, bar);
    if (isDelistingBar[bar] === 1) settleDelisted(run, bar);
    for (const { groups } of run.books) {
      for (const group of groups) {
        if (group.order !== null) fillGroupOrder(run, group, bar);
        if (group.side !== 0) exitInside(run, group, bar);
      }
    }
    noteBar(account, bar);
    if (bar === n - 1 && run.isClosedAtEnd) leaveAll(run, bar, "end");
    valueAccount(account);
    if (isLiquidated(run.rules, account.equity, account.grossExposure)) {
      leaveAll(run, bar, "liquidation");
      run.liquidations++;
      valueAccount(account);
    }
    if (!run.isRuined && account.equity <= 0) ruin(run, bar);
    equity[bar] = account.equity;
    cash[bar] = cashOf(account.ledger);
    grossExposure[bar] = account.grossExposure;
    netExposure[bar] = account.netExposure;
    for (const stage of stages) stage(run, bar);
  }
  return true;
}

function finishedRun(run: EngineRun, series: RunSeries): EventRun {
  const { account } = run;
  return {
    openTimeMs: account.bars.openTimeMs,
    ...series,
    fills: fillColumns(account.fills),
    cashEntries: cashEntries(account.ledger),
    asks: {
      bar: usedPart(run.asks.bar),
      slot: usedPart(run.asks.slot),
      value: usedPart(run.asks.value),
    },
    trades: run.trades,
    refusals: run.refusals,
    costs: slotCosts(run),
    isRuined: run.isRuined,
    liquidations: run.liquidations,
  };
}

const BAR_COLUMNS: readonly BarColumn[] = ["open", "high", "low", "close", "volume"];

type Stage = (run: EngineRun, bar: number) => void;

/** The strategy of a book on its instruments' columns. */
function stageOf(
  bookRun: BookRun,
  bars: MarketBars,
  { figures }: Pick<RunSeries, "figures">,
  step: (event: BarEvent) => BookStep,
): Stage {
  const { book } = bookRun;
  const legs = book.instruments.length;
  const nothing = (): Float64Array => new Float64Array(legs).fill(Number.NaN);
  const event = {
    bar: 0,
    openTimeMs: 0,
    open: nothing(),
    high: nothing(),
    low: nothing(),
    close: nothing(),
    volume: nothing(),
  } satisfies BarEvent;
  const copies = (book.reads ?? BAR_COLUMNS).flatMap((column) =>
    book.instruments.map((instrument, leg) => ({
      from: bars.instruments[instrument]![column],
      to: event[column],
      leg,
    })),
  );
  const columns = figures[bookRun.index] ?? {};
  const recorded = Object.entries(columns).map(([name, values]) => ({ name, values }));
  return (run: EngineRun, bar: number): void => {
    event.bar = bar;
    event.openTimeMs = bars.openTimeMs[bar]!;
    for (const { from, to, leg } of copies) to[leg] = from[bar]!;
    const answer = step(event);
    for (const { name, values } of recorded) values[bar] = answer.figures[name] ?? Number.NaN;
    askTarget(run, bookRun, answer, bar);
  };
}

function createRun(backtest: EventBacktest): EngineRun {
  const { bars, books, costs, rules, finer } = backtest;
  const slotInstrument = Int32Array.from(books.flatMap(({ instruments }) => instruments));
  let firstSlot = 0;
  return {
    account: createEngineAccount(bars, costs, slotInstrument, rules.initialCash),
    rules,
    books: books.map((book, index) => {
      const bookRun: BookRun = { book, index, firstSlot, form: null, groups: [] };
      firstSlot += book.instruments.length;
      return bookRun;
    }),
    finer: finer === null ? null : knownFinerBars(finer, bars.openTimeMs),
    trades: [],
    refusals: [],
    asks: { bar: growableColumn(), slot: growableColumn(), value: growableColumn() },
    tradingStartBar: backtest.tradingStartBar,
    isClosedAtEnd: backtest.isClosedAtEnd,
    isRuined: false,
    liquidations: 0,
  };
}

function delistingBars({ openTimeMs, instruments }: MarketBars): Uint8Array {
  const bars = new Uint8Array(openTimeMs.length);
  for (const { delistedFromBar } of instruments) {
    if (delistedFromBar !== null) bars[delistedFromBar] = 1;
  }
  return bars;
}

function slotCosts({ account, books }: EngineRun): readonly SlotCosts[] {
  const { ledger, slippageTotal } = account;
  return books.flatMap(({ book, index, firstSlot }) =>
    book.instruments.map((instrument, leg) => {
      const slot = firstSlot + leg;
      return {
        book: index,
        instrument,
        fees: 0 - cashTotal(ledger, slot, "fee"),
        slippageCost: slippageTotal[slot]!,
        funding: cashTotal(ledger, slot, "funding"),
        borrow: 0 - cashTotal(ledger, slot, "borrow"),
        dividends: cashTotal(ledger, slot, "dividend"),
        liquidationFees: 0 - cashTotal(ledger, slot, "liquidation"),
      };
    }),
  );
}

/** A fill after a signal needs a second bar; a history that goes on may end before it. */
const TRADING_BARS_MIN = 2;

function requireEventBacktest(backtest: EventBacktest): void {
  const { bars, books, costs, rules, finer, tradingStartBar } = backtest;
  requireAccountRules(rules);
  costs.forEach((one, instrument) => {
    requireInstrumentCosts(one, `instrument ${instrument}`);
  });
  const count = bars.instruments.length;
  const fits =
    costs.length === count &&
    (finer === null || finer.bars.instruments.length === count) &&
    books.every(({ instruments }) =>
      instruments.every((i) => Number.isInteger(i) && i >= 0 && i < count),
    );
  if (!fits) {
    throw new InvalidInputError(
      "length-mismatch",
      `the market has ${count} instruments, and costs, finer bars or a book do not fit them`,
    );
  }
  for (const { sizing } of books) requirePositionSizing(sizing);
  const tradingBars = bars.openTimeMs.length - tradingStartBar;
  const barsMin = backtest.isClosedAtEnd ? TRADING_BARS_MIN : 1;
  if (!(tradingStartBar >= 0 && tradingBars >= barsMin)) {
    throw new InvalidInputError(
      "too-short",
      `trading has ${tradingBars} bars, at least ${barsMin} are required`,
    );
  }
}
