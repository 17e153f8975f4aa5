import { expect, test } from "vitest";
import { coverage, DATA_END_MS, DATA_START_MS, HOUR_MS } from "./dataset.test-support.ts";
import { datasetSpan, spanProblems, suggestedWindow, wholeWindow } from "./dataset-span.ts";

const LATE_MS = Date.UTC(2024, 0, 1);
const SERIES = [coverage(1, "AAA"), coverage(2, "BBB"), coverage(3, "CCC", LATE_MS)];
const WHOLE = { startMs: DATA_START_MS, endMs: DATA_END_MS };

test("all have bars where the last one has begun, any where the first has", () => {
  expect(datasetSpan([[1], [3]], HOUR_MS, SERIES)).toEqual({
    all: { startMs: LATE_MS, endMs: DATA_END_MS },
    any: WHOLE,
  });
});

test("a pair has bars where both legs have", () => {
  const late = { startMs: LATE_MS, endMs: DATA_END_MS };
  expect(datasetSpan([[1, 3]], HOUR_MS, SERIES)).toEqual({ all: late, any: late });
});

test("without a group that has bars there is no span to suggest", () => {
  const none = datasetSpan([[9, 1]], HOUR_MS, SERIES);
  expect(none).toEqual({ all: null, any: null });
  expect([wholeWindow(none), suggestedWindow(none, HOUR_MS)]).toEqual([null, null]);
});

test("the suggested span is of whole bars and leaves the last 30 % to be traded", () => {
  const span = datasetSpan([[1]], HOUR_MS, SERIES);
  const bars = (DATA_END_MS - DATA_START_MS) / HOUR_MS;
  const endMs = DATA_START_MS + Math.floor(0.7 * bars) * HOUR_MS;
  expect(suggestedWindow(span, HOUR_MS)).toEqual({ startMs: DATA_START_MS, endMs });
  expect(wholeWindow(span)).toEqual(WHOLE);
});

test("a span of one bar is suggested whole", () => {
  const one = { startMs: 0, endMs: HOUR_MS };
  expect(suggestedWindow({ all: one, any: one }, HOUR_MS)).toEqual(one);
});

test.each([
  { name: "within the data", window: WHOLE, problems: [] },
  {
    name: "before a leg has begun",
    window: { startMs: DATA_START_MS, endMs: LATE_MS },
    problems: [{ path: "endMs", message: "The prices of AAA and CCC start on 2024-01-01" }],
  },
  {
    name: "after the data",
    window: { startMs: DATA_END_MS, endMs: DATA_END_MS + HOUR_MS },
    problems: [{ path: "startMs", message: "The prices of AAA and CCC end on 2024-12-31" }],
  },
])("a span $name", ({ window, problems }) => {
  expect(spanProblems([[1, 3]], { intervalMs: HOUR_MS, window }, SERIES)).toEqual(problems);
});
