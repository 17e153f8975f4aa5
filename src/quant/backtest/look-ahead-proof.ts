import { InvalidInputError } from "../invalid-input-error.ts";
import { createRandom } from "../synthetic/random.ts";
import type { Book } from "./backtest-book.ts";
import {
  type EventBacktest,
  type EventRun,
  runEngineInStages,
  runEventEngine,
} from "./event-engine.ts";
import { delayedMarketBars, firstMarketBars, type MarketBars } from "./market-bars.ts";

/**
 * What is proved: everything from the bars to the result. It prepares on bars (fits, selects, builds its
 * strategies) and then trades a feed; the last bar must not close what is open, which would be a
 * difference without a leak.
 */
export type ProvablePipeline = ((bars: MarketBars) => (feed: MarketBars) => EventRun) & {
  readonly staged?: StagedPipeline;
};

/**
 * The prefixes up to all cuts in one run that goes on from cut to cut, see runEngineInStages: prepared anew on
 * each prefix, traded on each from the cut before on, with what the strategies remembered there. Null where a
 * prefix is prepared otherwise than those before it, so that nobody can go on.
 *
 * @param cutBars last bars of the prefixes, ascending
 */
export type StagedPipeline = (bars: MarketBars, cutBars: readonly number[]) => EventRun | null;

/** What differed first when the bars after a cut were taken away. */
export type LookAheadDifference = {
  /** Last bar that was left. */
  readonly cutBar: number;
  readonly what: "asks" | "fills" | "cash" | "equity" | "figures" | "refused";
  /** The bar that had come out otherwise; the cut where the shorter bars were refused. */
  readonly bar: number;
};

/** Whether a strategy fed bars one bar later asks for the same one bar later. */
export type ShiftOutcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly bar: number }
  | { readonly kind: "left-out"; readonly reason: string };

/** The proof, part of every report. */
export type LookAheadProof = {
  readonly isPassed: boolean;
  /** Last bars of the prefixes that were run, ascending. */
  readonly cutBars: readonly number[];
  /** How many of them went on from the cut before; the others were run from the first bar. */
  readonly continuedCuts: number;
  /** Entries, and exits, that were cut at at most. */
  readonly eventsMax: number;
  readonly differences: readonly LookAheadDifference[];
  readonly shift: ShiftOutcome;
};

export type LookAheadOptions = {
  /** Of the random cuts. */
  readonly seed: number;
  /** A prefix needs that many bars: what the pipeline's warm-up and the engine take at least. */
  readonly barsMin: number;
  /** Null runs the shift test; a reason leaves it out, such as a strategy that acts by the calendar. */
  readonly noShiftReason: string | null;
  /** Last bars before something is decided, such as a selection of pairs; up to 20 are cut at. */
  readonly decisionBars?: readonly number[];
  /**
   * Entries, exits and decisions whose prefix is run from the first bar, up to so many each;
   * {@link EVENTS_MAX} unless told. The others go on from the cut before, where the pipeline can.
   */
  readonly eventsMax?: number;
};

/** Entries, and exits, that are cut at; more of them would say the same again. */
export const EVENTS_MAX = 20;

const RANDOM_CUTS = 5;

/**
 * Look-ahead proof: whether what had happened by a bar depends on the bars after it.
 *
 * Prefix invariance: the pipeline is run on the bars up to a cut, and asks, fills, cash, equity and
 * figures up to and including it must be those of the whole run, to the bit. Cuts are the fill, and the
 * bar before it (the signal, where a leak of a single bar shows), of up to 20 entries (those still open at the
 * end too) and 20 exits at different bars, evenly taken, up to 20 decisions, and 5 at random.
 *
 * Where that many runs are too many, some are made from the first bar (`eventsMax`, and those at random)
 * and the others in one run that goes on from cut to cut: at every bar it knows nothing after the next cut, and
 * what it remembers was learned by somebody who knew nothing after the cut before.
 *
 * Shift: prepared on the bars and fed them one bar later, it must ask for the same one bar later; who looks
 * prices up by place or time instead of taking them from the feed does not.
 *
 * @param pipeline what is proved
 * @param bars the bars of the run
 * @param options seed, shortest prefix, and whether the shift test applies
 * @returns which cuts were made and what differed at them
 *
 * Cost: up to 87 runs, and 107 with decisions, on half of the bars on average; with `eventsMax` 2 + half of
 * 4 · eventsMax + 5 runs.
 */
