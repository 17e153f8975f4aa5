import { fastAugmentedDickeyFuller } from "../cointegration/fast-adf.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { answered } from "../pair-analysis/answered.ts";
import { CO_MOVEMENT_BARS } from "../pair-analysis/rolling-views.ts";
import { type SignalQuality, signalQuality } from "../pair-analysis/signal-quality.ts";
import { windowMean } from "../rolling/rolling-mean.ts";
import { windowSquares } from "../rolling/rolling-variance.ts";
import { zScoreOfLast } from "../stats/rolling-z-score.ts";
import type { BufferSpread } from "./buffer-spread.ts";
import { type DecayReport, decayReport } from "./decay-report.ts";
import type { LiveColumns } from "./live-columns.ts";
import type { LivePairOptions } from "./live-pair-options.ts";
import type { BarSpan } from "./window-line.ts";

/** Fewest spreads of an ADF test: the house minimum of a unit-root test. */
const ADF_BARS_MIN = 30;

/** z-scores of a sparkline. */
export const SPARKLINE_BARS = 60;

/** Where a spread stands in the window of its z-score. */
export type SpreadPlace = {
  readonly spread: number;
  readonly mean: number;
  /** Sample deviation (divisor n − 1); 0 where the window is flat. */
  readonly deviation: number;
  /** null where the window is flat. */
  readonly zScore: number | null;
};

/** All that is said of a live pair at its last closed bar; null where the bars allow no figure yet. */
export type LiveFigures = {
  readonly openTimeMs: number;
  /** Bars in the buffer. */
  readonly bars: number;
  /** The line that holds until the next bar closes. */
  readonly hedgeRatio: number | null;
  readonly intercept: number | null;
  readonly spread: number | null;
  readonly spreadMean: number | null;
  readonly spreadDeviation: number | null;
  readonly zScore: number | null;
  /** Of the prices, 50 bars. */
  readonly correlation: number | null;
  /** Slope of y on x, 50 bars. */
  readonly beta: number | null;
  readonly volumeY: number | null;
  readonly volumeX: number | null;
  /** Linear half-life of the buffer's spread; null also where it does not come back. */
  readonly halfLifeBars: number | null;
  readonly adfStatistic: number | null;
  readonly adfPValue: number | null;
  readonly quality: SignalQuality;
  readonly decay: DecayReport;
  /** z-scores of the last closed bars, each as it was then, oldest first. */
  readonly sparkline: readonly (number | null)[];
};

/**
 * Place of the last spread in its window.
 *
 * @param spread known spreads, oldest first
 * @param windowBars ≥ 2
 * @returns spread, mean, deviation and z-score; null before the window is full
 *
 * Cost: O(windowBars).
 */
export function spreadPlace(spread: Float64Array, windowBars: number): SpreadPlace | null {
  const end = spread.length;
  const start = end - windowBars;
  if (start < 0) return null;
  return {
    spread: spread[end - 1]!,
    mean: windowMean(spread, start, end),
    deviation: Math.sqrt(windowSquares(spread, start, end) / (windowBars - 1)),
    zScore: orNull(zScoreOfLast(spread, start, end)),
  };
}

/**
 * Figures of a live pair at the last bar of its buffer: made of that buffer, and of nothing before it.
 *
 * @param columns filled up to the end of the buffer
 * @param buffer its first bar and the one after its last
 * @param line see bufferSpread
 * @param options of the pair
 * @returns see LiveFigures
 *
 * Cost: O(n · lags). Checked: each figure beside the batch function in the test.
 */
export function liveFigures(
  columns: LiveColumns,
  buffer: BarSpan,
  line: BufferSpread | null,
  options: LivePairOptions,
): LiveFigures {
  const { start, end } = buffer;
  const last = end - 1;
  const place = line === null ? null : spreadPlace(line.spread, options.zScoreWindowBars);
  const spread = line?.spread ?? null;
  const adf =
    spread === null || spread.length < ADF_BARS_MIN
      ? null
      : answered(() => fastAugmentedDickeyFuller(spread)).value;
  // Windows that began before the buffer are none of the buffer's.
  const fullFrom = Math.min(end, start + CO_MOVEMENT_BARS - 1);
  return {
    openTimeMs: columns.openTimeMs[last]!,
    bars: end - start,
    hedgeRatio: line?.hedgeRatio ?? null,
    intercept: line?.intercept ?? null,
    spread: spread?.at(-1) ?? null,
    spreadMean: place?.mean ?? null,
    spreadDeviation: place?.deviation ?? null,
    zScore: place?.zScore ?? null,
    correlation: orNull(columns.correlation[last]!),
    beta: orNull(columns.beta[last]!),
    volumeY: orNull(columns.volumeY[last]!),
    volumeX: orNull(columns.volumeX[last]!),
    halfLifeBars:
      spread === null ? null : (answered(() => halfLife(spread)).value?.linearBars ?? null),
    adfStatistic: adf?.statistic ?? null,
    adfPValue: adf?.pValue ?? null,
    quality: signalQuality({
      adfPValue: adf?.pValue ?? null,
      correlation: columns.correlation.subarray(fullFrom, end),
      beta: columns.beta.subarray(fullFrom, end),
      volumeY: columns.volumeY.subarray(start, end),
      volumeX: columns.volumeX.subarray(start, end),
    }),
    decay: decayReport(columns, buffer, spread, options.hedge),
    sparkline: Array.from(
      columns.zScore.subarray(Math.max(start, end - SPARKLINE_BARS), end),
      orNull,
    ),
  };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
