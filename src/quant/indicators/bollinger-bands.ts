import { InvalidInputError } from "../invalid-input-error.ts";
import { windowMean } from "../rolling/rolling-mean.ts";
import { windowSquares } from "../rolling/rolling-variance.ts";
import { requireWindow } from "../rolling/window.ts";
import { requireSeries } from "../stats/require-series.ts";
import { finite, gather, type Incremental } from "./incremental.ts";
import { createSlidingWindow } from "./sliding-window.ts";

/** Values of one bar. */
export type BollingerBands = {
  /** Unit of the input. */
  readonly middle: number;
  readonly upper: number;
  readonly lower: number;
  /** Place of the value between the bands: 0 at the lower, 1 at the upper; NaN in a flat window. */
  readonly percentB: number;
  /** Width of the bands over the middle; NaN where the middle is 0. */
  readonly bandwidth: number;
};

/** See bollingerBands. */
export type BollingerOptions = {
  /** A whole number ≥ 2; 20 unless told. */
  readonly periodBars?: number;
  /** Half the width, in standard deviations, > 0; 2 unless told. */
  readonly deviations?: number;
};

/**
 * Bollinger bands: the mean of the last bars and the band in which most of them lay.
 *
 * middle ± deviations · std of the window, divisor periodBars.
 *
 * @param values finite values, oldest first
 * @param options period and width; see BollingerOptions
 * @returns five series of n values; NaN before index periodBars − 1
 * @throws {InvalidInputError} "not-finite"; "out-of-range": an option
 *
 * Cost: O(n · periodBars). Convention: matches TA-Lib BBANDS (ddof 0).
 * Source: Bollinger (2001). Checked: golden/indicators.json.
 */
export function bollingerBands(
  values: Float64Array,
  options: BollingerOptions = {},
): { readonly [Name in keyof BollingerBands]: Float64Array } {
  requireSeries(values, { name: "values", lengthMin: 0 });
  const next = createBollingerBands(options);
  const column = (): Float64Array => new Float64Array(values.length);
  return gather(
    ["middle", "upper", "lower", "percentB", "bandwidth"],
    {
      middle: column(),
      upper: column(),
      lower: column(),
      percentB: column(),
      bandwidth: column(),
    },
    (i) => next(values[i]!),
  );
}

const NONE: BollingerBands = {
  middle: Number.NaN,
  upper: Number.NaN,
  lower: Number.NaN,
  percentB: Number.NaN,
  bandwidth: Number.NaN,
};

/**
 * Incremental form of bollingerBands.
 *
 * @param options period and width; see BollingerOptions
 * @returns next finite value → its bands, NaN for the first periodBars − 1
 * @throws {InvalidInputError} "out-of-range": an option; the returned function "not-finite"
 *
 * Cost: O(periodBars) a bar.
 */
export function createBollingerBands(
  options: BollingerOptions = {},
): Incremental<number, BollingerBands> {
  const { periodBars = 20, deviations = 2 } = options;
  requireWindow(periodBars, 2, "periodBars");
  if (!(deviations > 0 && Number.isFinite(deviations))) {
    throw new InvalidInputError("out-of-range", "deviations must be positive");
  }
  const window = createSlidingWindow(periodBars);
  return (value) => {
    if (!window.push(finite(value))) return NONE;
    const middle = windowMean(window.values, 0, periodBars);
    const squares = windowSquares(window.values, 0, periodBars);
    const half = deviations * Math.sqrt(squares / periodBars);
    return {
      middle,
      upper: middle + half,
      lower: middle - half,
      percentB: half === 0 ? Number.NaN : (value - middle + half) / (2 * half),
      bandwidth: middle === 0 ? Number.NaN : (2 * half) / middle,
    };
  };
}
