import { averageDirectionalIndex } from "../indicators/average-directional-index.ts";
import { averageTrueRange } from "../indicators/average-true-range.ts";
import { bollingerBands } from "../indicators/bollinger-bands.ts";
import { exponentialMovingAverage } from "../indicators/exponential-moving-average.ts";
import type { Bars } from "../indicators/incremental.ts";
import { macd } from "../indicators/macd.ts";
import { onBalanceVolume } from "../indicators/on-balance-volume.ts";
import { rateOfChange } from "../indicators/rate-of-change.ts";
import { relativeStrengthIndex } from "../indicators/relative-strength-index.ts";
import { rollingHigh, rollingLow } from "../indicators/rolling-extremes.ts";
import { simpleMovingAverage } from "../indicators/simple-moving-average.ts";
import { stochasticOscillator } from "../indicators/stochastic-oscillator.ts";
import { volumeWeightedAveragePrice } from "../indicators/volume-weighted-average-price.ts";
import { zScore } from "../indicators/z-score.ts";
import { rollingQuantile } from "../rolling/rolling-quantile.ts";
import { type ArgumentReaders, type ArgumentsOf, optional, readArguments } from "./arguments.ts";
import { type BarColumns, barField } from "./bar-readers.ts";
import { DoorError } from "./door-error.ts";
import { named, number, oneOf } from "./readers.ts";

/** Bars by field; a plain series is the close. */
export type IndicatorInput = BarColumns;

type Indicator = (input: IndicatorInput, parameters: unknown) => unknown;

function indicator<Readers extends ArgumentReaders>(
  readers: Readers,
  values: (input: IndicatorInput, parameters: ArgumentsOf<Readers>) => unknown,
): Indicator {
  return (input, parameters) => values(input, readArguments(parameters, readers, "parameters"));
}

const close = (input: IndicatorInput): Float64Array => barField(input, "close");

function ranges(input: IndicatorInput): Bars {
  return { high: barField(input, "high"), low: barField(input, "low"), close: close(input) };
}

/** A window is allocated before the first bar comes: more than this is a slip of the pen. */
const PERIOD_MAX = 10_000_000;

function bars(value: unknown, name: string): number {
  const period = number(value, name);
  if (period <= PERIOD_MAX) return period;
  throw new DoorError("bad-argument", `${name} must be at most ${PERIOD_MAX} bars`);
}

const seed = optional(
  named({ "simple-mean": "simple-mean", sma: "simple-mean", "first-value": "first-value" }),
  "simple-mean",
);

/** Indicators by name, each with its parameters; periods in bars. */
export const INDICATORS: Readonly<Record<string, Indicator>> = {
  sma: indicator({ period: bars }, (input, { period }) =>
    simpleMovingAverage(close(input), period),
  ),
  ema: indicator({ period: bars, seed }, (input, { period, ...options }) =>
    exponentialMovingAverage(close(input), period, options),
  ),
  rsi: indicator({ period: optional(bars, 14), seed }, (input, { period, ...options }) =>
    relativeStrengthIndex(close(input), period, options),
  ),
  macd: indicator(
    { fast: optional(bars, 12), slow: optional(bars, 26), signal: optional(bars, 9), seed },
    (input, { fast, slow, signal, ...options }) =>
      macd(close(input), { fastBars: fast, slowBars: slow, signalBars: signal, ...options }),
  ),
  bollinger: indicator(
    { period: optional(bars, 20), k: optional(number, 2) },
    (input, { period, k }) => bollingerBands(close(input), { periodBars: period, deviations: k }),
  ),
  atr: indicator(
    { period: optional(bars, 14), firstRange: optional(oneOf("none", "high-low"), "none") },
    (input, { period, ...options }) =>
      averageTrueRange(ranges(input), period, options).averageTrueRange,
  ),
  adx: indicator(
    { period: optional(bars, 14), convention: optional(oneOf("wilder", "talib"), "wilder") },
    (input, { period, ...options }) => averageDirectionalIndex(ranges(input), period, options),
  ),
  stochastic: indicator(
    { k: optional(bars, 14), smooth: optional(bars, 3), d: optional(bars, 3) },
    (input, { k, smooth, d }) =>
      stochasticOscillator(ranges(input), { rangeBars: k, smoothBars: smooth, signalBars: d }),
  ),
  roc: indicator({ period: bars }, (input, { period }) => rateOfChange(close(input), period)),
  obv: indicator({}, (input) =>
    onBalanceVolume({ close: close(input), volume: barField(input, "volume") }),
  ),
  vwap: indicator({ period: optional(bars, undefined) }, (input, { period }) =>
    volumeWeightedAveragePrice(
      { ...ranges(input), volume: barField(input, "volume") },
      period === undefined ? {} : { periodBars: period },
    ),
  ),
  rollingHigh: indicator({ period: bars }, (input, { period }) =>
    rollingHigh(input["high"] ?? close(input), period),
  ),
  rollingLow: indicator({ period: bars }, (input, { period }) =>
    rollingLow(input["low"] ?? close(input), period),
  ),
  rollingQuantile: indicator(
    { period: bars, share: optional(number, 0.5) },
    (input, { period, share }) => rollingQuantile(close(input), period, share),
  ),
  zScore: indicator({ period: bars, ddof: optional(number, 1) }, (input, { period, ddof }) =>
    zScore(close(input), period, { ddof }),
  ),
};
