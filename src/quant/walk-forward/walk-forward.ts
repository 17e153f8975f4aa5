import type { MarketBars } from "../backtest/market-bars.ts";
import type { BacktestHooks } from "../backtest/trading-loop.ts";
import { prepareWindow } from "./prepare-window.ts";
import type { PreparedWindow } from "./prepared-window.ts";
import { requireWalkForward } from "./require-walk-forward.ts";
import { tradeWindows } from "./trade-windows.ts";
import type { WalkForwardRun } from "./walk-forward-run.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";
import { walkForwardWindows } from "./walk-forward-windows.ts";

/** Share of the work before the first bar is traded, about. */
const PREPARED_SHARE = 0.9;

/**
 * Walk-forward of the whole pipeline: in each window books are selected, configured and fitted on the
 * formation bars, then traded on bars that none of it has seen.
 *
 * Who has threads calls its three parts instead: walkForwardWindows, prepareWindow for each in any thread,
 * tradeWindows with all of them in order.
 *
 * @param bars the market
 * @param settings everything that decides
 * @param tools functions
 * @param hooks progress in [0, 1] and cancellation
 * @returns the run, or null when it was cancelled
 * @throws {InvalidInputError} "too-short" when not one window fits; settings that cannot be
 *
 * Cost: O(windows) scans and backtests.
 */
export function walkForward(
  bars: MarketBars,
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  hooks: BacktestHooks = {},
): WalkForwardRun | null {
  requireWalkForward(bars, settings, tools.open);
  const windows = walkForwardWindows(bars.openTimeMs.length, settings.plan);
  const isCancelled = hooks.isCancelled ?? (() => false);
  const prepared: PreparedWindow[] = [];
  for (const window of windows) {
    const onProgress = (fraction: number): void =>
      hooks.onProgress?.((PREPARED_SHARE * (window.index + fraction)) / windows.length);
    const one = prepareWindow(bars, window, settings, tools, { isCancelled, onProgress });
    if (one === null) return null;
    prepared.push(one);
  }
  return tradeWindows(
    bars,
    { prepared, settings, open: tools.open, isClosedAtEnd: true },
    {
      isCancelled,
      onProgress: (fraction) =>
        hooks.onProgress?.(PREPARED_SHARE + (1 - PREPARED_SHARE) * fraction),
    },
  );
}
