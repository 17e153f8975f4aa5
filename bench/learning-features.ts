import { featureColumns } from "#quant/learning/features/feature-columns.ts";
import { featureProgram } from "#quant/learning/features/feature-program.ts";
import type { BarColumns, RawColumn } from "#quant/learning/features/feature-source.ts";
import type { FeatureSource, FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { startFeatures, stepFeatures } from "#quant/learning/features/feature-stream.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const BARS = 1_000_000;
const MINUTE_MS = 60_000;
/** Bars that a stream is timed on. */
const STREAMED_BARS = 100_000;
const SPREAD: SpreadSpec = { kind: "rolling", windowBars: 500, price: "log" };

/** Forty features of every kind over a million minutes of a pair, on one core. */
export function learningFeatures(): readonly Figure[] {
  const bars = pairOfMinutes();
  const features = fortyFeatures();
  const batch = timing(() => featureColumns(bars, features, SPREAD), 5);
  const name = `${features.length} features × 1,000,000 bars, one core`;
  return [
    atMost(name, batch.best, 1.5, "s"),
    observed(`${name}, median`, batch.median, "s"),
    observed("the same, bar by bar", 1e6 * secondsABar(bars, features), "µs a bar"),
  ];
}

function secondsABar(bars: BarColumns, features: readonly FeatureSpec[]): number {
  const program = featureProgram(features, SPREAD);
  const stream = startFeatures(program);
  const values = new Float64Array(features.length);
  const columns = Object.entries(bars.columns);
  const startedAt = performance.now();
  for (let t = 0; t < STREAMED_BARS; t++) {
    const bar = Object.fromEntries(columns.map(([column, series]) => [column, series[t]]));
    const openTimeMs = bars.openTimeMs[t] ?? 0;
    stepFeatures(program, stream, { openTimeMs, values: bar }, values);
  }
  return (performance.now() - startedAt) / 1000 / STREAMED_BARS;
}

function fortyFeatures(): readonly FeatureSpec[] {
  const of: FeatureSource = "spread";
  const sma = (periodBars: number): FeatureSpec => ({ kind: "sma", of, periodBars });
  return [
    { kind: "column", of },
    ...[1, 2, 3, 4, 5].map((lagBars): FeatureSpec => ({ kind: "lag", of, lagBars })),
    ...[1, 5, 20].map((lagBars): FeatureSpec => ({ kind: "delta", of, lagBars })),
    ...ofLegs((leg) => ({ kind: "return", of: leg, lagBars: 1, form: "log" })),
    ...ofLegs((leg) => ({ kind: "return", of: leg, lagBars: 60, form: "simple" })),
    ...[10, 30, 200].map(sma),
    { kind: "difference", of: sma(10), minus: sma(30) },
    { kind: "crossover", of: sma(10), over: sma(30) },
    ...[12, 100].map((periodBars): FeatureSpec => ({ kind: "ema", of, periodBars })),
    { kind: "rsi", of, periodBars: 14 },
    ...ofLegs((leg) => ({ kind: "rsi", of: leg, periodBars: 14 })),
    { kind: "macd", of, fastBars: 12, slowBars: 26, signalBars: 9, line: "macd" },
    { kind: "macd", of, fastBars: 12, slowBars: 26, signalBars: 9, line: "histogram" },
    { kind: "bollinger", of, periodBars: 20, deviations: 2, measure: "position" },
    { kind: "bollinger", of, periodBars: 20, deviations: 2, measure: "width" },
    { kind: "atr", instrument: "y", periodBars: 14, scale: "share-of-close" },
    { kind: "atr", instrument: "x", periodBars: 14, scale: "share-of-close" },
    ...[30, 60, 500].map((windowBars): FeatureSpec => ({ kind: "z-score", of, windowBars })),
    { kind: "deviation", of: { kind: "delta", of, lagBars: 1 }, windowBars: 60 },
    { kind: "half-life", of, windowBars: 120 },
    { kind: "volume", of: "volume-y", periodBars: 20 },
    { kind: "volume", of: "volume-x", periodBars: 20 },
    { kind: "time", cycle: "hour-of-day", wave: "sine", calendar: "continuous" },
    { kind: "time", cycle: "hour-of-day", wave: "cosine", calendar: "continuous" },
    { kind: "time", cycle: "day-of-week", wave: "sine", calendar: "continuous" },
    { kind: "time", cycle: "day-of-week", wave: "cosine", calendar: "continuous" },
  ];
}

function ofLegs(feature: (leg: "close-y" | "close-x") => FeatureSpec): readonly FeatureSpec[] {
  return [feature("close-y"), feature("close-x")];
}

/** Two legs that wander together, with highs, lows and volumes. */
function pairOfMinutes(): BarColumns {
  const { gaussian, uniform } = createRandom(1);
  const column = (): Float64Array => new Float64Array(BARS);
  const columns = {
    "close-y": column(),
    "high-y": column(),
    "low-y": column(),
    "volume-y": column(),
    "close-x": column(),
    "high-x": column(),
    "low-x": column(),
    "volume-x": column(),
  } satisfies Partial<Record<RawColumn, Float64Array>>;
  let common = 4;
  let apart = 0;
  for (let t = 0; t < BARS; t++) {
    common += 0.001 * gaussian();
    apart = 0.99 * apart + 0.001 * gaussian();
    const y = Math.exp(common + apart);
    const x = Math.exp(common);
    const width = 0.001 * uniform();
    columns["close-y"][t] = y;
    columns["high-y"][t] = y * (1 + width);
    columns["low-y"][t] = y * (1 - width);
    columns["volume-y"][t] = 100 * uniform();
    columns["close-x"][t] = x;
    columns["high-x"][t] = x * (1 + width);
    columns["low-x"][t] = x * (1 - width);
    columns["volume-x"][t] = 100 * uniform();
  }
  return { openTimeMs: Float64Array.from({ length: BARS }, (_, t) => t * MINUTE_MS), columns };
}
