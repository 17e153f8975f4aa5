import { expect, test } from "vitest";
import { type BookLeg, bookColumns } from "./book-columns.ts";

const TIMES = Float64Array.of(0, 60_000);
const leg = (first: number): BookLeg => ({
  close: Float64Array.of(first, first + 1),
  high: Float64Array.of(first + 2, first + 3),
  low: Float64Array.of(Number.NaN, Number.NaN),
  volume: Float64Array.of(0, 9),
});

test("a pair has every column of leg Y and of leg X, and no plain one", () => {
  const [y, x] = [leg(10), leg(20)];
  const { openTimeMs, columns } = bookColumns(TIMES, [y, x]);
  expect(openTimeMs).toBe(TIMES);
  expect(columns).toEqual({
    ...{ "close-y": y.close, "high-y": y.high, "low-y": y.low, "volume-y": y.volume },
    ...{ "close-x": x.close, "high-x": x.high, "low-x": x.low, "volume-x": x.volume },
  });
  expect(columns["close-x"]).toBe(x.close);
});

test("one instrument has plain columns", () => {
  const own = leg(10);
  const { close, high, low, volume } = own;
  expect(bookColumns(TIMES, [own]).columns).toEqual({ close, high, low, volume });
});

test.each([{ count: 0 }, { count: 3 }])("$count legs are no book", ({ count }) => {
  const legs = Array.from({ length: count }, () => leg(1));
  expect(() => bookColumns(TIMES, legs)).toThrow("one leg or two");
});
