import { expect, test } from "vitest";
import { sliceByTime } from "./slice-by-time.ts";

const candles = {
  openTimeMs: Float64Array.of(10, 20, 30),
  open: Float64Array.of(1, 2, 3),
  close: Float64Array.of(4, 5, 6),
};

test.each([
  {
    name: "the start belongs to the window, the end does not",
    startMs: 10,
    endMs: 30,
    is: [10, 20],
  },
  { name: "bounds may lie between bars", startMs: 11, endMs: 31, is: [20, 30] },
  { name: "a window before the data is empty", startMs: 0, endMs: 10, is: [] },
  { name: "a window after the data is empty", startMs: 31, endMs: 99, is: [] },
  { name: "a reversed window is empty", startMs: 30, endMs: 10, is: [] },
])("$name", ({ startMs, endMs, is }) => {
  const slice = sliceByTime(candles, { startMs, endMs });
  expect([...slice.openTimeMs]).toEqual(is);
  expect(slice.close.length).toBe(is.length);
  expect(slice.open?.length).toBe(is.length);
});

test("a slice is a view of the same memory", () => {
  const slice = sliceByTime(candles, { startMs: 20, endMs: 30 });
  expect(slice.close.buffer).toBe(candles.close.buffer);
});
