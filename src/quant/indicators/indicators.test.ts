import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  goldenSeries,
} from "../golden/load-golden.test-support.ts";
import {
  averageDirectionalIndex,
  createAverageDirectionalIndex,
} from "./average-directional-index.ts";
import { averageTrueRange, createAverageTrueRange } from "./average-true-range.ts";
import { bollingerBands, createBollingerBands } from "./bollinger-bands.ts";
import {
  createExponentialMovingAverage,
  exponentialMovingAverage,
} from "./exponential-moving-average.ts";
import { barAt, type VolumeBars, volumeBarAt } from "./incremental.ts";
import { createMacd, macd } from "./macd.ts";
import { createOnBalanceVolume, onBalanceVolume } from "./on-balance-volume.ts";
import { createRateOfChange, rateOfChange } from "./rate-of-change.ts";
import { createRelativeStrengthIndex, relativeStrengthIndex } from "./relative-strength-index.ts";
import {
  createRollingHigh,
  createRollingLow,
  rollingHigh,
  rollingLow,
} from "./rolling-extremes.ts";
import { createSimpleMovingAverage, simpleMovingAverage } from "./simple-moving-average.ts";
import { createStochasticOscillator, stochasticOscillator } from "./stochastic-oscillator.ts";
import {
  createVolumeWeightedAveragePrice,
  volumeWeightedAveragePrice,
} from "./volume-weighted-average-price.ts";
import { createZScore, zScore } from "./z-score.ts";

const bars: VolumeBars = {
  high: goldenSeries("ohlcv_300.high"),
  low: goldenSeries("ohlcv_300.low"),
  close: goldenSeries("ohlcv_300.close"),
  volume: goldenSeries("ohlcv_300.volume"),
};
const cut = (n: number): VolumeBars => ({
  high: bars.high.slice(0, n),
  low: bars.low.slice(0, n),
  close: bars.close.slice(0, n),
  volume: bars.volume.slice(0, n),
});

/** Series by the names of the golden file. */
type Answer = Readonly<Record<string, Float64Array>>;

const period = (golden: GoldenCase): number => Number(golden.params?.["period"]);
const seedOf = (golden: GoldenCase) =>
  String(golden.params?.["seed"]).startsWith("first")
    ? { seed: "first-value" as const }
    : { seed: "simple-mean" as const };

const goldenAnswers: readonly {
  readonly prefix: string;
  readonly answer: (golden: GoldenCase) => Answer;
}[] = [
  {
    prefix: "sma/",
    answer: (golden) => ({ values: simpleMovingAverage(bars.close, period(golden)) }),
  },
  {
    prefix: "ema/",
    answer: (golden) => ({
      values: exponentialMovingAverage(bars.close, period(golden), seedOf(golden)),
    }),
  },
  {
    prefix: "rsi/",
    answer: (golden) => ({
      values: relativeStrengthIndex(bars.close, period(golden), seedOf(golden)),
    }),
  },
  { prefix: "macd/", answer: (golden) => macd(bars.close, seedOf(golden)) },
  {
    prefix: "bollinger/",
    answer: () => {
      const { percentB, ...bands } = bollingerBands(bars.close);
      return { ...bands, percent_b: percentB };
    },
  },
  {
    prefix: "atr/",
    answer: (golden) => {
      const firstRange = golden.params?.["first_tr"] === "high-low" ? "high-low" : "none";
      const found = averageTrueRange(bars, period(golden), { firstRange });
      return { values: found.averageTrueRange, true_range: found.trueRange };
    },
  },
  {
    prefix: "zscore/",
    answer: (golden) => ({
      values: zScore(bars.close, period(golden), { ddof: Number(golden.params?.["ddof"]) }),
    }),
  },
  {
    prefix: "stochastic/",
    answer: () => {
      const found = stochasticOscillator(bars);
      return {
        fast_k: found.fastK,
        fast_d: found.fastD,
        slow_k: found.slowK,
        slow_d: found.slowD,
      };
    },
  },
  { prefix: "roc/", answer: (golden) => ({ values: rateOfChange(bars.close, period(golden)) }) },
  { prefix: "obv", answer: () => ({ values: onBalanceVolume(bars) }) },
  {
    prefix: "vwap/",
    answer: (golden) => ({
      values: volumeWeightedAveragePrice(
        bars,
        golden.params?.["period"] === undefined ? {} : { periodBars: period(golden) },
      ),
    }),
  },
  {
    prefix: "adx/",
    answer: (golden) => {
      const convention = golden.params?.["convention"] === "talib" ? "talib" : "wilder";
      const found = averageDirectionalIndex(bars, period(golden), { convention });
      return { plus_di: found.plusDi, minus_di: found.minusDi, dx: found.dx, adx: found.adx };
    },
  },
];
const goldenTests = goldenAnswers.flatMap(({ prefix, answer }) =>
  goldenCases("indicators", prefix).map((golden) => ({ case: golden.case, golden, answer })),
);

