import fc from "fast-check";
import { createRandom } from "../../synthetic/random.ts";
import type { BarColumns, RawColumn } from "./feature-source.ts";
import type { FeatureSource, FeatureSpec } from "./feature-spec.ts";
import type { SpreadSpec } from "./spread-spec.ts";

export const HOUR_MS = 3_600_000;

/** A pair of hours: two legs that wander together. */
export function pairBars(bars: number, seed: number): BarColumns {
  const { gaussian, uniform } = createRandom(seed);
  const column = (): Float64Array => new Float64Array(bars);
  const columns = {
    "close-y": column(),
    "high-y": column(),
    "low-y": column(),
    "volume-y": column(),
    "close-x": column(),
    "high-x": column(),
    "low-x": column(),
    "volume-x": column(),
  } satisfies BarColumns["columns"];
  let common = 4;
  let apart = 0;
  for (let t = 0; t < bars; t++) {
    common += 0.01 * gaussian();
    apart = 0.9 * apart + 0.01 * gaussian();
    const closes = { y: Math.exp(0.5 + 1.3 * common + apart), x: Math.exp(common) };
    for (const leg of ["y", "x"] as const) {
      columns[`close-${leg}`][t] = closes[leg];
      columns[`high-${leg}`][t] = closes[leg] * (1 + 0.01 * uniform());
      columns[`low-${leg}`][t] = closes[leg] * (1 - 0.01 * uniform());
      columns[`volume-${leg}`][t] = 1 + 100 * uniform();
    }
  }
  return { openTimeMs: Float64Array.from({ length: bars }, (_, t) => t * HOUR_MS), columns };
}

/** The bars from ≤ t < to. */
export function barsBetween(bars: BarColumns, from: number, to: number): BarColumns {
  return {
    openTimeMs: bars.openTimeMs.slice(from, to),
    columns: mapColumns(bars, (values) => values.slice(from, to)),
  };
}

/** The bars with all values of some of them missing. */
export function withGaps(bars: BarColumns, gaps: readonly number[]): BarColumns {
  const punched = mapColumns(bars, (values) => {
    const copy = values.slice();
    for (const gap of gaps) copy[gap] = Number.NaN;
    return copy;
  });
  return { openTimeMs: bars.openTimeMs, columns: punched };
}

function mapColumns(
  { columns }: BarColumns,
  map: (values: Float64Array) => Float64Array,
): BarColumns["columns"] {
  const entries = Object.entries(columns).map(([name, values]) => [name, map(values)] as const);
  return Object.fromEntries(entries) satisfies Partial<Record<RawColumn, Float64Array>>;
}

const bars = fc.integer({ min: 1, max: 12 });
const window = fc.integer({ min: 2, max: 14 });
const price = fc.constantFrom<FeatureSource>("close-y", "close-x");

/** A feature of a pair, up to three deep. */
export const anyFeature: fc.Arbitrary<FeatureSpec> = fc.letrec<{
  feature: FeatureSpec;
  source: FeatureSource;
}>((tie) => ({
  source: fc.oneof(
    { maxDepth: 2, depthIdentifier: "feature" },
    fc.constantFrom<FeatureSource>("spread", "close-y", "close-x", "volume-y", "hedge-ratio"),
    tie("feature"),
  ),
  feature: fc.oneof({ depthIdentifier: "feature" }, ...leaves(), ...branches(tie("source"))),
})).feature;

function leaves(): fc.Arbitrary<FeatureSpec>[] {
  return [
    fc.record({
      kind: fc.constant("atr" as const),
      instrument: fc.constantFrom("y" as const, "x" as const),
      periodBars: fc.integer({ min: 1, max: 5 }),
      scale: fc.constantFrom("price" as const, "share-of-close" as const),
    }),
    fc.record({
      kind: fc.constant("return" as const),
      of: price,
      lagBars: bars,
      form: fc.constantFrom("simple" as const, "log" as const),
    }),
    fc.record({
      kind: fc.constant("time" as const),
      cycle: fc.constantFrom("hour-of-day" as const, "day-of-week" as const),
      wave: fc.constantFrom("sine" as const, "cosine" as const),
      calendar: fc.constantFrom("continuous" as const, "weekdays" as const),
    }),
  ];
}

function branches(of: fc.Arbitrary<FeatureSource>): fc.Arbitrary<FeatureSpec>[] {
  return [
    fc.record({ kind: fc.constant("column" as const), of }),
    fc.record({ kind: fc.constantFrom("lag" as const, "delta" as const), of, lagBars: bars }),
    fc.record({ kind: fc.constant("difference" as const), of, minus: of }),
    fc.record({ kind: fc.constant("crossover" as const), of, over: of }),
    fc.record({
      kind: fc.constantFrom("sma" as const, "ema" as const, "volume" as const),
      of,
      periodBars: window,
    }),
    fc.record({
      kind: fc.constant("rsi" as const),
      of,
      periodBars: fc.integer({ min: 2, max: 5 }),
    }),
    fc.record({
      kind: fc.constant("macd" as const),
      of,
      fastBars: fc.integer({ min: 1, max: 3 }),
      slowBars: fc.integer({ min: 4, max: 6 }),
      signalBars: fc.integer({ min: 1, max: 3 }),
      line: fc.constantFrom("macd" as const, "signal" as const, "histogram" as const),
    }),
    fc.record({
      kind: fc.constant("bollinger" as const),
      of,
      periodBars: window,
      deviations: fc.constantFrom(1, 2),
      measure: fc.constantFrom("position" as const, "width" as const, "width-share" as const),
    }),
    fc.record({
      kind: fc.constantFrom("z-score" as const, "deviation" as const),
      of,
      windowBars: window,
    }),
    fc.record({
      kind: fc.constant("half-life" as const),
      of,
      windowBars: fc.integer({ min: 10, max: 16 }),
    }),
  ];
}

/** Spreads of a pair; those of the second list forget, those of the first do not. */
export const REMEMBERING_SPREADS: readonly SpreadSpec[] = [
  { kind: "expanding", barsMin: 40, price: "log" },
  { kind: "kalman", delta: 1e-4, observationVariance: 1e-3, price: "log" },
  { kind: "formation", formationBars: 40, price: "level" },
];
export const FORGETTING_SPREADS: readonly SpreadSpec[] = [
  { kind: "rolling", windowBars: 33, price: "log" },
  { kind: "fixed", hedgeRatio: 1.3, intercept: 0.5, knownFromMs: null, price: "log" },
];