export function lookAheadProof(
  pipeline: ProvablePipeline,
  bars: MarketBars,
  options: LookAheadOptions,
): LookAheadProof {
  const trade = pipeline(bars);
  const whole = trade(bars);
  const planned = cuts(whole, bars.openTimeMs.length, options);
  const differencesAt = (cutBars: readonly number[]): readonly LookAheadDifference[] =>
    cutBars.flatMap((cutBar) => {
      const prefix = firstMarketBars(bars, cutBar + 1);
      const difference = differenceAt(() => pipeline(prefix)(prefix), whole, cutBar);
      return difference === null ? [] : [difference];
    });
  const differences = [...differencesAt(planned.fromFirstBar)];
  const continued = continuedCuts(pipeline, bars, whole, planned);
  if (continued !== null) {
    const isKnown = (one: LookAheadDifference): boolean =>
      differences.some(({ cutBar }) => cutBar === one.cutBar);
    differences.push(...continued.difference.filter((one) => !isKnown(one)));
    differences.sort((a, b) => a.cutBar - b.cutBar);
  }
  const shift: ShiftOutcome =
    options.noShiftReason === null
      ? shiftOutcome(whole, trade(delayedMarketBars(bars)))
      : { kind: "left-out", reason: options.noShiftReason };
  const others = continued?.cutBars ?? [];
  return {
    isPassed: differences.length === 0 && shift.kind !== "failed",
    cutBars: [...planned.fromFirstBar, ...others].sort((a, b) => a - b),
    continuedCuts: others.length,
    eventsMax: continued === null ? (options.eventsMax ?? EVENTS_MAX) : EVENTS_MAX,
    differences,
    shift,
  };
}

/**
 * The pipeline of an event backtest.
 *
 * @param settings everything but bars and books; the last bar never closes what is open
 * @param booksOf what prepares the books on bars: fits, hedge ratios, strategies
 */
export function eventPipeline(
  settings: Omit<EventBacktest, "bars" | "books" | "isClosedAtEnd">,
  booksOf: (bars: MarketBars) => readonly Book[],
): ProvablePipeline {
  const pipeline = (bars: MarketBars) => {
    const books = booksOf(bars);
    return (feed: MarketBars): EventRun => {
      // Finer bars are not delayed with the others, and asks do not depend on them.
      const finer = feed.openTimeMs.length > bars.openTimeMs.length ? null : settings.finer;
      const run = runEventEngine({ ...settings, finer, bars: feed, books, isClosedAtEnd: false });
      if (run === null) throw new Error("Invariant: a run without hooks is not cancelled");
      return run;
    };
  };
  const staged: StagedPipeline = (bars, cutBars) => {
    const stages = cutBars.map((cutBar) => {
      const prefix = firstMarketBars(bars, cutBar + 1);
      return { bars: prefix, books: booksOf(prefix) };
    });
    const canGoOn = stages.every(({ books }) => books.every(({ resume }) => resume !== undefined));
    return canGoOn ? runEngineInStages({ ...settings, isClosedAtEnd: false }, stages) : null;
  };
  return Object.assign(pipeline, { staged });
}

type PlannedCuts = {
  /** Ascending. */
  readonly fromFirstBar: readonly number[];
  /** All, ascending; those of `fromFirstBar` among them. */
  readonly all: readonly number[];
};

function cuts(
  whole: EventRun,
  n: number,
  { seed, barsMin, decisionBars = [], eventsMax = EVENTS_MAX }: LookAheadOptions,
): PlannedCuts {
  const { uniform } = createRandom(seed);
  const exits = distinct(whole.trades.map(({ exitFillBar }) => exitFillBar));
  const isExit = new Set(exits);
  // Of fills and not of trades: one that is still open at the end has no exit, and is no trade yet.
  const fills = [...whole.fills.bar].filter((bar) => !isExit.has(bar));
  const entries = distinct([...whole.trades.map(({ entryFillBar }) => entryFillBar), ...fills]);
  const first = Math.max(barsMin, 1) - 1;
  // A cut at the last bar takes nothing away.
  const random = differentBars(uniform, { from: first, to: n - 1 });
  const cutsOf = (countMax: number): readonly number[] => {
    const events = [entries, exits].flatMap((bars) =>
      evenly(evenly(bars, EVENTS_MAX), countMax).flatMap((bar) => [bar, bar - 1]),
    );
    const decisions = evenly(evenly(decisionBars, EVENTS_MAX), countMax);
    const useful = [...events, ...decisions, ...random].filter(
      (bar) => bar >= first && bar < n - 1,
    );
    return distinct(useful);
  };
  return { fromFirstBar: cutsOf(eventsMax), all: cutsOf(EVENTS_MAX) };
}

/**
 * What going on from cut to cut shows of the cuts that are not run from the first bar; those after a
 * difference show nothing more. Null where the pipeline cannot go on.
 */
