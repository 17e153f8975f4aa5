import type { EventRun } from "../backtest/event-engine.ts";
import {
  type LookAheadOptions,
  type LookAheadProof,
  lookAheadProof,
  type ProvablePipeline,
  type StagedPipeline,
} from "../backtest/look-ahead-proof.ts";
import { firstMarketBars, type MarketBars, marketBarsBetween } from "../backtest/market-bars.ts";
import { prepareFormation } from "./prepare-window.ts";
import type { PreparedWindow } from "./prepared-window.ts";
import { tradeWindows, type WindowRequest, type WindowsToTrade } from "./trade-windows.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";
import { type WalkForwardWindow, walkForwardBarsMin, windowsFrom } from "./walk-forward-windows.ts";

/**
 * The pipeline of a walk-forward, as lookAheadProof takes it: windows, selection, fits and trading, on
 * whatever bars it is given, with the windows a bar later on a feed that is a bar late.
 *
 * Its only figure, `decision`, tells at the last bar before the trading of a window what was decided for it
 * (books, configurations, fits, sizes), as a number: a selection that looks at the first traded bar changes it when
 * that bar is taken away, whether or not it would have traded there.
 *
 * A window is not prepared anew where the very same memory is to be learned from, nor traded anew where the
 * same books begin with the same equity on the same memory: each is given these bars and no others, so it
 * would come out the same.
 *
 * @param settings everything that decides
 * @param tools functions
 * @param windowsOf division of so many bars; that of the plan unless told
 * @param known windows that prepareWindow has prepared on bars, so that they are not prepared twice
 */
export function walkForwardPipeline(
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  windowsOf: (barCount: number) => readonly WalkForwardWindow[] = (barCount) =>
    windowsFrom(barCount, settings.plan, 0),
  known: KnownWindows | null = null,
): ProvablePipeline {
  const prepare = rememberedPreparation(settings, tools, known);
  const remember = rememberedTrading();
  const prepareAll = (bars: MarketBars): readonly PreparedWindow[] =>
    windowsOf(bars.openTimeMs.length).map((window) => prepare(bars, window));
  const pipeline = (bars: MarketBars) => {
    const n = bars.openTimeMs.length;
    const prepared = prepareAll(bars);
    return (feed: MarketBars): EventRun => {
      const lateBars = feed.openTimeMs.length - n;
      // Finer bars are not late with the others, and asks do not depend on them.
      const finer = lateBars > 0 ? null : settings.finer;
      const traded = tradeWindows(feed, {
        prepared: prepared
          .filter(({ window }) => window.tradingFrom < window.tradingTo)
          .map((one) => ({ ...one, window: laterWindow(one.window, lateBars) })),
        settings: { ...settings, finer },
        open: tools.open,
        isClosedAtEnd: false,
        remember,
      });
      if (traded === null) throw new Error("Invariant: a run without hooks is not cancelled");
      return withDecisions(traded.run, prepared);
    };
  };
  const staged: StagedPipeline = (bars, cutBars) => {
    const known = firstMarketBars(bars, (cutBars.at(-1) ?? 0) + 1);
    const prepared = prepareAll(known);
    const isSameBefore = (cutBar: number): boolean =>
      prepareAll(firstMarketBars(bars, cutBar + 1)).every((one, place) =>
        isSameDecision(one, prepared[place]),
      );
    if (!cutBars.every(isSameBefore)) return null;
    const traded = tradeWindows(known, {
      prepared: prepared.filter(({ window }) => window.tradingFrom < window.tradingTo),
      settings,
      open: tools.open,
      isClosedAtEnd: false,
      cutBars,
    });
    if (traded === null) throw new Error("Invariant: a run without hooks is not cancelled");
    return withDecisions(traded.run, prepared);
  };
  return Object.assign(pipeline, { staged });
}

/** Whether two preparations of a window are one, remembered, for bars that differ in how many come after. */
function isSameDecision(a: PreparedWindow, b: PreparedWindow | undefined): boolean {
  return (
    b !== undefined &&
    a.books === b.books &&
    a.sizing === b.sizing &&
    a.window.tradingFrom === b.window.tradingFrom
  );
}

