import type { ActivityChange } from "./activity-log.ts";
import type { Bar } from "./bar.ts";
import type { InstrumentPlan } from "./instrument-plan.ts";
import type { TradeColumns } from "./trade-columns.ts";

/**
 * Every trade that an instrument ever has, whether or not anybody was told: from the model or from a
 * recording. Times are UTC ms; spans are half-open. A tape knows no clock: callers never ask beyond now.
 */
export type Tape = {
  readonly plan: InstrumentPlan;
  /** Id that the first trade at or after a time has. */
  readonly firstIdAt: (timeMs: number) => number;
  /** Id of the first trade ever. */
  readonly oldestId: number;
  /** Appends the trades of a span. */
  readonly collect: (fromMs: number, toMs: number, columns: TradeColumns) => void;
  /** Appends trades from an id on, at most so many, before a time. */
  readonly collectFrom: (id: number, limit: number, endMs: number, columns: TradeColumns) => void;
  /** Adds the trades of a span to a bar. Ends other than whole seconds cost the trades of a second. */
  readonly addBar: (fromMs: number, toMs: number, bar: Bar) => void;
  /** First and last raw trade of an aggregated trade, and back. */
  readonly rawFirst: (id: number) => number;
  readonly rawLast: (id: number) => number;
  readonly aggregateOf: (rawId: number) => number;
  /** Lots of a raw trade, where the tape knows them (a recording). */
  readonly lotsOf?: (rawId: number) => number;
  /** Best ask in ticks; the best bid is one tick below. */
  readonly askAt: (timeMs: number) => number;
  /** Whether trading was closed during the whole span, so that there is not even an empty bar. */
  readonly isClosed: (fromMs: number, toMs: number) => boolean;
  /** When the tape begins. */
  readonly startMs: number;
  /** Changes the trading from a whole second on; null where the tape cannot (a recording). */
  readonly activity: Activity | null;
};

export type Activity = {
  readonly change: (change: ActivityChange) => void;
  readonly changes: () => readonly ActivityChange[];
  readonly current: () => Omit<ActivityChange, "fromSecond">;
};
