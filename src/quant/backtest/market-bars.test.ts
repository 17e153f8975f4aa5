import { describe, expect, test } from "vitest";
import {
  alignMarketBars,
  delayedMarketBars,
  firstMarketBars,
  type InstrumentSeries,
} from "./market-bars.ts";

function closes(times: readonly number[], close: readonly number[]): InstrumentSeries {
  return {
    openTimeMs: Float64Array.from(times),
    open: null,
    high: null,
    low: null,
    close: Float64Array.from(close),
    volume: null,
  };
}

const GAP = Number.NaN;

describe("alignMarketBars", () => {
  test("puts instruments on the union of their times and leaves gaps as gaps", () => {
    const bars = alignMarketBars([closes([1, 2, 4], [10, 11, 12]), closes([2, 3, 4], [5, 6, 7])]);
    expect([...bars.openTimeMs]).toEqual([1, 2, 3, 4]);
    expect([...(bars.instruments[0]?.close ?? [])]).toEqual([10, 11, GAP, 12]);
    expect([...(bars.instruments[1]?.close ?? [])]).toEqual([GAP, 5, 6, 7]);
    expect(bars.instruments.map((one) => one.delistedFromBar)).toEqual([null, null]);
    expect(bars.instruments.every((one) => one.isCloseOnly)).toBe(true);
  });

  test("takes a close of NaN for a gap, also at the end", () => {
    const bars = alignMarketBars([closes([1, 2, 3], [10, GAP, GAP]), closes([3], [5])]);
    expect([...(bars.instruments[0]?.close ?? [])]).toEqual([10, GAP, GAP]);
    expect(bars.instruments[0]?.delistedFromBar).toBe(1);
  });

  test("leaves columns that the source lacks without values", () => {
    const series = { ...closes([1], [10]), open: Float64Array.of(12) };
    const [one] = alignMarketBars([series]).instruments;
    expect([one?.open[0], one?.high[0], one?.low[0], one?.volume[0]]).toEqual([12, GAP, GAP, GAP]);
    expect(one?.isCloseOnly).toBe(false);
  });

  const one = closes([1, 2], [10, 11]);
  const refusals = [
    { name: "nothing at all", series: closes([], []), code: "too-short" },
    { name: "times that do not ascend", series: closes([2, 2], [1, 1]), code: "out-of-range" },
    { name: "a price of zero", series: closes([1, 2], [1, 0]), code: "out-of-range" },
    { name: "an infinite price", series: closes([1], [Infinity]), code: "not-finite" },
    {
      name: "an open that is missing beside a close",
      series: { ...one, open: Float64Array.of(GAP, 1) },
      code: "not-finite",
    },
    {
      name: "a high below the close",
      series: { ...one, high: Float64Array.of(10, 10) },
      code: "out-of-range",
    },
    {
      name: "a low above the close",
      series: { ...one, low: Float64Array.of(11, 11) },
      code: "out-of-range",
    },
    {
      name: "a negative volume",
      series: { ...one, volume: Float64Array.of(1, -1) },
      code: "out-of-range",
    },
    {
      name: "columns of different lengths",
      series: { ...one, volume: Float64Array.of(1) },
      code: "length-mismatch",
    },
  ];
  test.each(refusals)("refuses $name", ({ series, code }) => {
    expect(() => alignMarketBars([series])).toThrow(expect.objectContaining({ code }));
  });
});

test("a cut market knows no delisting after its cut and keeps one before it", () => {
  const bars = alignMarketBars([closes([1, 2], [10, 11]), closes([1, 2, 3, 4], [1, 1, 1, 1])]);
  expect(firstMarketBars(bars, 2).instruments[0]?.delistedFromBar).toBeNull();
  expect(firstMarketBars(bars, 3).instruments[0]?.delistedFromBar).toBe(2);
  expect([...(firstMarketBars(bars, 3).instruments[0]?.close ?? [])]).toEqual([10, 11, GAP]);
});

test("a delayed market has every bar one place and one time later", () => {
  const bars = delayedMarketBars(alignMarketBars([closes([1, 3, 5], [10, 11, 12])]));
  expect([...bars.openTimeMs]).toEqual([1, 3, 5, 7]);
  expect([...(bars.instruments[0]?.close ?? [])]).toEqual([GAP, 10, 11, 12]);
});

test("a weekend at the end of the axis is no delisting, a longer silence is (N20)", () => {
  const dayMs = 86_400_000;
  // From a Monday on; one trades every day, the other on weekdays.
  const everyDay = Float64Array.from({ length: 14 }, (_, day) => day * dayMs);
  const weekdays = everyDay.filter((_, day) => day % 7 < 5);
  const seriesOf = (openTimeMs: Float64Array) => ({
    openTimeMs,
    open: null,
    high: null,
    low: null,
    close: openTimeMs.map(() => 1),
    volume: null,
  });
  const endOf = (last: Float64Array) =>
    alignMarketBars([seriesOf(everyDay), seriesOf(last)]).instruments[1]?.delistedFromBar;
  expect(endOf(weekdays)).toBeNull();
  expect(endOf(weekdays.subarray(0, 8))).toBe(10);
});
