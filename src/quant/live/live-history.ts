import { CO_MOVEMENT_BARS } from "../pair-analysis/rolling-views.ts";
import { expandingOls } from "../regression/expanding-ols.ts";
import { type LineSeries, rollingOls } from "../regression/rolling-ols.ts";
import { rollingBeta, rollingCorrelation } from "../rolling/rolling-co-movement.ts";
import { logPrices } from "../stats/log-prices.ts";
import { requireAlignedSeries } from "../stats/require-series.ts";
import { bufferSpread } from "./buffer-spread.ts";
import { createLiveColumns } from "./live-columns.ts";
import { type SpreadPlace, spreadPlace } from "./live-figures.ts";
import type { LiveHedgeMethod, LivePairOptions } from "./live-pair-options.ts";

const HISTORY_BARS_MAX = 20_000;
/** A Kalman hedge runs over a whole buffer for each bar. */
const KALMAN_STEPS_MAX = 2_000_000;

/**
 * Bars whose history is computed at once without keeping others waiting.
 *
 * @param options of the pair
 * @returns a number of bars
 */
export function liveHistoryBarsMax({
  hedge,
  bufferBars,
}: Pick<LivePairOptions, "hedge" | "bufferBars">): number {
  if (hedge.kind !== "kalman") return HISTORY_BARS_MAX;
  return Math.min(HISTORY_BARS_MAX, Math.floor(KALMAN_STEPS_MAX / bufferBars));
}

/** A live pair as it looked at each bar, one value a bar; NaN: none. */
export type LiveHistory = {
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  readonly spread: Float64Array;
  readonly spreadMean: Float64Array;
  readonly spreadDeviation: Float64Array;
  readonly zScore: Float64Array;
  /** Of the prices, 50 bars. */
  readonly correlation: Float64Array;
  /** Slope of y on x, 50 bars. */
  readonly beta: Float64Array;
};

/**
 * History of a live pair: at each bar the figures that stepping through the bars would have shown
 * there, computed at once.
 *
 * @param bars.closeY n positive closes, oldest first; bars.closeX aligned with it
 * @param options of the pair
 * @param fromBar first bar whose figures are wanted; those before it are only looked back at
 * @returns one value a bar from bar 0 on; NaN before fromBar and where there is none
 * @throws {InvalidInputError} lengths differ, a price is not positive and finite
 *
 * Cost: O(n · zScoreWindowBars), with a Kalman hedge O(n · bufferBars). Checked: createLivePair gives the
 * same to 1e-9 in the test.
 */
export function liveHistory(
  bars: { readonly closeY: Float64Array; readonly closeX: Float64Array },
  options: LivePairOptions,
  fromBar = 0,
): LiveHistory {
  requireAlignedSeries(bars.closeY, bars.closeX, 0);
  const y = options.prices === "log" ? logPrices(bars.closeY) : bars.closeY;
  const x = options.prices === "log" ? logPrices(bars.closeX) : bars.closeX;
  const n = y.length;
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const history = {
    hedgeRatio: column(),
    intercept: column(),
    spread: column(),
    spreadMean: column(),
    spreadDeviation: column(),
    zScore: column(),
  };
  const lineAt = lineReader(y, x, options);
  for (let t = fromBar; t < n; t++) {
    const line = lineAt(t);
    if (line === null) continue;
    history.hedgeRatio[t] = line.hedgeRatio;
    history.intercept[t] = line.intercept;
    history.spread[t] = line.spread;
    if (line.place === null) continue;
    history.spreadMean[t] = line.place.mean;
    history.spreadDeviation[t] = line.place.deviation;
    history.zScore[t] = line.place.zScore ?? Number.NaN;
  }
  return {
    ...history,
    correlation: rollingCorrelation(y, x, CO_MOVEMENT_BARS),
    beta: rollingBeta(y, x, CO_MOVEMENT_BARS),
  };
}

/** Line, spread and its place at a bar. */
type PlacedLine = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  readonly spread: number;
  readonly place: SpreadPlace | null;
};

type LineReader = (t: number) => PlacedLine | null;

