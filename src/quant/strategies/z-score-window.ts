import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { zScoreOfLast } from "../stats/rolling-z-score.ts";

/**
 * Z-score of the newest value in the window of the last ones, as plain data, at a cost that does not grow
 * with the window.
 *
 * `values` holds the block before and the one that is being filled, windowBars each. A window is the end of
 * the one and the beginning of the other: sums of both, about the first value of the later block, are added,
 * and nothing is ever taken off a running sum; see deviateBlock, of which this is the incremental form.
 */
export type ZScoreWindow = {
  readonly windowBars: number;
  readonly values: Float64Array;
  /** Σ and Σ² of the last 0, 1 … values of the block before, about `centre`. */
  readonly tails: Float64Array;
  /** Place after the newest value; windowBars ≤ end ≤ 2 windowBars. */
  end: number;
  /** Whether there is a block before. */
  hasBlockBefore: boolean;
  centre: number;
  headSum: number;
  headSquares: number;
};

/** Z-scores at which something is decided, absolute; see ZScoreReversionConfig. */
export type ZScoreLevels = {
  readonly entryZScore: number;
  readonly exitZScore: number;
  readonly stopZScore: number | null;
};

/** Distance from a level within which a z-score is summed anew. */
const LEVEL_CARE = 1e-8;

/** Share of the squares about the centre below which the squares about the mean have lost digits. */
const REMAINING_SHARE_MIN = 1e-3;

/** How many times the rounding of its values a deviation must be; see isRoundingNoise. */
const NOISE_CARE = 1e4;

/**
 * An empty window.
 *
 * @param windowBars a whole number ≥ 2, checked by the caller
 */
export function createZScoreWindow(windowBars: number): ZScoreWindow {
  return {
    windowBars,
    values: new Float64Array(2 * windowBars),
    tails: new Float64Array(2 * windowBars),
    end: windowBars,
    hasBlockBefore: false,
    centre: 0,
    headSum: 0,
    headSquares: 0,
  };
}

/**
 * Takes a value in, lets the oldest go, and scores the value.
 *
 * Near a level, in a window that is almost flat, and where the value stands far outside of the others, the
 * window is summed anew by zScoreOfLast, so that what is decided is what rollingZScore would decide.
 *
 * @param window is written to
 * @param value finite
 * @param levels at which something is decided
 * @returns within 1e-9 of rollingZScore; NaN before the window is full and where it is flat
 *
 * Cost: O(1) on average, O(windowBars) near a level.
 */
export function pushZScore(window: ZScoreWindow, value: number, levels: ZScoreLevels): number {
  const { values, windowBars } = window;
  if (window.end === 2 * windowBars) {
    values.copyWithin(0, windowBars);
    window.end = windowBars;
    window.hasBlockBefore = true;
  }
  if (window.end === windowBars) beginBlock(window, value);
  const at = window.end;
  const end = at + 1;
  window.end = end;
  values[at] = value;
  const deviation = value - window.centre;
  window.headSum += deviation;
  window.headSquares += deviation * deviation;
  if (!window.hasBlockBefore && end < 2 * windowBars) return Number.NaN;
  const tail = 2 * (2 * windowBars - end);
  const sum = window.headSum + window.tails[tail]!;
  const mean = sum / windowBars;
  const total = window.headSquares + window.tails[tail + 1]!;
  const squares = total - sum * mean;
  const isSure =
    squares > REMAINING_SHARE_MIN * total &&
    !isRoundingNoise(squares, windowBars, NOISE_CARE * value);
  if (isSure) {
    // Adding 0 makes 0 of −0, as zScoreOfLast does.
    const zScore = (deviation - mean + 0) / Math.sqrt(squares / (windowBars - 1));
    if (isClearOf(levels, Math.abs(zScore))) return zScore;
  }
  return zScoreOfLast(values, end - windowBars, end);
}

function isClearOf({ entryZScore, exitZScore, stopZScore }: ZScoreLevels, size: number): boolean {
  return (
    isApart(size, entryZScore) &&
    isApart(size, exitZScore) &&
    (stopZScore === null || isApart(size, stopZScore))
  );
}

function isApart(size: number, level: number): boolean {
  return Math.abs(size - level) > LEVEL_CARE;
}

function beginBlock(window: ZScoreWindow, value: number): void {
  const { values, tails, windowBars } = window;
  window.centre = value;
  window.headSum = 0;
  window.headSquares = 0;
  if (!window.hasBlockBefore) return;
  let sum = 0;
  let squares = 0;
  for (let bar = windowBars - 1, tail = 2; tail < tails.length; bar--, tail += 2) {
    const deviation = values[bar]! - value;
    sum += deviation;
    squares += deviation * deviation;
    tails[tail] = sum;
    tails[tail + 1] = squares;
  }
}
