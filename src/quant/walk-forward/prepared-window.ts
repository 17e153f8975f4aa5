import type { PositionSizing } from "../backtest/position-sizing.ts";
import type { PerformanceSummary } from "../performance/performance-summary.ts";
import type { FitRefusalCode } from "../strategies/strategy.ts";
import type { ChosenBook, SelectedBooks } from "./pair-selection.ts";
import type { StrategyValues } from "./walk-forward-settings.ts";
import type { WalkForwardWindow } from "./walk-forward-windows.ts";

/** A book that a window trades, with all that its formation bars taught; plain data. */
export type PreparedBook = ChosenBook & {
  readonly values: StrategyValues;
  /** Configurations that were tried for this book in this window. */
  readonly trials: number;
  /** The strategy with what it has learned, before its first bar; see OpenStrategy.resume. */
  readonly snapshot: string;
};

/** A book that was selected and cannot be traded, because its strategy learned nothing. */
export type UnfittedBook = ChosenBook & {
  /** Configurations that were tried for it, none of which is traded. */
  readonly trials: number;
  readonly code: FitRefusalCode;
  readonly message: string;
};

/** A window that is ready to trade. Plain data: a thread prepares it and another trades it. */
export type PreparedWindow = {
  readonly window: WalkForwardWindow;
  /** The best first, which is the order in which they may enter; none: the window stays in cash. */
  readonly books: readonly PreparedBook[];
  /** As the bars of the formation have it. */
  readonly sizing: PositionSizing;
  readonly unfitted: readonly UnfittedBook[];
  readonly counts: SelectedBooks["counts"];
  readonly refusal: SelectedBooks["refusal"];
  /**
   * The same books, strategies and costs on the bars that taught them, with the initial cash; null without
   * books.
   */
  readonly inSample: PerformanceSummary | null;
};
