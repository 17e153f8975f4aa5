import type { ParameterRule, StrategyParameters } from "./strategy-parameters.ts";
import type { Signal } from "./z-score-reversion.ts";

/**
 * How a strategy meets the world. A strategy is a pure state machine: it sees one closed bar at a
 * time and answers what it wants to hold from now on. Backtest, paper and live run the same step;
 * they differ in where bars come from and how targets are filled. It knows no clock, no chance and
 * not its own fills; how much money stands behind a target is the engine's business.
 */

/** The columns of a bar. */
export type BarColumn = "open" | "high" | "low" | "close" | "volume";

/**
 * One closed bar of all instruments; in each array one value an instrument, in the order of the
 * run. A close of NaN is a gap: this instrument has no such bar. A series of closes only has NaN in
 * the other columns.
 *
 * `bar` counts from the first bar fed, which is 0, warm-up included. The arrays are used again by
 * the caller for the next bar: who keeps a value copies it.
 */
export type BarEvent = {
  readonly bar: number;
  readonly openTimeMs: number;
} & { readonly [Column in BarColumn]: Float64Array };

/** The bars of one instrument as a struct of arrays, oldest first. */
export type BarColumns = { readonly [Column in BarColumn]: Float64Array };

/**
 * What a strategy may learn from before it trades: aligned bars of all instruments, oldest first,
 * every one of them closed before the first bar that is traded. A close of NaN is a gap.
 */
export type FormationBars = {
  readonly openTimeMs: Float64Array;
  readonly instruments: readonly BarColumns[];
};

/**
 * What a hedge ratio means. "log-notional": worth of leg X for one of worth of leg Y, the slope
 * between log prices. "level-quantity": units of leg X for one unit of leg Y, the slope between
 * prices.
 */
export type HedgeForm = "log-notional" | "level-quantity";

/**
 * Protective prices, one an instrument, in its quote currency; NaN is none. A stop leaves at a
 * loss, a limit at a gain, inside a bar after the entry; on which side of the price each lies
 * follows from the direction of the position.
 */
export type ProtectivePrices = { readonly stop: Float64Array; readonly limit: Float64Array };

/**
 * What a strategy wants to hold, from the next bar's open on.
 *
 * - "hold": what is held, unchanged.
 * - "spread": two instruments, leg Y is the first and leg X the second. Both legs are sized when the
 *   side changes and keep their quantities while it stays, so the same target on every bar is one
 *   trade; a hedge ratio or a size that has moved since is for the next trade. `size` is the share of
 *   the engine's own size, in (0, 1], 1 unless a model is less sure. Hedge ratio and size must be
 *   finite, and are unread when flat.
 * - "weights": signed fractions of equity, one an instrument, at the prices of the fill; 0 is nothing
 *   held, NaN leaves what is held of this instrument alone. Every weights target is traded, so who
 *   wants no rebalancing answers "hold".
 *
 * What a stop, a limit or a liquidation has closed stays closed until the strategy asks for flat (or
 * weight 0), or for the other side.
 */
export type Target =
  | { readonly kind: "hold" }
  | {
      readonly kind: "spread";
      readonly side: Signal;
      readonly hedgeRatio: number;
      readonly hedge: HedgeForm;
      readonly size: number;
      readonly stops: ProtectivePrices | null;
    }
  | {
      readonly kind: "weights";
      readonly weights: Float64Array;
      readonly stops: ProtectivePrices | null;
    };

/**
 * Why a bar changed what is wanted. "entry": a rule opened a position; "exit": its aim was reached
 * or its reason is gone; "stop": the loss rule; "time": the longest holding; "rebalance": weights
 * are renewed; "gate": a model said no to an entry.
 */
export type StepReason = "entry" | "exit" | "stop" | "time" | "rebalance" | "gate";

/** A number that a report draws, one a bar. */
export type StrategyFigure = {
  readonly label: string;
  /** Figures that share an axis belong together: prices of the spread, z-scores, shares. */
  readonly axis: "spread" | "z-score" | "fraction" | "ratio" | "score" | "count";
};

/** Figures of one bar by name; NaN where there is none yet. */
export type Figures<Name extends string = string> = Readonly<Record<Name, number>>;

/** What one bar led to. `reason` is null on bars that change nothing. */
export type StrategyStep<State, FigureName extends string = string> = {
  readonly state: State;
  readonly target: Target;
  readonly figures: Figures<FigureName>;
  readonly reason: StepReason | null;
};

/** Why nothing could be learned from the formation bars; closed, so that each has its sentence. */
export type FitRefusalCode =
  | "too-short"
  | "not-finite"
  | "constant"
  | "collinear"
  | "no-mean-reversion"
  | "no-profitable-thresholds";

/** What the formation bars taught, or why they teach nothing, in which case nothing is traded. */
export type FitOutcome<Fit> =
  | { readonly kind: "fitted"; readonly fit: Fit }
  | { readonly kind: "refused"; readonly code: FitRefusalCode; readonly message: string };

/**
 * A strategy: what it is called, what it needs, and its step.
 *
 * `State` and `Fit` are plain data (objects, arrays, Float64Array, numbers, strings, null): a bot
 * keeps them and goes on after a restart. Configurations are taken as valid: within `parameters`
 * and with every rule holding.
 */
export type Strategy<Config, Fit, State, FigureName extends string = string> = {
  readonly kind: string;
  /** Its name for people. */
  readonly label: string;
  /** One plain paragraph: what it does and when it loses. */
  readonly summary: string;
  /** How many instruments a run may have, both included. */
  readonly instruments: { readonly min: number; readonly max: number };
  readonly parameters: StrategyParameters<Config>;
  readonly rules: readonly ParameterRule<Config>[];
  readonly figures: Readonly<Record<FigureName, StrategyFigure>>;
  /** The columns that `fit` and `step` look at. */
  readonly reads: readonly BarColumn[];
  /** How many formation bars `fit` needs at least; 0: it learns nothing beforehand. */
  readonly formationBarsMin: (config: Config) => number;
  /**
   * How many bars pass before the first that can be traded, when none is a gap: bars with
   * `bar < warmUpBars` never answer anything but "hold" or flat.
   */
  readonly warmUpBars: (config: Config) => number;
  readonly fit: (config: Config, formation: FormationBars) => FitOutcome<Fit>;
  readonly start: (config: Config, fit: Fit, instrumentCount: number) => State;
  /**
   * One closed bar. The state given is used up: a step may write into it and hand it back, so who
   * wants to return to it copies it (`stateToJson`) before. The target and the figures are
   * fresh or constant and may be kept.
   */
  readonly step: (config: Config, state: State, event: BarEvent) => StrategyStep<State, FigureName>;
};
