import { describe, expect, test } from "vitest";
import { expectWithin, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import { averageTrueRange } from "../../indicators/average-true-range.ts";
import { bollingerBands } from "../../indicators/bollinger-bands.ts";
import { exponentialMovingAverage } from "../../indicators/exponential-moving-average.ts";
import { macd } from "../../indicators/macd.ts";
import { relativeStrengthIndex } from "../../indicators/relative-strength-index.ts";
import { simpleMovingAverage } from "../../indicators/simple-moving-average.ts";
import { halfLife } from "../../mean-reversion/half-life.ts";
import { rollingVariance } from "../../rolling/rolling-variance.ts";
import { fastRollingZScore } from "../../stats/fast-rolling-z-score.ts";
import { rollingZScore } from "../../stats/rolling-z-score.ts";
import { HOUR_MS, pairBars } from "./arbitrary-features.test-support.ts";
import { emaWindow, wilderWindow } from "./decay-window.ts";
import { featureColumns } from "./feature-columns.ts";
import type { BarColumns } from "./feature-source.ts";
import type { FeatureSpec } from "./feature-spec.ts";

const BARS = pairBars(600, 4);
const CLOSE = BARS.columns["close-y"]!;
const of = "close-y";

function column(feature: FeatureSpec, bars: BarColumns = BARS): Float64Array {
  return featureColumns(bars, [feature])[0]!;
}

/** Equal to the rounding, and missing on the same bars. */
function expectNear(actual: Float64Array, expected: Float64Array, rtol = 1e-9): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, t) => {
    if (Number.isNaN(value)) expect(actual[t], `bar ${t}`).toBeNaN();
    else expectWithin(`bar ${t}`, actual[t]!, value, { rtol, atol: 1e-10 });
  });
}

describe("windows are those of the indicators", () => {
  test.each([1, 2, 7, 20, 250])("mean of %i bars", (periodBars) => {
    expectNear(column({ kind: "sma", of, periodBars }), simpleMovingAverage(CLOSE, periodBars));
  });

  test.each(goldenCases("indicators", "sma/"))(
    "mean agrees with its golden values: $case",
    (golden) => {
      const values = goldenInput(golden, "close");
      const openTimeMs = values.map((_, t) => t * HOUR_MS);
      const periodBars = Number(golden.params?.["period"]);
      const actual = column(
        { kind: "sma", of: "close", periodBars },
        { openTimeMs, columns: { close: values } },
      );
      const expected = golden.expected["values"] as readonly (number | null)[];
      expected.forEach((value, t) => {
        if (value === null) expect(actual[t], `bar ${t}`).toBeNaN();
        else expectWithin(`bar ${t}`, actual[t]!, value, golden.tolerance);
      });
    },
  );

  test.each([2, 20, 137])("z-score of %i bars, of the fast form to the bit", (windowBars) => {
    const zScores = column({ kind: "z-score", of, windowBars });
    expectNear(zScores, rollingZScore(CLOSE, windowBars));
    const fast = fastRollingZScore(CLOSE, windowBars);
    expect(zScores.slice(windowBars - 1)).toEqual(fast.slice(windowBars - 1));
  });

  test.each([2, 20, 137])("standard deviation of %i bars", (windowBars) => {
    const expected = rollingVariance(CLOSE, windowBars).map(Math.sqrt);
    expectNear(column({ kind: "deviation", of, windowBars }), expected);
  });

  test("Bollinger bands", () => {
    const { percentB, bandwidth, upper, lower } = bollingerBands(CLOSE);
    const band = { kind: "bollinger", of, periodBars: 20, deviations: 2 } as const;
    expectNear(column({ ...band, measure: "position" }), percentB);
    expectNear(column({ ...band, measure: "width-share" }), bandwidth);
    const width = upper.map((value, t) => value - lower[t]!);
    expectNear(column({ ...band, measure: "width" }), width, 1e-7);
  });

  test("half-life is that of the last bars, at most as long as they are", () => {
    const windowBars = 40;
    const lives = column({ kind: "half-life", of, windowBars });
    for (let t = windowBars - 1; t < CLOSE.length; t++) {
      const { linearBars } = halfLife(CLOSE.slice(t - windowBars + 1, t + 1));
      const expected = Math.min(windowBars, linearBars ?? windowBars);
      expectWithin(`bar ${t}`, lives[t]!, expected, { rtol: 1e-8, atol: 0 });
    }
  });

  test("relative volume", () => {
    const volume = BARS.columns["volume-y"]!;
    const mean = simpleMovingAverage(volume, 20);
    const expected = volume.map((value, t) => value / mean[t]!);
    expectNear(column({ kind: "volume", of: "volume-y", periodBars: 20 }), expected);
  });
});