test.each(goldenTests)("$case agrees with the reference, bar by bar", ({ golden, answer }) => {
  const found = answer(golden);
  for (const [field, expected] of Object.entries(golden.expected)) {
    const values = expected as readonly (number | null)[];
    expect(found[field], field).toHaveLength(values.length);
    values.forEach((value, i) => {
      if (value === null) expect(found[field]![i], `${field} of bar ${i}`).toBeNaN();
      else expectWithin(`${field} of bar ${i}`, found[field]![i]!, value, golden.tolerance);
    });
  }
  // The inputs named by the case are those that every answer here looks at.
  for (const role of Object.keys(golden.input)) {
    expect(goldenInput(golden, role)).toEqual(bars[role as keyof VolumeBars]);
  }
});

/** Each indicator: its batch form over a history, and its incremental form as a reader of bar i. */
const indicators: readonly {
  readonly name: string;
  readonly batch: (history: VolumeBars) => Answer;
  readonly create: () => (i: number) => Readonly<Record<string, number>>;
}[] = [
  ofSeries(
    "simpleMovingAverage",
    (x) => simpleMovingAverage(x, 9),
    () => createSimpleMovingAverage(9),
  ),
  ofSeries(
    "exponentialMovingAverage",
    (x) => exponentialMovingAverage(x, 9),
    () => createExponentialMovingAverage(9),
  ),
  ofSeries(
    "relativeStrengthIndex",
    (x) => relativeStrengthIndex(x, 9),
    () => createRelativeStrengthIndex(9),
  ),
  ofSeries(
    "rateOfChange",
    (x) => rateOfChange(x, 9),
    () => createRateOfChange(9),
  ),
  ofSeries(
    "rollingHigh",
    (x) => rollingHigh(x, 9),
    () => createRollingHigh(9),
  ),
  ofSeries(
    "rollingLow",
    (x) => rollingLow(x, 9),
    () => createRollingLow(9),
  ),
  ofSeries(
    "zScore",
    (x) => zScore(x, 9),
    () => createZScore(9),
  ),
  ofSeries(
    "zScore of ddof 0",
    (x) => zScore(x, 9, { ddof: 0 }),
    () => createZScore(9, { ddof: 0 }),
  ),
  {
    name: "macd",
    batch: ({ close }) => macd(close),
    create: () => {
      const next = createMacd();
      return (i) => next(bars.close[i]!);
    },
  },
  {
    name: "bollingerBands",
    batch: ({ close }) => bollingerBands(close),
    create: () => {
      const next = createBollingerBands();
      return (i) => next(bars.close[i]!);
    },
  },
  {
    name: "averageTrueRange",
    batch: (history) => averageTrueRange(history, 9),
    create: () => {
      const next = createAverageTrueRange(9);
      return (i) => next(barAt(bars, i));
    },
  },
  {
    name: "averageDirectionalIndex",
    batch: (history) => averageDirectionalIndex(history, 9),
    create: () => {
      const next = createAverageDirectionalIndex(9);
      return (i) => next(barAt(bars, i));
    },
  },
  {
    name: "stochasticOscillator",
    batch: (history) => stochasticOscillator(history),
    create: () => {
      const next = createStochasticOscillator();
      return (i) => next(barAt(bars, i));
    },
  },
  {
    name: "onBalanceVolume",
    batch: (history) => ({ value: onBalanceVolume(history) }),
    create: () => {
      const next = createOnBalanceVolume();
      return (i) => ({ value: next(volumeBarAt(bars, i)) });
    },
  },
  ...[{}, { periodBars: 9 }].map((options) => ({
    name: `volumeWeightedAveragePrice ${JSON.stringify(options)}`,
    batch: (history: VolumeBars) => ({ value: volumeWeightedAveragePrice(history, options) }),
    create: () => {
      const next = createVolumeWeightedAveragePrice(options);
      return (i: number) => ({ value: next(volumeBarAt(bars, i)) });
    },
  })),
];

function ofSeries(
  name: string,
  batch: (values: Float64Array) => Float64Array,
  create: () => (value: number) => number,
) {
  return {
    name,
    batch: ({ close }: VolumeBars) => ({ value: batch(close) }),
    create: () => {
      const next = create();
      return (i: number) => ({ value: next(bars.close[i]!) });
    },
  };
}

