import {
  type EventBacktest,
  type EventRun,
  runEngineInStages,
  runEventEngine,
} from "../backtest/event-engine.ts";
import { firstMarketBars, type MarketBars, marketBarsBetween } from "../backtest/market-bars.ts";
import type { BacktestHooks } from "../backtest/trading-loop.ts";
import { periodPerformance } from "./period-performance.ts";
import { engineBook } from "./prepare-window.ts";
import type { PreparedWindow } from "./prepared-window.ts";
import { type StitchPlace, stitchedRun, type WindowRun } from "./stitched-run.ts";
import type { TradedWindow, WalkForwardRun } from "./walk-forward-run.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";

/** What is traded, and how it ends. */
export type WindowsToTrade = {
  /** In order, all on the same axis as the bars. */
  readonly prepared: readonly PreparedWindow[];
  readonly settings: WalkForwardSettings;
  readonly open: WalkForwardTools["open"];
  /** Whether the last bar of a window that is cut closes what is open; a proof of prefixes must not. */
  readonly isClosedAtEnd: boolean;
  /** Whether the figures of the strategies are kept, see TradedWindow. */
  readonly isRecordingFigures?: boolean;
  /** Bars of the whole, ascending, after each of which more of them becomes known; see runEngineInStages. */
  readonly cutBars?: readonly number[];
  /** May know the run of a window already; see walkForwardPipeline. */
  readonly remember?: (request: WindowRequest, run: () => EventRun | null) => EventRun | null;
};

/** All that the run of a window depends on, besides settings that are the same for all. */
export type WindowRequest = {
  readonly index: number;
  /** From the first bar of the warm-up to the last that is traded. */
  readonly bars: MarketBars;
  readonly books: PreparedWindow["books"];
  readonly sizing: PreparedWindow["sizing"];
  readonly equity: number;
  readonly tradingStartBar: number;
  readonly isClosedAtEnd: boolean;
};

/**
 * Trades prepared windows, one after the other, on one account.
 *
 * All books of a window share the account, and its equity goes on from window to window. What is held is
 * closed at the close of the window's last bar, also where the same pair is selected again: the next window
 * has another line, and perhaps another configuration, and a position that one of them opened is not the
 * other's. Strategies warm up on the bars before the window; a position that a strategy has taken before the
 * trading begins is not taken up in its middle, the next entry is waited for. After a ruin
 * nothing is traded.
 *
 * @param bars the market
 * @param work windows and settings
 * @param hooks progress in [0, 1] and cancellation
 * @returns the run, or null when it was cancelled
 *
 * Cost: O(windows · (formation + trading) bars · books).
 */
export function tradeWindows(
  bars: MarketBars,
  work: WindowsToTrade,
  hooks: BacktestHooks = {},
): WalkForwardRun | null {
  const { prepared, settings } = work;
  const { initialCash } = settings.rules;
  const runs: WindowRun[] = [];
  const windows: TradedWindow[] = [];
  let equity = initialCash;
  let isRuined = false;
  let firstBook = 0;
  let firstSlot = 0;
  for (const [index, one] of prepared.entries()) {
    const place = { ...feedOf(prepared, one, work), firstBook, firstSlot };
    const isInCash: boolean = one.books.length === 0 || isRuined;
    const run: EventRun | null = isInCash
      ? null
      : tradeWindow(
          bars,
          { ...work, one, place, equity },
          hooksWithin(hooks, index, prepared.length),
        );
    if (run === null && !isInCash) return null;
    const traded = {
      ...one,
      firstBook,
      equityBefore: equity,
      equityAfter: run?.equity.at(-1) ?? equity,
      isInCash,
    };
    windows.push({
      ...traded,
      outOfSample: run === null ? null : figuresOf(run, traded, work, place),
      figures: run === null ? [] : tradedFigures(run, place),
    });
    if (run === null) continue;
    runs.push({ run: { ...run, figures: [] }, place });
    equity = traded.equityAfter;
    isRuined = run.isRuined || equity <= 0;
    firstBook += one.books.length;
    firstSlot += run.costs.length;
  }
  hooks.onProgress?.(1);
  return {
    run: stitchedRun(bars.openTimeMs, initialCash, runs),
    windows,
    tradingStartBar: prepared[0]?.window.tradingFrom ?? bars.openTimeMs.length,
  };
}

/**
 * Bars on which strategies warm up: as many as a first formation has, and the embargo; more where a strategy
 * or the volatility of its sizes needs them and there are any.
 */
