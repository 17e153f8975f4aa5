import { InvalidInputError } from "../invalid-input-error.ts";
import { CO_MOVEMENT_BARS } from "../pair-analysis/rolling-views.ts";
import { betaOf, coMoments, correlationOf } from "../rolling/rolling-co-movement.ts";
import { bufferSpread, followLine } from "./buffer-spread.ts";
import { liveBarsNeeded } from "./live-bars-needed.ts";
import { createLiveColumns, keepNewest, type LiveColumns } from "./live-columns.ts";
import { type LiveFigures, liveFigures, SPARKLINE_BARS, spreadPlace } from "./live-figures.ts";
import type { LivePairOptions } from "./live-pair-options.ts";
import type { BarSpan } from "./window-line.ts";

/** Fewest bars of a buffer. */
const BUFFER_BARS_MIN = 100;

/** One closed bar of both legs; a volume of NaN is unknown. */
export type LivePairBar = {
  readonly openTimeMs: number;
  readonly closeY: number;
  readonly closeX: number;
  readonly volumeY: number;
  readonly volumeX: number;
};

/** A live pair: what it remembers of its bars, and what it makes of them. */
export type LivePair = {
  /** Takes the next closed bar. */
  readonly step: (bar: LivePairBar) => void;
  /** Takes a bar of the past whose own z-score nobody will ask for: cheaper, the same otherwise. */
  readonly remember: (bar: LivePairBar) => void;
  /** Figures at the last bar; null before the first. */
  readonly figures: () => LiveFigures | null;
};

/**
 * Bars of history after which a pair that starts equals one that has never stopped.
 *
 * @param options of the pair
 * @returns a number of bars: the buffers of all points of the sparkline
 */
export function liveHistoryBars({ bufferBars }: Pick<LivePairOptions, "bufferBars">): number {
  return bufferBars + SPARKLINE_BARS;
}

/**
 * Live pair: the analytics of a pair, bar by bar.
 *
 * Every figure at a bar is made of the last bufferBars bars and of nothing else. So a pair that is
 * started on stored bars equals one that has never stopped, to the bit, and no rounding of the past
 * piles up. Windows are summed on their own, as the batch functions do.
 *
 * @param options see LivePairOptions
 * @returns an empty pair
 * @throws {InvalidInputError} "out-of-range": a buffer below 100 bars, or one that does not hold the
 *   windows; step and remember: a price that is not positive and finite, or a time that does not ascend
 *
 * Cost: step O(windows), with a buffer or Kalman hedge O(bufferBars); figures O(bufferBars · lags).
 * Checked: against the batch functions, and the prefix law, in the test.
 */
export function createLivePair(options: LivePairOptions): LivePair {
  requireOptions(options);
  const capacity = 2 * options.bufferBars;
  const columns = createLiveColumns(capacity);
  let end = 0;
  const buffer = (): BarSpan => ({ start: Math.max(0, end - options.bufferBars), end });
  const remember = (bar: LivePairBar): void => {
    requireBar(bar, end === 0 ? Number.NEGATIVE_INFINITY : columns.openTimeMs[end - 1]!);
    if (end === capacity) {
      end = options.bufferBars - 1;
      keepNewest(columns, end);
    }
    fill(columns, end, bar, options);
    end += 1;
  };
  return {
    remember,
    step: (bar) => {
      remember(bar);
      const line = bufferSpread(columns, buffer(), options.hedge);
      const place = line === null ? null : spreadPlace(line.spread, options.zScoreWindowBars);
      columns.zScore[end - 1] = place?.zScore ?? Number.NaN;
    },
    figures: () => {
      if (end === 0) return null;
      const span = buffer();
      return liveFigures(columns, span, bufferSpread(columns, span, options.hedge), options);
    },
  };
}

function fill(columns: LiveColumns, t: number, bar: LivePairBar, options: LivePairOptions): void {
  const { y, x } = columns;
  columns.openTimeMs[t] = bar.openTimeMs;
  y[t] = options.prices === "log" ? Math.log(bar.closeY) : bar.closeY;
  x[t] = options.prices === "log" ? Math.log(bar.closeX) : bar.closeX;
  columns.volumeY[t] = bar.volumeY;
  columns.volumeX[t] = bar.volumeX;
  if (t + 1 >= CO_MOVEMENT_BARS) {
    const moments = coMoments(y, x, t + 1 - CO_MOVEMENT_BARS, t + 1);
    columns.correlation[t] = correlationOf(moments);
    columns.beta[t] = betaOf(moments);
  }
  if (options.hedge.kind === "rolling-ols") followLine(columns, t, options.hedge);
}

function requireOptions(options: LivePairOptions): void {
  const { bufferBars, zScoreWindowBars } = options;
  if (!(Number.isInteger(bufferBars) && bufferBars >= BUFFER_BARS_MIN)) {
    throw new InvalidInputError("out-of-range", `bufferBars must be at least ${BUFFER_BARS_MIN}`);
  }
  if (!(Number.isInteger(zScoreWindowBars) && zScoreWindowBars >= 2)) {
    throw new InvalidInputError("out-of-range", "zScoreWindowBars must be at least 2");
  }
  if (liveBarsNeeded(options) > bufferBars) {
    throw new InvalidInputError("out-of-range", "bufferBars must hold the windows together");
  }
}

function requireBar(bar: LivePairBar, previousMs: number): void {
  for (const price of [bar.closeY, bar.closeX]) {
    if (!(price > 0 && Number.isFinite(price))) {
      throw new InvalidInputError(
        "out-of-range",
        `a close of the bar at ${bar.openTimeMs} ms is not positive and finite`,
      );
    }
  }
  if (!(bar.openTimeMs > previousMs)) {
    throw new InvalidInputError("out-of-range", "open times must ascend");
  }
}
