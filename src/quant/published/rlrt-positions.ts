import { RLRT_WINDOW_BARS } from "./rlrt-trends.ts";

/** What RLRT wants at the close of each bar, and the band that it compares with. */
export type RlrtPositions = {
  /** −1 short, 0 flat, 1 long the spread. */
  readonly position: Float64Array;
  /** Mean + standard deviation of all bars so far; NaN before bar 10. */
  readonly upper: Float64Array;
  /** Mean − standard deviation of all bars so far; NaN before bar 10. */
  readonly lower: Float64Array;
};

/**
 * Positions of RLRT ("rolling linear regression trend"): a reversion to the mean that waits for the
 * trend to turn.
 *
 * With m and s the mean and deviation (divisor n) of spread[0 … i], from bar 10 on: above m + s and
 * trend ≤ 0 short; below m − s and trend ≥ 0 long; between them a trend of 1 leaves a short, −1 a long;
 * else as before. A reversal is one step.
 *
 * Reads the past and the bar itself only: the band expands, the trend ends at the bar before. What
 * looks ahead is what the caller hands in, a spread or a threshold that was fitted on later bars.
 *
 * @param spread n finite values, oldest first
 * @param trends −1, 0 or 1, aligned with the spread; NaN counts as no trend, 0
 * @returns position and band, one a bar
 *
 * Cost: O(n). Source: Welford (1962) for the expanding deviation. Checked: published results of 19 pairs
 * in the test.
 */
export function rlrtPositions(spread: Float64Array, trends: Float64Array): RlrtPositions {
  const n = spread.length;
  const position = new Float64Array(n);
  const upper = new Float64Array(n).fill(Number.NaN);
  const lower = new Float64Array(n).fill(Number.NaN);
  let mean = 0;
  let squares = 0;
  let held = 0;
  for (let i = 0; i < n; i++) {
    const value = spread[i]!;
    const fromOldMean = value - mean;
    mean += fromOldMean / (i + 1);
    squares += fromOldMean * (value - mean);
    if (i < RLRT_WINDOW_BARS) continue;
    const deviation = Math.sqrt(squares / (i + 1));
    upper[i] = mean + deviation;
    lower[i] = mean - deviation;
    held = nextPosition(held, trends[i]! || 0, sideOf(value, lower[i]!, upper[i]!));
    position[i] = held;
  }
  return { position, upper, lower };
}

function sideOf(value: number, lower: number, upper: number): "above" | "below" | "between" {
  if (value > upper) return "above";
  return value < lower ? "below" : "between";
}

function nextPosition(held: number, trend: number, side: ReturnType<typeof sideOf>): number {
  switch (side) {
    case "above":
      return trend <= 0 ? -1 : held;
    case "below":
      return trend >= 0 ? 1 : held;
    case "between":
      return trend !== 0 && trend === -held ? 0 : held;
  }
}
