import type { PerformanceSummary } from "../performance/performance-summary.ts";
import type { FitRefusalCode } from "../strategies/strategy.ts";
import type { ChosenPair, SelectionCounts } from "./pair-selection.ts";
import type { StrategyValues } from "./walk-forward-settings.ts";
import type { WalkForwardWindow } from "./walk-forward-windows.ts";

/** A pair that a window trades, with all that its formation bars taught; plain data. */
export type PreparedPair = ChosenPair & {
  readonly values: StrategyValues;
  /** Configurations that were tried for this pair in this window. */
  readonly trials: number;
  /** The strategy with what it has learned, before its first bar; see OpenStrategy.resume. */
  readonly snapshot: string;
};

/** A pair that was selected and cannot be traded, because its strategy learned nothing. */
export type UnfittedPair = ChosenPair & {
  readonly code: FitRefusalCode;
  readonly message: string;
};

/** A window that is ready to trade. Plain data: a thread prepares it and another trades it. */
export type PreparedWindow = {
  readonly window: WalkForwardWindow;
  /** The best first, which is the order in which they may enter; none: the window stays in cash. */
  readonly pairs: readonly PreparedPair[];
  readonly unfitted: readonly UnfittedPair[];
  readonly counts: SelectionCounts;
  /**
   * The same pairs, strategies and costs on the bars that taught them, with the initial cash; null without
   * pairs.
   */
  readonly inSample: PerformanceSummary | null;
};