describe("averages that forget are those of the indicators but for a thousandth of the weight", () => {
  /** Weights of the bars of a window, the newest first, that add up to 1. */
  function weights(keptShare: number, bars: number): number[] {
    const raw = Array.from({ length: bars }, (_, i) => keptShare ** i);
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return raw.map((weight) => weight / total);
  }

  test.each([1, 2, 12, 100])("EMA of %i is the weighted mean of its window", (periodBars) => {
    const { bars, keptShare } = emaWindow(periodBars);
    const shares = weights(keptShare, bars);
    const expected = CLOSE.map((_, t) =>
      t < bars - 1 ? Number.NaN : shares.reduce((sum, share, i) => sum + share * CLOSE[t - i]!, 0),
    );
    expectNear(column({ kind: "ema", of, periodBars }), expected);
  });

  test("EMA, MACD", () => {
    const range = Math.max(...CLOSE) - Math.min(...CLOSE);
    const near = (actual: Float64Array, expected: Float64Array): void => {
      for (let t = 300; t < CLOSE.length; t++) {
        expectWithin(`bar ${t}`, actual[t]!, expected[t]!, { rtol: 0, atol: 2e-3 * range });
      }
    };
    near(column({ kind: "ema", of, periodBars: 20 }), exponentialMovingAverage(CLOSE, 20));
    const periods = { fastBars: 12, slowBars: 26, signalBars: 9 };
    const lines = macd(CLOSE, periods);
    for (const line of ["macd", "signal", "histogram"] as const) {
      near(column({ kind: "macd", of, ...periods, line }), lines[line]);
    }
  });

  test("RSI and average true range", () => {
    const rsi = relativeStrengthIndex(CLOSE, 14);
    const bars = {
      high: BARS.columns["high-y"]!,
      low: BARS.columns["low-y"]!,
      close: CLOSE,
    };
    const range = averageTrueRange(bars, 14).averageTrueRange;
    const ours = column({ kind: "rsi", of, periodBars: 14 });
    const ourRange = column({ kind: "atr", instrument: "y", periodBars: 14, scale: "price" });
    const share = column({ kind: "atr", instrument: "y", periodBars: 14, scale: "share-of-close" });
    for (let t = 300; t < CLOSE.length; t++) {
      expectWithin(`bar ${t}`, ours[t]!, rsi[t]!, { rtol: 0, atol: 0.2 });
      expectWithin(`bar ${t}`, ourRange[t]!, range[t]!, { rtol: 2e-3, atol: 0 });
      expectWithin(`bar ${t}`, share[t]!, ourRange[t]! / CLOSE[t]!, { rtol: 1e-12, atol: 0 });
    }
    expect(ours.findIndex(Number.isFinite)).toBe(wilderWindow(14).bars);
  });

  test("RSI is 100 without losses, 0 without gains and 50 without movement", () => {
    const ramp = (step: number): BarColumns => {
      const close = Float64Array.from({ length: 60 }, (_, t) => 100 + step * t);
      return { openTimeMs: close.map((_, t) => t), columns: { close } };
    };
    const last = (step: number): number | undefined =>
      column({ kind: "rsi", of: "close", periodBars: 5 }, ramp(step)).at(-1);
    expect([last(1), last(-1), last(0)]).toEqual([100, 0, 50]);
  });
});

