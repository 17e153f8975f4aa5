import { backtestEngine } from "./backtest-engine.ts";
import { backtestSweep } from "./backtest-sweep.ts";
import type { Figure } from "./figure.ts";
import { walkForward } from "./walk-forward.ts";

/** Speed of the backtests, in parts that are told as they are measured. */
export async function* backtest(): AsyncGenerator<readonly Figure[]> {
  yield backtestEngine();
  yield backtestSweep();
  yield await walkForward();
}
