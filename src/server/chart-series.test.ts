import fc from "fast-check";
import { expect, test } from "vitest";
import { chartSeries } from "./chart-series.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function hourly(hours: readonly number[], values: readonly number[]) {
  return {
    openTimeMs: Float64Array.from(hours, (hour) => hour * HOUR),
    intervalMs: HOUR,
    calendar: "continuous" as const,
    lines: { close: Float64Array.from(values) },
  };
}

test("a short series is sent whole, with times as steps from its start", () => {
  const chart = chartSeries(hourly([10, 11, 12], [1, 2, 3]), { window: null, points: 100 });
  expect(chart).toEqual({
    startMs: 10 * HOUR,
    endMs: 13 * HOUR,
    intervalMs: HOUR,
    full: true,
    lines: { close: { steps: [0, 1, 2], values: [1, 2, 3] } },
  });
});

test("missing bars break the line, and so does a value that is not there", () => {
  const chart = chartSeries(hourly([0, 1, 5, 6], [1, 2, 3, Number.NaN]), {
    window: null,
    points: 100,
  });
  expect(chart.lines["close"]).toEqual({ steps: [0, 1, 2, 5, 6], values: [1, 2, null, 3, null] });
});

test("a weekend does not break a weekday series", () => {
  const days = [4, 5, 6, 7, 8, 11, 12];
  const chart = chartSeries(
    {
      openTimeMs: Float64Array.from(days, (day) => day * DAY),
      intervalMs: DAY,
      calendar: "weekdays",
      lines: { close: Float64Array.from(days) },
    },
    { window: null, points: 100 },
  );
  expect(chart.lines["close"]?.values).toEqual(days);
});

test("the window is half-open", () => {
  const chart = chartSeries(hourly([0, 1, 2, 3], [1, 2, 3, 4]), {
    window: { startMs: HOUR, endMs: 3 * HOUR },
    points: 100,
  });
  expect(chart.lines["close"]).toEqual({ steps: [0, 1], values: [2, 3] });
  expect(chart.startMs).toBe(HOUR);
});

test("a window without bars is an empty chart", () => {
  const window = { startMs: 50 * HOUR, endMs: 60 * HOUR };
  const chart = chartSeries(hourly([0, 1], [1, 2]), { window, points: 100 });
  expect(chart.lines["close"]).toEqual({ steps: [], values: [] });
  expect(chart.full).toBe(true);
});

test("a long series keeps its extremes and stays below the number of points", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 300, maxLength: 600 }),
      (values) => {
        const hours = values.map((_, i) => i);
        const chart = chartSeries(hourly(hours, values), { window: null, points: 100 });
        const drawn = (chart.lines["close"]?.values ?? []).filter((value) => value !== null);
        expect(drawn.length).toBeLessThanOrEqual(100);
        expect(chart.full).toBe(false);
        expect(Math.max(...drawn)).toBe(Math.max(...values));
        expect(Math.min(...drawn)).toBe(Math.min(...values));
      },
    ),
  );
});