function lineReader(y: Float64Array, x: Float64Array, options: LivePairOptions): LineReader {
  const { hedge } = options;
  switch (hedge.kind) {
    case "rolling-ols":
      return rollingReader(y, x, options, hedge);
    case "buffer":
      return deskReader(y, x, options);
    case "kalman":
      return kalmanReader(y, x, options, hedge);
  }
}

function rollingReader(
  y: Float64Array,
  x: Float64Array,
  options: LivePairOptions,
  { windowBars, intercept }: Extract<LiveHedgeMethod, { kind: "rolling-ols" }>,
): LineReader {
  const { zScoreWindowBars, bufferBars } = options;
  if (y.length < windowBars) return () => null;
  const { slopes, intercepts } = rollingOls(y, x, { windowBars, intercept });
  // The first bar that the line of a bar was fitted on, which is an earlier one while x stands still.
  const fittedFrom = new Float64Array(y.length).fill(Number.NaN);
  const spread = new Float64Array(y.length);
  for (let t = 0; t < y.length; t++) {
    if (!Number.isNaN(slopes[t]!)) {
      fittedFrom[t] = t - windowBars + 1;
    } else if (t > 0) {
      slopes[t] = slopes[t - 1]!;
      intercepts[t] = intercepts[t - 1]!;
      fittedFrom[t] = fittedFrom[t - 1]!;
    }
    spread[t] = y[t]! - intercepts[t]! - slopes[t]! * x[t]!;
  }
  return (t) => {
    const bufferStart = Math.max(0, t + 1 - bufferBars);
    if (!(fittedFrom[t]! >= bufferStart)) return null;
    const from = t + 1 - zScoreWindowBars;
    const isFull = from >= 0 && fittedFrom[from]! >= bufferStart;
    return {
      hedgeRatio: slopes[t]!,
      intercept: intercepts[t]!,
      spread: spread[t]!,
      place: isFull ? spreadPlace(spread.subarray(from, t + 1), zScoreWindowBars) : null,
    };
  };
}

function deskReader(y: Float64Array, x: Float64Array, options: LivePairOptions): LineReader {
  const { zScoreWindowBars, bufferBars } = options;
  const slopes = bufferSlopes(y, x, bufferBars);
  const recent = new Float64Array(zScoreWindowBars);
  return (t) => {
    const hedgeRatio = slopes[t]!;
    if (Number.isNaN(hedgeRatio)) return null;
    const spread = y[t]! - hedgeRatio * x[t]!;
    const from = t + 1 - zScoreWindowBars;
    if (from < 0) return { hedgeRatio, intercept: 0, spread, place: null };
    for (let i = from; i <= t; i++) recent[i - from] = y[i]! - hedgeRatio * x[i]!;
    return { hedgeRatio, intercept: 0, spread, place: spreadPlace(recent, zScoreWindowBars) };
  };
}

/** Sample covariance over population variance of the last bufferBars bars, or of all while they are fewer. */
function bufferSlopes(y: Float64Array, x: Float64Array, bufferBars: number): Float64Array {
  const n = y.length;
  const slopes = new Float64Array(n).fill(Number.NaN);
  const head = Math.min(n, bufferBars);
  if (head >= 2) {
    slopes.set(expandingOls(y.subarray(0, head), x.subarray(0, head)).slopes);
  }
  const full: LineSeries | null =
    n < bufferBars ? null : rollingOls(y, x, { windowBars: bufferBars });
  return slopes.map((slope, t) => {
    const bars = Math.min(t + 1, bufferBars);
    const known = full === null || t + 1 < bufferBars ? slope : full.slopes[t]!;
    return (known * bars) / (bars - 1);
  });
}

function kalmanReader(
  y: Float64Array,
  x: Float64Array,
  options: LivePairOptions,
  hedge: Extract<LiveHedgeMethod, { kind: "kalman" }>,
): LineReader {
  const columns = { ...createLiveColumns(0), y, x };
  return (t) => {
    const buffer = { start: Math.max(0, t + 1 - options.bufferBars), end: t + 1 };
    const line = bufferSpread(columns, buffer, hedge);
    if (line === null) return null;
    const { hedgeRatio, intercept, spread } = line;
    const place = spreadPlace(spread, options.zScoreWindowBars);
    return { hedgeRatio, intercept, spread: spread.at(-1)!, place };
  };
}
