import { windowMean } from "../rolling/rolling-mean.ts";
import { lineOverTime } from "./line-over-time.ts";
import { createSmoothing, type SmoothingState, stepSmoothing } from "./smoothing-state.ts";
import type { BarEvent } from "./strategy.ts";
import { createValueWindow, isFull, pushValue, type ValueWindow } from "./value-window.ts";

/** Windows and bounds of the momentum score. */
export type MomentumScoreConfig = {
  readonly scoreBars: number;
  readonly trendBars: number;
  /** Largest move from close to close within scoreBars, a fraction. */
  readonly jumpMax: number;
  readonly atrBars: number;
  readonly periodsPerYear: number;
};

/** What is known of one instrument, as plain data. */
export type MomentumInstrument = {
  readonly closes: ValueWindow;
  readonly trueRange: SmoothingState;
  averageTrueRange: number;
  closeBefore: number;
  /** Number of its last bar. */
  lastBar: number;
};

/**
 * An instrument before its first bar.
 *
 * @param windowBars closes that are remembered
 */
export function createMomentumInstrument(windowBars: number): MomentumInstrument {
  return {
    closes: createValueWindow(windowBars),
    trueRange: createSmoothing(),
    averageTrueRange: Number.NaN,
    closeBefore: Number.NaN,
    lastBar: -1,
  };
}

/**
 * Takes a bar of an instrument in; a gap, or a price that is not positive, changes nothing.
 *
 * The average true range is Wilder's and begins with the second bar, as averageTrueRange. Without high
 * and low the close stands for both.
 *
 * @param state is written to
 * @param event the closed bar
 * @param instrument its position in the bar
 * @param atrBars of the average
 *
 * Cost: O(1).
 */
export function followMomentum(
  state: MomentumInstrument,
  event: BarEvent,
  instrument: number,
  atrBars: number,
): void {
  const close = event.close[instrument]!;
  if (!(close > 0 && close < Number.POSITIVE_INFINITY)) return;
  pushValue(state.closes, close);
  if (!Number.isNaN(state.closeBefore)) {
    const high = Math.max(orElse(event.high[instrument]!, close), state.closeBefore);
    const low = Math.min(orElse(event.low[instrument]!, close), state.closeBefore);
    state.averageTrueRange = stepSmoothing(state.trueRange, high - low, 1 / atrBars, atrBars);
  }
  state.closeBefore = close;
  state.lastBar = event.bar;
}

/**
 * Momentum score: how steadily a price has risen.
 *
 * (e^slope − 1) · periodsPerYear · R² of ln price on time over scoreBars.
 *
 * @param config windows and bounds
 * @param state the instrument
 * @returns the score, or null where it is not eligible: too few bars, at or below its moving average over
 *   trendBars, or with a jump beyond jumpMax
 *
 * Cost: O(scoreBars + trendBars). Source: Clenow (2015), Stocks on the Move, ch. 7; its annualisation is
 * geometric, here it is the one of the earlier system.
 */
export function momentumScore(
  config: MomentumScoreConfig,
  { closes }: MomentumInstrument,
): number | null {
  if (!isFull(closes)) return null;
  const { values, end } = closes;
  if (values[end - 1]! <= windowMean(values, end - config.trendBars, end)) return null;
  const logs = values.slice(end - config.scoreBars, end).map(Math.log);
  if (hasJump(values.subarray(end - config.scoreBars, end), config.jumpMax)) return null;
  const { slope, rSquared } = lineOverTime(logs, 0, logs.length);
  if (Number.isNaN(rSquared)) return null;
  return Math.expm1(slope) * config.periodsPerYear * rSquared;
}

function hasJump(closes: Float64Array, jumpMax: number): boolean {
  for (let i = 1; i < closes.length; i++) {
    if (Math.abs(closes[i]! / closes[i - 1]! - 1) > jumpMax) return true;
  }
  return false;
}

function orElse(price: number, close: number): number {
  return Number.isFinite(price) ? price : close;
}
