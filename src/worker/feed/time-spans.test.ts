import { expect, test } from "vitest";
import { barSpans, mergedSpans } from "./time-spans.ts";

const span = (fromMs: number, toMs: number) => ({ fromMs, toMs });

test("spans that touch or overlap become one, and empty ones vanish", () => {
  expect(mergedSpans([span(5, 9), span(1, 3), span(3, 4), span(8, 12), span(20, 20)])).toEqual([
    span(1, 4),
    span(5, 12),
  ]);
});

test("bars that a span touches, as far as they have ended", () => {
  expect(barSpans([span(61, 62), span(130, 190)], 60, 185)).toEqual([span(60, 180)]);
  expect(barSpans([span(61, 62)], 60, 119)).toEqual([]);
  expect(barSpans([span(10, 20), span(300, 301)], 60, 1_000)).toEqual([
    span(0, 60),
    span(300, 360),
  ]);
});