function continuedCuts(
  pipeline: ProvablePipeline,
  bars: MarketBars,
  whole: EventRun,
  { fromFirstBar, all }: PlannedCuts,
): {
  readonly cutBars: readonly number[];
  readonly difference: readonly LookAheadDifference[];
} | null {
  const last = all.at(-1);
  if (last === undefined || all.length === fromFirstBar.length) {
    return { cutBars: [], difference: [] };
  }
  if (pipeline.staged === undefined) return null;
  const known = new Set(fromFirstBar);
  const run = stagedRun(pipeline.staged, bars, all);
  if (run === null) return null;
  const difference = differenceAt(() => run, whole, last);
  const rest = all.filter((bar) => !known.has(bar));
  if (difference === null) return { cutBars: rest, difference: [] };
  const cutBar = all.find((bar) => bar >= difference.bar) ?? last;
  return {
    cutBars: rest.filter((bar) => bar <= cutBar),
    difference: [{ ...difference, cutBar }],
  };
}

function stagedRun(
  staged: StagedPipeline,
  bars: MarketBars,
  cutBars: readonly number[],
): EventRun | null {
  try {
    return staged(bars, cutBars);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

/** Ascending. */
function distinct(bars: readonly number[]): readonly number[] {
  return [...new Set(bars)].sort((a, b) => a - b);
}

/** Bars from `from` to `to` − 1 at random, as many as are promised or there are. */
function differentBars(
  uniform: () => number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  const drawn = new Set<number>();
  const count = Math.min(RANDOM_CUTS, to - from);
  while (drawn.size < count) drawn.add(from + Math.floor(uniform() * (to - from)));
  return [...drawn];
}

function evenly(bars: readonly number[], eventsMax: number): readonly number[] {
  if (bars.length <= eventsMax) return bars;
  return Array.from(
    { length: eventsMax },
    (_, i) => bars[Math.round((i * (bars.length - 1)) / Math.max(eventsMax - 1, 1))]!,
  );
}

function differenceAt(
  runPrefix: () => EventRun,
  whole: EventRun,
  cutBar: number,
): LookAheadDifference | null {
  let run: EventRun;
  try {
    run = runPrefix();
  } catch (error) {
    // Bars that were enough with those after them and are not without were not enough.
    if (error instanceof InvalidInputError) return { cutBar, what: "refused", bar: cutBar };
    throw error;
  }
  const found: LookAheadDifference[] = [];
  const note = (what: LookAheadDifference["what"], bar: number | null): void => {
    if (bar !== null) found.push({ cutBar, what, bar });
  };
  note("asks", firstOtherRow(whole.asks, run.asks, cutBar));
  note("fills", firstOtherRow(whole.fills, run.fills, cutBar));
  note("cash", firstOther(whole.cash, run.cash, cutBar));
  note("equity", firstOther(whole.equity, run.equity, cutBar));
  for (const [book, figures] of whole.figures.entries()) {
    for (const [name, values] of Object.entries(figures)) {
      note(
        "figures",
        firstOther(values, run.figures[book]?.[name] ?? values.subarray(0, 0), cutBar),
      );
    }
  }
  // The earliest is nearest to the cause.
  return found.reduce<LookAheadDifference | null>(
    (first, one) => (first === null || one.bar < first.bar ? one : first),
    null,
  );
}

/** The first bar up to the cut with another value, or null. */
function firstOther(whole: Float64Array, part: Float64Array, cutBar: number): number | null {
  for (let bar = 0; bar <= cutBar; bar++) {
    if (!Object.is(whole[bar], part[bar])) return bar;
  }
  return null;
}

type Rows = { readonly bar: Float64Array } & Readonly<Record<string, Float64Array>>;

/** The bar of the first row up to the cut that is otherwise, or only on one side, or null. */
function firstOtherRow(whole: Rows, part: Rows, cutBar: number): number | null {
  const rows = Math.max(whole.bar.length, part.bar.length);
  for (let row = 0; row < rows; row++) {
    const bar = Math.min(whole.bar[row] ?? Infinity, part.bar[row] ?? Infinity);
    if (bar > cutBar) return null;
    for (const [name, column] of Object.entries(whole)) {
      if (!Object.is(column[row], part[name]?.[row])) return bar;
    }
  }
  return null;
}

function shiftOutcome({ asks: whole }: EventRun, { asks: delayed }: EventRun): ShiftOutcome {
  const later = { ...delayed, bar: delayed.bar.map((bar) => bar - 1) };
  const bar = firstOtherRow(whole, later, Number.MAX_SAFE_INTEGER);
  return bar === null ? { kind: "passed" } : { kind: "failed", bar };
}
