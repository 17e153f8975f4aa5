import { kalmanHedgeRatio } from "../kalman/kalman-hedge-ratio.ts";
import { KALMAN_BURN_IN_BARS, kalmanModelOf } from "../pair-analysis/kalman-hedge-fit.ts";
import type { LiveColumns } from "./live-columns.ts";
import type { LiveHedgeMethod } from "./live-pair-options.ts";
import { type BarSpan, deskLine, type HedgeLine, windowLine } from "./window-line.ts";

/** The line that holds after the last bar of a buffer, and the spreads of the bars that have one. */
export type BufferSpread = HedgeLine & {
  /** Oldest first; the last is that of the last bar. */
  readonly spread: Float64Array;
};

/**
 * Spread of a buffer: what each method makes of the bars start ≤ i < end, and of nothing before them.
 *
 * Rolling: each bar has the line of the window that ends there, held while x stands still. Buffer: all
 * bars have the line of the buffer. Kalman: each bar has the line that the filter, started at the first
 * bar of the buffer, expected before it saw the bar; the line returned is the one for the next bar.
 *
 * @param columns filled up to end, rolling lines included (see followLine)
 * @param buffer its first bar and the one after its last
 * @param hedge the method
 * @returns line and spreads; null before there is a line
 *
 * Cost: O(end − start), for rolling lines O(1).
 */
export function bufferSpread(
  columns: LiveColumns,
  buffer: BarSpan,
  hedge: LiveHedgeMethod,
): BufferSpread | null {
  switch (hedge.kind) {
    case "rolling-ols":
      return rollingSpread(columns, buffer, hedge.windowBars);
    case "buffer":
      return deskSpread(columns, buffer);
    case "kalman":
      return kalmanSpread(columns, buffer, hedge);
  }
}

/**
 * Follows a rolling line to a new bar.
 *
 * @param columns with y and x of bar t; its line and spread are written
 * @param t index of the bar
 * @param hedge window and intercept
 *
 * Cost: O(windowBars).
 */
export function followLine(
  columns: LiveColumns,
  t: number,
  hedge: Extract<LiveHedgeMethod, { kind: "rolling-ols" }>,
): void {
  const { y, x, hedgeRatio, intercept, lineAgeBars, spread } = columns;
  const span = { start: t + 1 - hedge.windowBars, end: t + 1 };
  const line = span.start < 0 ? null : windowLine(y, x, span, hedge.intercept);
  if (line !== null) {
    hedgeRatio[t] = line.hedgeRatio;
    intercept[t] = line.intercept;
    lineAgeBars[t] = 0;
  } else if (t > 0) {
    // x stood still throughout the window: the last known line holds.
    hedgeRatio[t] = hedgeRatio[t - 1]!;
    intercept[t] = intercept[t - 1]!;
    lineAgeBars[t] = lineAgeBars[t - 1]! + 1;
  }
  spread[t] = y[t]! - intercept[t]! - hedgeRatio[t]! * x[t]!;
}

function rollingSpread(
  { hedgeRatio, intercept, lineAgeBars, spread }: LiveColumns,
  { start, end }: BarSpan,
  windowBars: number,
): BufferSpread | null {
  let first = start + windowBars - 1;
  // A line held from a window that began before the buffer is none of the buffer's.
  while (first < end && !(first - lineAgeBars[first]! - windowBars + 1 >= start)) first += 1;
  if (first >= end) return null;
  return {
    hedgeRatio: hedgeRatio[end - 1]!,
    intercept: intercept[end - 1]!,
    spread: spread.subarray(first, end),
  };
}

function deskSpread({ y, x }: LiveColumns, buffer: BarSpan): BufferSpread | null {
  const { start, end } = buffer;
  const line = end - start < 2 ? null : deskLine(y, x, buffer);
  if (line === null) return null;
  const spread = new Float64Array(end - start);
  for (let i = start; i < end; i++) spread[i - start] = y[i]! - line.hedgeRatio * x[i]!;
  return { ...line, spread };
}

function kalmanSpread(
  { y, x }: LiveColumns,
  { start, end }: BarSpan,
  hedge: Extract<LiveHedgeMethod, { kind: "kalman" }>,
): BufferSpread | null {
  if (end - start <= KALMAN_BURN_IN_BARS) return null;
  const model = kalmanModelOf(hedge.delta, hedge.observationVariance);
  const fit = kalmanHedgeRatio(y.subarray(start, end), x.subarray(start, end), model);
  return {
    hedgeRatio: fit.hedgeRatio.at(-1)!,
    intercept: fit.intercept.at(-1)!,
    spread: fit.innovation.subarray(KALMAN_BURN_IN_BARS),
  };
}
