import { assert } from "../assert.ts";
import { createBlockDeviations, deviateBlock } from "../rolling/block-deviations.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { zScoreOfLast } from "../stats/rolling-z-score.ts";
import {
  type PairLineConfig,
  type PairLineFit,
  spreadOfBar,
  startPairLine,
} from "../strategies/pair-line.ts";
import type { BarEvent } from "../strategies/strategy.ts";
import type { ZScoreStrategyConfig } from "../strategies/z-score-strategy.ts";
import type { MarketBars } from "./market-bars.ts";

/** What zScoreStrategy knows of a pair after each bar, whatever its thresholds; NaN before there is any. */
export type SweepLine = {
  readonly spread: Float64Array;
  readonly hedgeRatio: Float64Array;
  /** Of the Kalman filter: the innovation over its own deviation. */
  readonly innovationZScore: Float64Array | null;
};

/**
 * Z-scores of a line, one a bar, NaN where there is none. Those that `isExact` marks have the bits that
 * the strategy has, the others are within rounding of that.
 */
export type SweepSignals = {
  readonly line: SweepLine;
  readonly windowBars: number;
  readonly zScore: Float64Array;
  readonly isExact: Uint8Array;
};

/** A sum of squares that may be nothing but rounding is judged by the exact z-score as well. */
const NOISE_CARE = 4;

/**
 * Line of a pair over a history, by the code that the strategy runs bar by bar.
 *
 * @param config how the line is found
 * @param fit what the formation taught
 * @param history.bars two instruments, leg Y first
 * @param history.fromBar the first that the strategy sees; before it there is no line
 *
 * Cost: O(n), of a rolling line O(n · hedgeWindowBars).
 */
export function sweepLine(
  config: PairLineConfig,
  fit: PairLineFit,
  { bars, fromBar }: { readonly bars: MarketBars; readonly fromBar: number },
): SweepLine {
  const [legY, legX] = bars.instruments;
  assert(legY !== undefined && legX !== undefined, "a pair has two legs");
  const n = bars.openTimeMs.length;
  const state = startPairLine(config, fit);
  const unknown = (): Float64Array => new Float64Array(n).fill(Number.NaN, 0, fromBar);
  const spread = unknown();
  const hedgeRatio = unknown();
  const innovationZScore = state.kalman === null ? null : unknown();
  const none = new Float64Array(2);
  const close = new Float64Array(2);
  const event: BarEvent = {
    bar: 0,
    openTimeMs: 0,
    open: none,
    high: none,
    low: none,
    close,
    volume: none,
  };
  for (let bar = fromBar; bar < n; bar++) {
    close[0] = legY.close[bar]!;
    close[1] = legX.close[bar]!;
    spread[bar] = spreadOfBar(config, state, event);
    hedgeRatio[bar] = state.hedgeRatio;
    if (innovationZScore !== null && state.kalman !== null) {
      innovationZScore[bar] = spread[bar]! / Math.sqrt(state.kalman.innovationVariance);
    }
  }
  return { spread, hedgeRatio, innovationZScore };
}

/**
 * Signals of a line, by a method.
 *
 * @param line of the pair
 * @param config method and window; thresholds are unread
 *
 * Cost: O(n).
 */
export function sweepSignals(
  line: SweepLine,
  config: Pick<ZScoreStrategyConfig, "zScoreMethod" | "zScoreWindowBars">,
): SweepSignals {
  const { spread, innovationZScore } = line;
  const n = spread.length;
  if (config.zScoreMethod === "kalman") {
    assert(innovationZScore !== null, "the forecast of a Kalman filter needs the filter");
    const isExact = new Uint8Array(n).fill(1);
    return { line, windowBars: 0, zScore: innovationZScore, isExact };
  }
  const windowBars = config.zScoreWindowBars;
  const first = spread.findIndex((value) => !Number.isNaN(value));
  const zScore = new Float64Array(n).fill(Number.NaN);
  const signals = { line, windowBars, zScore, isExact: new Uint8Array(n) };
  if (first >= 0) windowZScores(signals, first);
  return signals;
}

/**
 * The z-score of a bar as the strategy has it.
 *
 * @param signals kept: the bar is exact afterwards
 * @param bar index
 *
 * Cost: O(windowBars) the first time.
 */
export function exactZScore(
  { line, windowBars, zScore, isExact }: SweepSignals,
  bar: number,
): number {
  if (isExact[bar] === 0) {
    zScore[bar] = zScoreOfLast(line.spread, bar - windowBars + 1, bar + 1);
    isExact[bar] = 1;
  }
  return zScore[bar]!;
}

function windowZScores(signals: SweepSignals, first: number): void {
  const { line, windowBars, zScore } = signals;
  const values = line.spread.subarray(first);
  assert(!values.some(Number.isNaN), "without gaps a spread that has begun goes on");
  const block = createBlockDeviations(windowBars);
  const { deviations, squares } = block;
  for (let start = 0; start < values.length; start += windowBars) {
    deviateBlock(block, values, start);
    const end = Math.min(windowBars, values.length - start);
    for (let i = 0; i < end; i++) {
      const square = squares[i]!;
      const bar = first + start + i;
      zScore[bar] = deviations[i]! / Math.sqrt(square / (windowBars - 1));
      // NaN while the window is not full.
      if (isRoundingNoise(square / NOISE_CARE, windowBars, values[start + i]!)) {
        exactZScore(signals, bar);
      }
    }
  }
}