/**
 * Look-ahead proof of a walk-forward, with cuts before its decisions.
 *
 * @param bars the bars of the run
 * @param settings everything that decides
 * @param tools functions
 * @param options seed of the random cuts; a reason leaves the shift test out
 *
 * Cost: as many preparations as windows, up to 107 times the trading of one window, and where fewer are
 * traded anew (`eventsMax`) once more that of all of them.
 */
export function walkForwardProof(
  bars: MarketBars,
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  options: Pick<LookAheadOptions, "seed" | "noShiftReason" | "eventsMax"> & {
    /** See walkForwardPipeline. */
    readonly known?: KnownWindows;
  },
): LookAheadProof {
  const { known = null, ...how } = options;
  const windows = windowsFrom(bars.openTimeMs.length, settings.plan, 0);
  const pipeline = walkForwardPipeline(settings, tools, undefined, known);
  return lookAheadProof(pipeline, bars, {
    ...how,
    barsMin: walkForwardBarsMin(settings.plan) - 2,
    decisionBars: windows.map(({ tradingFrom }) => tradingFrom - 1),
  });
}

/** Prepared windows, and the bars that they were prepared on. */
export type KnownWindows = {
  readonly bars: MarketBars;
  readonly prepared: readonly PreparedWindow[];
};

type Preparation = (bars: MarketBars, window: WalkForwardWindow) => PreparedWindow;

function rememberedPreparation(
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  given: KnownWindows | null,
): Preparation {
  const known = new Map<number, { formation: MarketBars; prepared: PreparedWindow }>();
  given?.prepared.forEach((prepared) => {
    const { index, formationFrom, formationTo } = prepared.window;
    const formation = marketBarsBetween(given.bars, formationFrom, formationTo);
    known.set(index, { formation, prepared });
  });
  return (bars, window) => {
    const formation = marketBarsBetween(bars, window.formationFrom, window.formationTo);
    const before = known.get(window.index);
    if (before !== undefined && isSameMemory(before.formation, formation)) {
      return { ...before.prepared, window };
    }
    const prepared = prepareFormation(formation, window, settings, tools);
    if (prepared === null) throw new Error("Invariant: a preparation without hooks goes on");
    known.set(window.index, { formation, prepared });
    return prepared;
  };
}

function rememberedTrading(): NonNullable<WindowsToTrade["remember"]> {
  const known = new Map<number, { request: WindowRequest; done: EventRun }>();
  return (request, run) => {
    const before = known.get(request.index);
    if (before !== undefined && isSameRequest(before.request, request)) return before.done;
    const done = run();
    // A window that was cut is never asked for again.
    if (done !== null && request.isClosedAtEnd) known.set(request.index, { request, done });
    return done;
  };
}

function isSameRequest(a: WindowRequest, b: WindowRequest): boolean {
  return (
    a.books === b.books &&
    a.equity === b.equity &&
    a.tradingStartBar === b.tradingStartBar &&
    a.isClosedAtEnd === b.isClosedAtEnd &&
    isSameMemory(a.bars, b.bars)
  );
}

/** Whether two spans are views of the same bars. */
function isSameMemory(a: MarketBars, b: MarketBars): boolean {
  return (
    isSameView(a.openTimeMs, b.openTimeMs) &&
    a.instruments.length === b.instruments.length &&
    a.instruments.every((one, place) => {
      const other = b.instruments[place]!;
      return (
        one.delistedFromBar === other.delistedFromBar &&
        isSameView(one.open, other.open) &&
        isSameView(one.high, other.high) &&
        isSameView(one.low, other.low) &&
        isSameView(one.close, other.close) &&
        isSameView(one.volume, other.volume)
      );
    })
  );
}

function isSameView(a: Float64Array, b: Float64Array): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}

function laterWindow(window: WalkForwardWindow, bars: number): WalkForwardWindow {
  const { index, isCut, formationFrom, formationTo, tradingFrom, tradingTo } = window;
  return {
    index,
    formationFrom: formationFrom + bars,
    formationTo: formationTo + bars,
    tradingFrom: tradingFrom + bars,
    tradingTo: tradingTo + bars,
    isCut,
  };
}

function withDecisions(run: EventRun, prepared: readonly PreparedWindow[]): EventRun {
  const decision = new Float64Array(run.openTimeMs.length).fill(Number.NaN);
  for (const { window, books, sizing } of prepared) {
    decision[window.tradingFrom - 1] = numberOf(JSON.stringify([books, sizing]));
  }
  return { ...run, figures: [{ decision }] };
}

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
