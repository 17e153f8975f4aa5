import { expect, test } from "vitest";
import { benchmarksText, shownBenchmarks, usualBenchmark } from "./shown-benchmarks.ts";

test("the usual benchmark is drawn unless the address says otherwise", () => {
  expect(shownBenchmarks(null, 3, 2)).toEqual([2]);
  expect(shownBenchmarks(null, 0, 0)).toEqual([]);
  expect(shownBenchmarks("none", 3, 2)).toEqual([]);
  expect(shownBenchmarks("2,1,2,9,x", 3, 0)).toEqual([1, 2]);
});

test("usual are all legs in equal parts, and without them the first", () => {
  const hold = { kind: "buy-and-hold" };
  expect(usualBenchmark([hold, hold, { kind: "equal-weight" }])).toBe(2);
  expect(usualBenchmark([hold])).toBe(0);
});

test.each([[[]], [[0]], [[1]], [[0, 2]]])(
  "%j comes back from the address as it went in",
  (places) => {
    expect(shownBenchmarks(benchmarksText(places, 1), 3, 1)).toEqual(places);
  },
);
