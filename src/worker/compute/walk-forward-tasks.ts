import type { BacktestReport, ReportBook, WindowResult } from "#contracts/backtest.ts";
import { runsObstacle, windowTrials } from "#contracts/walk-forward-trials.ts";
import { EVENTS_MAX } from "#quant/backtest/look-ahead-proof.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { OpenStrategy } from "#quant/strategies/strategy-run.ts";
import { prepareWindow } from "#quant/walk-forward/prepare-window.ts";
import type { PreparedWindow } from "#quant/walk-forward/prepared-window.ts";
import { tradeWindows } from "#quant/walk-forward/trade-windows.ts";
import { walkForwardProof } from "#quant/walk-forward/walk-forward-pipeline.ts";
import type { TradedWindow, WalkForwardRun } from "#quant/walk-forward/walk-forward-run.ts";
import {
  type WalkForwardWindow,
  walkForwardWindows,
} from "#quant/walk-forward/walk-forward-windows.ts";
import { measureRun } from "./measure-run.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { metricsOfNothing, metricsOfPeriod } from "./metric-of.ts";
import { lookAheadResult, noShiftReason, type ProvedStrategy } from "./prove-strategy.ts";
import { type MeasuringInput, REPORT_SEED } from "./strategy-input.ts";
import type { TradedSessions } from "./strategy-market.ts";
import {
  type ReadyWalkForward,
  readyWalkForward,
  type WalkForwardInput,
} from "./walk-forward-input.ts";
import { windowFigures } from "./window-figures.ts";

/** Windows of a walk-forward, and what a prefix of its proof costs. */
export type WalkForwardPlan = {
  readonly windows: readonly WalkForwardWindow[];
  /** Entries, and exits, whose prefixes its proof trades anew; the others go on from the cut before. */
  readonly proofEvents: number;
};

/** A walk-forward, measured; every figure is out of sample. */
export type TradedWalkForward = MeasuredRun & {
  readonly formation: BacktestReport["formation"];
  readonly windows: WindowResult[];
  readonly sessions: TradedSessions;
};

/** Bars of an instrument that a proof may go through: some seconds. */
const PROOF_BARS_MAX = 12_000_000;

const EVENTS_MIN = 3;

/** Cuts at an entry, at an exit, and a bar before each, on half of the bars. */
const RUNS_PER_EVENT = 2;

/** Divides the bars into windows. */
export function planWalkForward(input: WalkForwardInput): WalkForwardPlan {
  const { bars, settings } = readyWalkForward(input);
  const windows = walkForwardWindows(bars.openTimeMs.length, settings.plan);
  const books =
    settings.selection.kind === "fixed"
      ? settings.selection.books.length
      : settings.selection.count;
  requireRuns(input, windows.length, books);
  const legs = Math.max(2, input.strategy.books[0]?.length ?? 2);
  const { formationBars, embargoBars, tradingBars } = settings.plan;
  // A prefix trades the window of its cut anew; those before it are remembered.
  const run = (formationBars + embargoBars + tradingBars) * books * legs;
  const events = Math.floor(PROOF_BARS_MAX / (RUNS_PER_EVENT * run));
  return { windows, proofEvents: Math.max(EVENTS_MIN, Math.min(EVENTS_MAX, events)) };
}

/** @throws {InvalidInputError} parameters are chosen too often */
function requireRuns({ strategy, walkForward }: WalkForwardInput, windows: number, books: number) {
  const { optimise } = walkForward;
  const found = optimise === null ? null : windowTrials(strategy, optimise);
  if (found === null || !("space" in found)) return;
  const obstacle = runsObstacle({ windows, books, combinations: found.space.size });
  if (obstacle !== null) throw new InvalidInputError("out-of-range", obstacle.message);
}

/** Selects, configures and fits the books of one window. */
export function prepareOneWindow(
  input: WalkForwardInput & { readonly window: WalkForwardWindow },
): PreparedWindow {
  const { bars, settings, tools } = readyWalkForward(input);
  const prepared = prepareWindow(bars, input.window, settings, tools);
  if (prepared === null) throw new Error("Invariant: a preparation is stopped by its thread");
  return prepared;
}

