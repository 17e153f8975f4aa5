import type { BarColumn, BarEvent, Strategy, StrategyStep } from "../strategies/strategy.ts";
import type { PositionSizing } from "./position-sizing.ts";
import type { ProtectionRule } from "./protection-rule.ts";

/** What one bar led to, as far as the engine cares. */
export type BookStep = Pick<StrategyStep<unknown>, "target" | "figures" | "reason">;

/**
 * One strategy on its instruments: a pair, or a basket. Several books share the cash of an account, and
 * do not net: two books that hold the same instrument against each other both pay for it.
 */
export type Book = {
  /** Places in the market's instruments, in the order in which the strategy sees them. */
  readonly instruments: readonly number[];
  /** Size of a spread; weights are shares of equity on their own. */
  readonly sizing: PositionSizing;
  /** Of its legs where the strategy names no protective prices itself; left out: none. */
  readonly protection?: ProtectionRule | null;
  /** Figures that are recorded, one value a bar each; empty records nothing. */
  readonly figureNames: readonly string[];
  /** Columns of the bars that the strategy sees, all unless told; the others are NaN to it. */
  readonly reads?: readonly BarColumn[];
  /** A fresh run: the step of the strategy with its state inside. */
  readonly start: () => (event: BarEvent) => BookStep;
  /**
   * The same, which can be stopped after a bar and gone on with to the bit: from the beginning where the
   * snapshot is null. Left out of a book whose state cannot be told.
   */
  readonly resume?: (snapshot: string | null) => ResumableStep;
};

/** A step of a strategy with its state inside, and that state as text. */
export type ResumableStep = {
  readonly step: (event: BarEvent) => BookStep;
  readonly snapshot: () => string;
};

/** What makes a book of a strategy. */
export type BookSettings<Config, Fit> = Omit<Book, "start" | "resume" | "figureNames" | "reads"> & {
  readonly config: Config;
  readonly fit: Fit;
  readonly isRecordingFigures: boolean;
};

/**
 * Book of a strategy: its state is kept between bars.
 *
 * @param strategy the strategy
 * @param settings its configuration, what it has learned, its instruments and their size
 */
export function strategyBook<Config, Fit, State, FigureName extends string>(
  strategy: Strategy<Config, Fit, State, FigureName>,
  settings: BookSettings<Config, Fit>,
): Book {
  const { config, fit, instruments, sizing, isRecordingFigures } = settings;
  return {
    instruments,
    sizing,
    figureNames: isRecordingFigures ? Object.keys(strategy.figures) : [],
    reads: strategy.reads,
    start: () => {
      let state = strategy.start(config, fit, instruments.length);
      return (event) => {
        const step = strategy.step(config, state, event);
        state = step.state;
        return step;
      };
    },
  };
}