describe.each(indicators)("$name", ({ batch, create }) => {
  test("is the same to the bit bar by bar as over the history", () => {
    const whole = batch(bars);
    const next = create();
    for (let i = 0; i < bars.close.length; i++) {
      for (const [field, value] of Object.entries(next(i))) {
        expect(Object.is(value, whole[field]![i]), `${field} of bar ${i}`).toBe(true);
      }
    }
  });

  test("does not look ahead: cutting off the future changes no bit up to the cut", () => {
    const whole = batch(bars);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (n) => {
        for (const [field, values] of Object.entries(batch(cut(n)))) {
          expect(values).toEqual(whole[field]!.slice(0, n));
        }
      }),
      { numRuns: 10 },
    );
  });

  test("refuses a price that is none", () => {
    const holed = { ...bars, close: bars.close.slice() };
    holed.close[100] = Number.NaN;
    expect(() => batch(holed)).toThrow(expect.objectContaining({ code: "not-finite" }));
  });
});

test.each<{ name: string; make: () => unknown }>([
  { name: "a period of 0", make: () => createSimpleMovingAverage(0) },
  { name: "half a bar", make: () => createExponentialMovingAverage(2.5) },
  { name: "no period", make: () => createRelativeStrengthIndex(Number.NaN) },
  { name: "a fast average that is slow", make: () => createMacd({ fastBars: 26 }) },
  { name: "bands of one bar", make: () => createBollingerBands({ periodBars: 1 }) },
  { name: "bands without width", make: () => createBollingerBands({ deviations: 0 }) },
  { name: "a range over no bars", make: () => createAverageTrueRange(0) },
  { name: "a direction of one bar", make: () => createAverageDirectionalIndex(1) },
  { name: "an empty range", make: () => createStochasticOscillator({ rangeBars: 0 }) },
  { name: "a rate over no bars", make: () => createRateOfChange(0) },
  { name: "a high of no bars", make: () => createRollingHigh(0) },
  {
    name: "an average price of no bars",
    make: () => createVolumeWeightedAveragePrice({ periodBars: 0 }),
  },
  { name: "a z-score of one bar", make: () => createZScore(1) },
  { name: "two missing degrees of freedom", make: () => createZScore(9, { ddof: 2 }) },
])("refuses $name", ({ make }) => {
  expect(make).toThrow(expect.objectContaining({ code: "out-of-range" }));
});

describe("what does not move", () => {
  const flat = new Float64Array(60).fill(0.1);
  const still = { high: flat, low: flat, close: flat, volume: new Float64Array(60) };
  const last = (values: Float64Array): number => values.at(-1)!;

  test("is at 50 of its strength and of its range, without direction", () => {
    expect(last(relativeStrengthIndex(flat, 14))).toBe(50);
    expect(last(stochasticOscillator(still).slowD)).toBe(50);
    expect(last(averageDirectionalIndex(still, 14).adx)).toBe(0);
    expect(last(averageTrueRange(still, 14).averageTrueRange)).toBe(0);
  });

  test("has bands of no width, no place between them and no z-score", () => {
    const bands = bollingerBands(flat);
    expect(last(bands.upper)).toBe(last(bands.lower));
    expect(last(bands.percentB)).toBeNaN();
    expect(last(zScore(flat, 20))).toBeNaN();
  });

  test("has no average price without volume, and no rate from zero", () => {
    expect(last(volumeWeightedAveragePrice(still))).toBeNaN();
    expect(last(rateOfChange(Float64Array.of(0, 1), 1))).toBeNaN();
  });
});

test("an incremental form refuses what is no number and keeps what it had", () => {
  const next = createSimpleMovingAverage(2);
  next(1);
  expect(() => next(Number.NaN)).toThrow(expect.objectContaining({ code: "not-finite" }));
  expect(next(3)).toBe(2);
});

test("an indicator of bars refuses series that are not aligned", () => {
  expect(() => averageTrueRange({ ...bars, low: bars.low.slice(1) }, 14)).toThrow(
    expect.objectContaining({ code: "length-mismatch" }),
  );
});

test("rolling extremes are those of the slices", () => {
  const high = rollingHigh(bars.close, 14);
  const low = rollingLow(bars.close, 14);
  for (let i = 13; i < 300; i++) {
    const slice = bars.close.slice(i - 13, i + 1);
    expect(high[i]).toBe(Math.max(...slice));
    expect(low[i]).toBe(Math.min(...slice));
  }
});