/** Trades prepared windows in order, and measures the run. */
export function tradeWalkForward(
  input: WalkForwardInput & MeasuringInput & { readonly prepared: readonly PreparedWindow[] },
  onProgress: (fraction: number) => void,
): TradedWalkForward {
  const ready = readyWalkForward(input);
  const { bars, settings, tools, tradedSessions } = ready;
  const { prepared, strategy, benchmark } = input;
  const work = {
    ...{ prepared, settings, open: tools.open, isClosedAtEnd: true, isRecordingFigures: true },
  };
  const walk = tradeWindows(bars, work, { onProgress });
  if (walk === null) throw new Error("Invariant: a run is stopped by its thread");
  const { bookOf, ...report } = reportBooks(walk);
  const { books, figures } = windowFigures(
    walk,
    { ...report, bookOf },
    tools.open(settings.values),
  );
  // The parameters of each window were tried beside each other: what was found is the best of them all, and the run
  // itself is one of each pair that was traded.
  const untraded = ({ books, unfitted }: PreparedWindow): number =>
    trialsOf(books) - books.length + trialsOf(unfitted);
  const ownTrials = 1 + prepared.reduce((sum, window) => sum + untraded(window), 0);
  const measured = measureRun({
    benchmark,
    earlierTrials: input.earlierTrials,
    ownTrials,
    reported: {
      run: { ...walk.run, figures },
      bars,
      initialCash: settings.rules.initialCash,
      tradingStartBar: walk.tradingStartBar,
      intervalMs: strategy.intervalMs,
      calendar: strategy.calendar,
      periodsPerYear: settings.periodsPerYear,
      riskFreeRateAnnual: strategy.riskFreeRateAnnual,
    },
    symbols: strategy.symbols,
    books,
    bookOf,
  });
  const { formationFrom, formationTo } = prepared[0]?.window ?? {
    formationFrom: 0,
    formationTo: 0,
  };
  const times = bars.openTimeMs.subarray(formationFrom, formationTo);
  return {
    ...measured,
    warnings: [...windowWarnings(walk, tools.open(settings.values)), ...measured.warnings],
    formation: { startMs: times[0] ?? 0, endMs: times.at(-1) ?? 0, bars: times.length },
    windows: walk.windows.map((window) => windowResult(window, walk, ready)),
    sessions: tradedSessions,
  };
}

/** Proves the whole pipeline, selection and fits included, to look at no later bar. */
export function proveWalkForward(
  input: WalkForwardInput & {
    readonly prepared: readonly PreparedWindow[];
    readonly eventsMax: number;
  },
): ProvedStrategy {
  const startedAtMs = performance.now();
  const { bars, settings, tools } = readyWalkForward(input);
  const proof = walkForwardProof(bars, settings, tools, {
    seed: REPORT_SEED,
    noShiftReason: noShiftReason(input.strategy.kind),
    eventsMax: input.eventsMax,
    known: { bars, prepared: input.prepared },
  });
  return {
    lookAhead: lookAheadResult(proof, bars.openTimeMs, performance.now() - startedAtMs),
    eventsMax: proof.eventsMax,
  };
}

/** Every group of instruments that any window traded or could not fit, once, in order of appearance. */
function reportBooks({ windows }: WalkForwardRun): {
  readonly books: ReportBook[];
  readonly bookOf: number[];
} {
  const books: ReportBook[] = [];
  const placeOf = new Map<string, number>();
  const placeFor = (instruments: readonly number[]): number => {
    const key = instruments.join();
    const known = placeOf.get(key);
    if (known !== undefined) return known;
    placeOf.set(key, books.length);
    books.push({ instruments: [...instruments], fit: null, refusal: null, figures: [] });
    return books.length - 1;
  };
  const bookOf = windows.flatMap(({ books: traded, isInCash }) =>
    isInCash ? [] : traded.map(({ instruments }) => placeFor(instruments)),
  );
  return { books, bookOf };
}

