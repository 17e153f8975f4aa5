import { expect, test } from "vitest";
import { benchmarksText, shownBenchmarks } from "./shown-benchmarks.ts";

test("the first benchmark is drawn unless the address says otherwise", () => {
  expect(shownBenchmarks(null, 3)).toEqual([0]);
  expect(shownBenchmarks(null, 0)).toEqual([]);
  expect(shownBenchmarks("none", 3)).toEqual([]);
  expect(shownBenchmarks("2,1,2,9,x", 3)).toEqual([1, 2]);
});

test.each([[[]], [[0]], [[1]], [[0, 2]]])(
  "%j comes back from the address as it went in",
  (places) => {
    expect(shownBenchmarks(benchmarksText(places), 3)).toEqual(places);
  },
);