test("what stands still has no z-score and no place between its bands, and a deviation of 0", () => {
  const close = new Float64Array(12).fill(0.1);
  const bars = { openTimeMs: close.map((_, t) => t), columns: { close } };
  const list: readonly FeatureSpec[] = [
    { kind: "z-score", of: "close", windowBars: 4 },
    { kind: "bollinger", of: "close", periodBars: 4, deviations: 2, measure: "position" },
    { kind: "half-life", of: "close", windowBars: 10 },
    { kind: "deviation", of: "close", windowBars: 4 },
  ];
  const last = featureColumns(bars, list).map((values) => values.at(-1));
  expect(last).toEqual([Number.NaN, Number.NaN, Number.NaN, 0]);
});

test("changes, returns, lags and crossings", () => {
  const close = Float64Array.of(1, 2, 4, 4, 2, 1);
  const volume = Float64Array.of(2, 2, 2, 4, 2, 2);
  const bars = { openTimeMs: close.map((_, t) => t), columns: { close, volume } };
  const at = (feature: FeatureSpec): number[] => Array.from(column(feature, bars));
  const none = Number.NaN;
  expect(at({ kind: "lag", of: "close", lagBars: 2 })).toEqual([none, none, 1, 2, 4, 4]);
  expect(at({ kind: "delta", of: "close", lagBars: 1 })).toEqual([none, 1, 2, 0, -2, -1]);
  expect(at({ kind: "return", of: "close", lagBars: 1, form: "simple" })).toEqual([
    none,
    1,
    1,
    0,
    -0.5,
    -0.5,
  ]);
  expect(at({ kind: "return", of: "close", lagBars: 2, form: "log" })[2]).toBe(Math.log(4));
  expect(at({ kind: "difference", of: "close", minus: "volume" })).toEqual([-1, 0, 2, 0, 0, -1]);
  // A touch from below that goes on is a crossing on the bar that leaves it; one that returns is none.
  expect(at({ kind: "crossover", of: "close", over: "volume" })).toEqual([none, 0, 1, 0, 0, -1]);
});

test("hours and days are points on a circle", () => {
  const monday = Date.UTC(2024, 0, 1);
  const days = [0, 3, 5, 6].map((day) => monday + day * 24 * HOUR_MS + 6 * HOUR_MS);
  const bars = { openTimeMs: Float64Array.from(days), columns: {} };
  const at = (feature: FeatureSpec): number[] => Array.from(column(feature, bars));
  const hour = { kind: "time", cycle: "hour-of-day", calendar: "continuous" } as const;
  expect(at({ ...hour, wave: "sine" })).toEqual([1, 1, 1, 1]);
  const day = { kind: "time", cycle: "day-of-week", wave: "cosine" } as const;
  const turn = (share: number): number => Math.cos(2 * Math.PI * share);
  expect(at({ ...day, calendar: "continuous" })).toEqual([0, 3 / 7, 5 / 7, 6 / 7].map(turn));
  // A Saturday counts as Friday, a Sunday evening as Monday.
  expect(at({ ...day, calendar: "weekdays" })).toEqual([0, 3 / 5, 4 / 5, 0].map(turn));
});

test("a spike leaves no trace once it has left the windows", () => {
  const spiked = CLOSE.with(100, 1e12);
  const list: readonly FeatureSpec[] = [
    { kind: "sma", of, periodBars: 40 },
    { kind: "z-score", of, windowBars: 40 },
    { kind: "ema", of, periodBars: 11 },
    { kind: "half-life", of, windowBars: 40 },
    { kind: "rsi", of, periodBars: 6 },
  ];
  const columns = { ...BARS.columns, "close-y": spiked };
  const after = (bars: BarColumns): Float64Array[] =>
    featureColumns(bars, list).map((values) => values.slice(141));
  expect(after({ ...BARS, columns })).toEqual(after(BARS));
});
