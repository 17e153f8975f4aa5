import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { engleGranger } from "../cointegration/engle-granger.ts";
import { rollingBeta, rollingCorrelation } from "../rolling/rolling-co-movement.ts";
import { rollingMean } from "../rolling/rolling-mean.ts";
import { fastRollingZScore } from "../stats/fast-rolling-z-score.ts";
import { answered } from "./answered.ts";

/** Window of the rolling correlation and beta, bars. */
export const CO_MOVEMENT_BARS = 50;

/** A rolling test is made every so many bars, more rarely in long windows, which change slowly. */
const TEST_STEP_BARS_MIN = 10;
const TEST_STEPS_A_WINDOW = 25;

/** One lag: enough for a picture, and twenty thousand windows must not take minutes. */
const LAGS = { kind: "fixed", lags: 1 } as const;

/** A pair as it looked at each bar; NaN where there is no value yet. Tests are made every few bars. */
export type RollingViews = {
  readonly rollingMean: Float64Array;
  readonly zScore: Float64Array;
  /** Correlation of the prices, 50 bars. */
  readonly correlation: Float64Array;
  /** Slope of y on x, 50 bars. */
  readonly beta: Float64Array;
  /** ADF p-value of the spread in the window that ends there. */
  readonly adfPValue: Float64Array;
  /** Engle–Granger p-value of y on x, fitted anew in the window that ends there. */
  readonly engleGrangerPValue: Float64Array;
};

/**
 * Rolling views of a pair: every value at bar t is made of bars up to t of its inputs.
 *
 * @param y n finite values, oldest first, log prices or prices
 * @param x n finite values, aligned with y
 * @param spread n values, NaN before the first line only
 * @param windows.zScoreWindowBars of mean and z-score, ≥ 2
 * @param windows.testWindowBars of the tests, ≥ 30
 * @param onProgress share of the work that is done, 0..1
 * @returns one value a bar in each view; see RollingViews
 * @throws {InvalidInputError} "out-of-range": a window
 *
 * Cost: O(n · windows). The prefix law is tested.
 */
export function rollingViews(
  legs: { readonly y: Float64Array; readonly x: Float64Array },
  spread: Float64Array,
  windows: { readonly zScoreWindowBars: number; readonly testWindowBars: number },
  onProgress: (fraction: number) => void = () => undefined,
): RollingViews {
  const { y, x } = legs;
  const n = y.length;
  const firstBar = Math.max(0, spread.findIndex(Number.isFinite));
  const known = spread.subarray(firstBar);
  const { zScoreWindowBars, testWindowBars } = windows;
  return {
    rollingMean: padded(rollingMean(known, zScoreWindowBars), firstBar),
    zScore: padded(fastRollingZScore(known, zScoreWindowBars), firstBar),
    correlation: rollingCorrelation(y, x, CO_MOVEMENT_BARS),
    beta: rollingBeta(y, x, CO_MOVEMENT_BARS),
    adfPValue: stepped(n, { firstBar, testWindowBars }, (start, end) => {
      onProgress((0.5 * end) / n);
      return augmentedDickeyFuller(spread.subarray(start, end), { lags: LAGS }).pValue;
    }),
    engleGrangerPValue: stepped(n, { firstBar: 0, testWindowBars }, (start, end) => {
      onProgress(0.5 + (0.5 * end) / n);
      return engleGranger(y.subarray(start, end), x.subarray(start, end), { lags: LAGS }).pValue;
    }),
  };
}

function padded(values: Float64Array, firstBar: number): Float64Array {
  const result = new Float64Array(firstBar + values.length).fill(Number.NaN);
  result.set(values, firstBar);
  return result;
}

/** A measure of the window that ends at every k-th bar, held until the next; NaN where it has no answer. */
function stepped(
  n: number,
  from: { readonly firstBar: number; readonly testWindowBars: number },
  measure: (start: number, end: number) => number,
): Float64Array {
  const { firstBar, testWindowBars } = from;
  const result = new Float64Array(n).fill(Number.NaN);
  const step = Math.max(TEST_STEP_BARS_MIN, Math.floor(testWindowBars / TEST_STEPS_A_WINDOW));
  for (let end = firstBar + testWindowBars; end <= n; end += step) {
    const value = answered(() => measure(end - testWindowBars, end)).value ?? Number.NaN;
    result.fill(value, end - 1, end - 1 + step);
  }
  return result;
}
