import type { EventRun } from "../backtest/event-engine.ts";
import type { PerformanceSummary } from "../performance/performance-summary.ts";
import type { PreparedWindow } from "./prepared-window.ts";

/** What trading a window brought. */
export type TradedWindow = PreparedWindow & {
  /** Of `run.trades` and `run.costs`: the first of this window; the books of a window are consecutive. */
  readonly firstBook: number;
  readonly equityBefore: number;
  readonly equityAfter: number;
  /** Nobody was selected, nothing could be fitted, or the account was ruined before. */
  readonly isInCash: boolean;
  /** Over the traded bars; null where nothing could be traded. */
  readonly outOfSample: PerformanceSummary | null;
  /**
   * Of each book, by name and a value a traded bar, what its strategy saw with what the formation had taught;
   * empty where they were not kept.
   */
  readonly figures: readonly Readonly<Record<string, Float64Array>>[];
};

/**
 * A finished walk-forward. `run` is out of sample throughout and like that of any other backtest: its series
 * have one value for every bar of the history (initial cash before the first traded bar, standing equity
 * between windows), its books are those of the first window, then those of the second, …
 */
export type WalkForwardRun = {
  readonly run: EventRun;
  readonly windows: readonly TradedWindow[];
  /** First bar that is traded. */
  readonly tradingStartBar: number;
};
