import fc from "fast-check";
import { expect, test } from "vitest";
import { missingCountOf, type SeriesSpan, spanWithBars } from "./series-gaps.ts";

const MINUTE_MS = 60_000;
const EMPTY: SeriesSpan = { firstOpenTimeMs: 0, lastOpenTimeMs: 0, barCount: 0, gaps: [] };

const at = (minutes: readonly number[]) => minutes.map((minute) => minute * MINUTE_MS);

test("bars behind, before and between make, leave and fill gaps", () => {
  const span = spanWithBars(EMPTY, at([10, 11, 15]), MINUTE_MS);
  expect(span.gaps).toEqual([{ startMs: 12 * MINUTE_MS, missingBars: 3 }]);
  const split = spanWithBars(span, at([13, 5]), MINUTE_MS);
  expect(split).toEqual({
    firstOpenTimeMs: 5 * MINUTE_MS,
    lastOpenTimeMs: 15 * MINUTE_MS,
    barCount: 5,
    gaps: [
      { startMs: 6 * MINUTE_MS, missingBars: 4 },
      { startMs: 12 * MINUTE_MS, missingBars: 1 },
      { startMs: 14 * MINUTE_MS, missingBars: 1 },
    ],
  });
  expect(missingCountOf(split, MINUTE_MS)).toBe(6);
});

test("in whatever order bars come, the gaps are what is missing between the first and the last", () => {
  const minutes = fc.uniqueArray(fc.integer({ min: 100, max: 160 }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: 7 }), (all, batch) => {
      let span = EMPTY;
      for (let i = 0; i < all.length; i += batch) {
        span = spanWithBars(span, at(all.slice(i, i + batch)), MINUTE_MS);
      }
      const there = new Set(at(all));
      const missing: number[] = [];
      for (let ms = Math.min(...there); ms <= Math.max(...there); ms += MINUTE_MS) {
        if (!there.has(ms)) missing.push(ms);
      }
      const inGaps = span.gaps.flatMap(({ startMs, missingBars }) =>
        Array.from({ length: missingBars }, (_, i) => startMs + i * MINUTE_MS),
      );
      expect(inGaps).toEqual(missing);
      expect(missingCountOf(span, MINUTE_MS)).toBe(missing.length);
      expect(span.barCount).toBe(there.size);
    }),
  );
});