function windowResult(
  window: TradedWindow,
  { run }: WalkForwardRun,
  { bars, settings, tools }: ReadyWalkForward,
): WindowResult {
  const { formationFrom, formationTo, tradingFrom, tradingTo } = window.window;
  const timeOf = (bar: number): number =>
    bars.openTimeMs[Math.min(bar, bars.openTimeMs.length - 1)] ?? 0;
  const tradesOf = (book: number) => run.trades.filter((trade) => trade.book === book);
  const holdings = run.trades
    .filter(({ entryFillBar }) => entryFillBar >= tradingFrom && entryFillBar < tradingTo)
    .map(({ entryFillBar, exitFillBar }) => exitFillBar - entryFillBar);
  const traded = window.books.map((book, place) => {
    const trades = window.isInCash ? [] : tradesOf(window.firstBook + place);
    const { figures, instruments, values } = book;
    return {
      instruments: [...instruments],
      pValue: figures?.pValue ?? null,
      hedgeRatio: figures?.hedgeRatio ?? null,
      halfLifeBars: figures?.halfLifeBars ?? null,
      refusal: null,
      netPnl: trades.reduce((sum, { netPnl }) => sum + netPnl, 0),
      tradeCount: trades.length,
      parameters: tools.chooseConfig === null ? null : chosenOf(values, settings.values),
    };
  });
  const unfitted = window.unfitted.map(({ instruments, figures, message }) => ({
    instruments: [...instruments],
    pValue: figures?.pValue ?? null,
    hedgeRatio: figures?.hedgeRatio ?? null,
    halfLifeBars: figures?.halfLifeBars ?? null,
    refusal: message,
    netPnl: 0,
    tradeCount: 0,
    parameters: null,
  }));
  return {
    formationStartMs: timeOf(formationFrom),
    formationEndMs: timeOf(formationTo - 1),
    tradingStartMs: timeOf(tradingFrom),
    tradingEndMs: timeOf(tradingTo - 1),
    pairs: [...traded, ...unfitted],
    candidates: window.counts.candidates,
    trials: trialsOf(window.books) + trialsOf(window.unfitted),
    inSample:
      window.inSample === null
        ? metricsOfNothing("nothing was selected")
        : metricsOfPeriod(window.inSample, null),
    outOfSample:
      window.outOfSample === null
        ? metricsOfNothing("the window stayed in cash")
        : metricsOfPeriod(window.outOfSample, holdings),
  };
}

function trialsOf(books: readonly { readonly trials: number }[]): number {
  return books.reduce((sum, { trials }) => sum + trials, 0);
}

type Values = ReadyWalkForward["settings"]["values"];

/** The parameters that the window chose itself. */
function chosenOf(values: Values, base: Values): Record<string, Values[string]> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== base[name]),
  ) as Record<string, Values[string]>;
}

function windowWarnings(
  { windows }: WalkForwardRun,
  { kind, warmUpBars }: Pick<OpenStrategy, "kind" | "warmUpBars">,
): string[] {
  const warnings: string[] = [];
  const late = windows.filter(({ window }) => window.tradingFrom < warmUpBars);
  if (late.length > 0 && kind !== "rlrt") {
    warnings.push(
      `The strategy needs ${warmUpBars} bars to warm up and ${late.length === 1 ? "the first window has" : `the first ${late.length} windows have`} fewer before: it cannot trade on the first bars there.`,
    );
  }
  const inCash = windows.filter(({ isInCash }) => isInCash).length;
  if (inCash > 0) {
    warnings.push(
      `${inCash} of ${windows.length} windows stayed in cash: nothing was selected, or nothing could be fitted.`,
    );
  }
  const reasons = new Set(windows.flatMap(({ refusal }) => refusal?.message ?? []));
  for (const reason of [...reasons].slice(0, 3)) {
    warnings.push(`A formation selected nothing: ${reason}.`);
  }
  const last = windows.at(-1);
  if (last?.window.isCut === true) {
    warnings.push("The last window is shorter than planned: the data ends before.");
  }
  return warnings;
}
