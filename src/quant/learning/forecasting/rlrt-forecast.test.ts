import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../../golden/load-golden.test-support.ts";
import { minMaxScaled } from "../../published/min-max-scaled.ts";
import { rlrtTrendFits, rlrtTrends } from "../../published/rlrt-trends.ts";
import { trendAccuracy } from "../../published/trend-accuracy.ts";
import { expectGoldenNumbers, syntheticArma } from "./golden-numbers.test-support.ts";
import { rlrtForecast, rlrtModel } from "./rlrt-forecast.ts";

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

describe("rlrtForecast", () => {
  test.each(goldenCases("forecasting", "rlrt/"))(
    "has the line of every window: $case",
    (golden) => {
      const series = goldenInput(golden, "x");
      const windowBars = Number(golden.params?.["window"]);
      const first = Number(golden.expected["first_end_index"]);
      expect(first).toBe(windowBars - 1);
      const { slopes, intercepts, confidences } = rlrtForecast(rlrtModel({ windowBars }), series);
      expect(slopes.subarray(0, first).every(Number.isNaN)).toBe(true);
      expectGoldenNumbers(golden, "slope", slopes.subarray(first));
      expectGoldenNumbers(golden, "intercept", intercepts.subarray(first));
      expectGoldenNumbers(golden, "r2", confidences.subarray(first));
      const next = intercepts.map((start, t) => start + windowBars * slopes[t]!).subarray(first);
      expectGoldenNumbers(golden, "predicted", next);
      const isAbove = next.map((value, i) => (value > series[first + i]! ? 1 : -1));
      expectGoldenNumbers(golden, "trend_service", isAbove);
      const { trends } = rlrtForecast(rlrtModel({ windowBars, rSquaredMin: 0 }), series);
      expectGoldenNumbers(golden, "trend_slope_sign", trends.subarray(first));
    },
  );

  test.each(goldenCases("forecasting", "rlrt_trend/"))(
    "has the published trends: $case",
    (golden) => {
      const scaled = minMaxScaled(goldenInput(golden, "x"));
      const rSquaredMin = Number(golden.params?.["threshold"]);
      const published = rlrtTrends(rlrtTrendFits(scaled), rSquaredMin);
      expectGoldenNumbers(golden, "predicted", published.slice(10, -2));
      const { trends } = rlrtForecast(rlrtModel({ rSquaredMin }), scaled);
      expect(trends.slice(9, -3)).toEqual(published.slice(10, -2));
      const accuracy = trendAccuracy(scaled, published, "window-mean");
      expectGolden(golden, "accuracy", accuracy.share ?? Number.NaN);
      expectGolden(golden, "signals", accuracy.trendCount);
      expectGolden(golden, "correct", (accuracy.share ?? 0) * accuracy.trendCount);
      const ofLast = trendAccuracy(scaled, published, "last-value");
      expectGolden(golden, "accuracy_vs_last_value", ofLast.share ?? Number.NaN);
      const outcomes = numbers(golden.expected["predicted"]).map((_, i) =>
        outcomeAt(scaled, i + 10),
      );
      expectGoldenNumbers(golden, "actual", outcomes);
    },
  );

  test("says that a straight way goes on, for as long as the horizon", () => {
    const line = Float64Array.from({ length: 12 }, (_, t) => 2 - 0.5 * t);
    const { trends, changes, confidences } = rlrtForecast(rlrtModel(), line, 4);
    expect(trends[11]).toBe(-1);
    expect(changes[11]).toBeCloseTo(-2, 12);
    expect(confidences[11]).toBeCloseTo(1, 12);
  });

  test("weighted, says as much as the line is sure of", () => {
    const series = syntheticArma(80, 2, { ar: [0.9] });
    const [plain, weighted] = (["none", "r-squared"] as const).map((weighting) =>
      rlrtForecast(rlrtModel({ weighting }), series),
    );
    const expected = plain?.changes.map((change, t) =>
      change === 0 ? 0 : change * (plain.confidences[t] ?? Number.NaN),
    );
    expect(weighted?.changes).toEqual(expected);
    expect(weighted?.trends).toEqual(plain?.trends);
    expect(expected).not.toEqual(plain?.changes);
  });

  test("says nothing of a crooked way and of one that stands still", () => {
    const crooked = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    for (const series of [crooked, new Float64Array(10).fill(0.1)]) {
      const { trends, changes } = rlrtForecast(rlrtModel(), series);
      expect([trends[9], changes[9]]).toEqual([0, 0]);
    }
  });

  test("does not change when later bars do", () => {
    const series = syntheticArma(80, 2, { ar: [0.9] });
    const whole = rlrtForecast(rlrtModel(), series);
    for (const n of [10, 23, 79]) {
      const prefix = rlrtForecast(rlrtModel(), series.slice(0, n));
      expect(prefix.changes).toEqual(whole.changes.slice(0, n));
      expect(prefix.confidences).toEqual(whole.confidences.slice(0, n));
    }
  });

  test("refuses a window that is none, a share that is none, and too few bars", () => {
    const code = (value: string) => expect.objectContaining({ code: value });
    expect(() => rlrtModel({ windowBars: 2 })).toThrow(code("out-of-range"));
    expect(() => rlrtModel({ rSquaredMin: 1.5 })).toThrow(code("out-of-range"));
    expect(() => rlrtForecast(rlrtModel(), new Float64Array(9))).toThrow(code("too-short"));
  });
});

/** Sign of the mean of three bars against that of the ten before them. */
function outcomeAt(values: Float64Array, i: number): number {
  const mean = (from: number, to: number): number =>
    values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  return Math.sign(mean(i, i + 3) - mean(i - 10, i));
}