function feedOf(
  prepared: readonly PreparedWindow[],
  { window: { tradingFrom }, books, sizing: { rule } }: PreparedWindow,
  { settings: { plan }, open }: Pick<WindowsToTrade, "settings" | "open">,
): Pick<StitchPlace, "firstBar" | "tradingFrom"> {
  const warmUpBars = Math.max(
    plan.embargoBars + plan.formationBars,
    rule.kind === "volatility-target" ? rule.windowBars + 1 : 0,
    ...books.map(({ values }) => open(values).warmUpBars),
  );
  // A feed that is a bar late begins a bar later.
  const firstKnownBar = prepared[0]?.window.formationFrom ?? 0;
  return { firstBar: Math.max(firstKnownBar, tradingFrom - warmUpBars), tradingFrom };
}

function tradeWindow(
  bars: MarketBars,
  work: WindowsToTrade & {
    readonly one: PreparedWindow;
    readonly place: StitchPlace;
    readonly equity: number;
  },
  hooks: BacktestHooks,
): EventRun | null {
  const { one, place, equity, remember } = work;
  const { index, tradingFrom, tradingTo, isCut } = one.window;
  const request = {
    index,
    bars: marketBarsBetween(bars, place.firstBar, tradingTo),
    books: one.books,
    sizing: one.sizing,
    equity,
    tradingStartBar: tradingFrom - place.firstBar,
    isClosedAtEnd: !isCut || work.isClosedAtEnd,
  };
  const cutBars = work.cutBars?.filter((bar) => bar >= tradingFrom && bar < tradingTo - 1);
  const run = (): EventRun | null =>
    cutBars === undefined
      ? runRequest(request, work, hooks)
      : runEngineInStages(
          ...stagesOf(
            request,
            work,
            cutBars.map((bar) => bar - place.firstBar),
          ),
        );
  return remember === undefined ? run() : remember(request, run);
}

function runRequest(
  request: WindowRequest,
  work: WindowsToTrade,
  hooks: BacktestHooks,
): EventRun | null {
  const { bars } = request;
  return runEventEngine({ ...engineTerms(request, work), bars }, hooks);
}

/** A window of which no more is known at each cut than the bars up to it. */
function stagesOf(
  request: WindowRequest,
  work: WindowsToTrade,
  cutBars: readonly number[],
): Parameters<typeof runEngineInStages> {
  const { books, ...terms } = engineTerms(request, work);
  const { bars } = request;
  const ends = [...cutBars.map((bar) => bar + 1), bars.openTimeMs.length];
  return [terms, ends.map((end) => ({ bars: firstMarketBars(bars, end), books }))];
}

function engineTerms(
  { books, sizing, equity, tradingStartBar, isClosedAtEnd }: WindowRequest,
  { settings, open, isRecordingFigures = false }: WindowsToTrade,
): Omit<EventBacktest, "bars"> {
  const { costs, rules, protection, finer } = settings;
  const terms = { sizing, protection, tradingStartBar, isRecordingFigures };
  return {
    finer,
    costs,
    books: books.map((book) => engineBook(book, terms, open)),
    rules: { ...rules, initialCash: equity },
    tradingStartBar,
    isClosedAtEnd,
  };
}

/** The figures of each book on the traded bars: a copy, as a view would keep those of the whole warm-up. */
function tradedFigures(
  { figures }: EventRun,
  { tradingFrom, firstBar }: StitchPlace,
): TradedWindow["figures"] {
  return figures.map((one) =>
    Object.fromEntries(
      Object.entries(one).map(([name, values]) => [name, values.slice(tradingFrom - firstBar)]),
    ),
  );
}

function figuresOf(
  run: EventRun,
  { equityBefore }: Pick<TradedWindow, "equityBefore">,
  { settings: { periodsPerYear, riskFreeRateAnnual } }: WindowsToTrade,
  { tradingFrom, firstBar }: StitchPlace,
): TradedWindow["outOfSample"] {
  const warmUpBars = tradingFrom - firstBar;
  return periodPerformance({
    equity: run.equity.subarray(warmUpBars),
    grossExposure: run.grossExposure.subarray(warmUpBars),
    equityBefore,
    trades: run.trades,
    periodsPerYear,
    riskFreeRateAnnual,
  });
}

function hooksWithin(hooks: BacktestHooks, index: number, count: number): BacktestHooks {
  const { onProgress, isCancelled } = hooks;
  return {
    ...(isCancelled === undefined ? {} : { isCancelled }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (fraction: number) => onProgress((index + fraction) / count) }),
  };
}
