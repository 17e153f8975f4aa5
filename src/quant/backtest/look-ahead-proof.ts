import { InvalidInputError } from "../invalid-input-error.ts";
import { createRandom } from "../synthetic/random.ts";
import type { Book } from "./backtest-book.ts";
import { type EventBacktest, type EventRun, runEventEngine } from "./event-engine.ts";
import { delayedMarketBars, firstMarketBars, type MarketBars } from "./market-bars.ts";

/**
 * What is proved: everything from the bars to the result. It prepares on bars (fits, selects, builds its
 * strategies) and then trades a feed; the last bar must not close what is open, which would be a
 * difference without a leak.
 */
export type ProvablePipeline = (bars: MarketBars) => (feed: MarketBars) => EventRun;

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
  /** Entries, exits and decisions that are cut at, up to so many each; {@link EVENTS_MAX} unless told. */
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
 * end too) and 20 exits at different bars, evenly taken, up to 20 decisions, and 5 at random. Shift: prepared on the bars and fed them one bar later, it must ask for the same
 * one bar later; who looks prices up by place or time instead of taking them from the feed does not.
 *
 * @param pipeline what is proved
 * @param bars the bars of the run
 * @param options seed, shortest prefix, and whether the shift test applies
 * @returns which cuts were made and what differed at them
 *
 * Cost: up to 87 runs, and 107 with decisions, on half of the bars on average.
 */
export function lookAheadProof(
  pipeline: ProvablePipeline,
  bars: MarketBars,
  options: LookAheadOptions,
): LookAheadProof {
  const trade = pipeline(bars);
  const whole = trade(bars);
  const cutBars = cuts(whole, bars.openTimeMs.length, options);
  const differences = cutBars.flatMap((cutBar) => {
    const difference = differenceAt(pipeline, bars, whole, cutBar);
    return difference === null ? [] : [difference];
  });
  const shift: ShiftOutcome =
    options.noShiftReason === null
      ? shiftOutcome(whole, trade(delayedMarketBars(bars)))
      : { kind: "left-out", reason: options.noShiftReason };
  return {
    isPassed: differences.length === 0 && shift.kind !== "failed",
    cutBars,
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
  return (bars) => {
    const books = booksOf(bars);
    return (feed) => {
      // Finer bars are not delayed with the others, and asks do not depend on them.
      const finer = feed.openTimeMs.length > bars.openTimeMs.length ? null : settings.finer;
      const run = runEventEngine({ ...settings, finer, bars: feed, books, isClosedAtEnd: false });
      if (run === null) throw new Error("Invariant: a run without hooks is not cancelled");
      return run;
    };
  };
}

function cuts(
  whole: EventRun,
  n: number,
  { seed, barsMin, decisionBars = [], eventsMax = EVENTS_MAX }: LookAheadOptions,
): readonly number[] {
  const { uniform } = createRandom(seed);
  const exits = distinct(whole.trades.map(({ exitFillBar }) => exitFillBar));
  const isExit = new Set(exits);
  // Of fills and not of trades: one that is still open at the end has no exit, and is no trade yet.
  const fills = [...whole.fills.bar].filter((bar) => !isExit.has(bar));
  const entries = distinct([...whole.trades.map(({ entryFillBar }) => entryFillBar), ...fills]);
  const events = [...evenly(entries, eventsMax), ...evenly(exits, eventsMax)];
  const first = Math.max(barsMin, 1) - 1;
  // A cut at the last bar takes nothing away.
  const random = differentBars(uniform, { from: first, to: n - 1 });
  const decisions = evenly(decisionBars, eventsMax);
  const all = [...events, ...events.map((bar) => bar - 1), ...decisions, ...random];
  const useful = all.filter((bar) => bar >= first && bar < n - 1);
  return [...new Set(useful)].sort((a, b) => a - b);
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
  pipeline: ProvablePipeline,
  bars: MarketBars,
  whole: EventRun,
  cutBar: number,
): LookAheadDifference | null {
  const prefix = firstMarketBars(bars, cutBar + 1);
  let run: EventRun;
  try {
    run = pipeline(prefix)(prefix);
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
