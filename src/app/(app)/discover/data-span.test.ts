import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commonSpan, pairCount, splitSpan } from "./data-span.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe("commonSpan", () => {
  test("reaches from the latest first bar to the end of the earliest last bar", () => {
    const span = commonSpan(
      [
        { firstOpenTimeMs: 0, lastOpenTimeMs: 10 * HOUR_MS },
        { firstOpenTimeMs: 2 * HOUR_MS, lastOpenTimeMs: 8 * HOUR_MS },
      ],
      HOUR_MS,
    );
    expect(span).toEqual({ startMs: 2 * HOUR_MS, endMs: 9 * HOUR_MS });
  });

  test.each([
    { name: "no series", series: [] },
    { name: "a series without bars", series: [{ firstOpenTimeMs: null, lastOpenTimeMs: null }] },
    {
      name: "series that never meet",
      series: [
        { firstOpenTimeMs: 0, lastOpenTimeMs: HOUR_MS },
        { firstOpenTimeMs: 5 * HOUR_MS, lastOpenTimeMs: 9 * HOUR_MS },
      ],
    },
  ])("is absent for $name", ({ series }) => {
    expect(commonSpan(series, HOUR_MS)).toBeNull();
  });
});

describe("splitSpan", () => {
  test("cuts two years of hourly bars at midnight, two thirds in", () => {
    const { formation, trading } = splitSpan({ startMs: 0, endMs: 730 * DAY_MS }, HOUR_MS);
    expect(formation).toEqual({ startMs: 0, endMs: 486 * DAY_MS });
    expect(trading).toEqual({ startMs: 486 * DAY_MS, endMs: 730 * DAY_MS });
  });

  test("always leaves two adjoining spans that are not empty, given two bars", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 20_000 }), (a, n) => {
        const span = { startMs: a * HOUR_MS, endMs: (a + n) * HOUR_MS };
        const { formation, trading } = splitSpan(span, HOUR_MS);
        expect(formation.startMs).toBe(span.startMs);
        expect(trading.endMs).toBe(span.endMs);
        expect(formation.endMs).toBe(trading.startMs);
        expect(formation.endMs).toBeGreaterThan(formation.startMs);
        expect(trading.endMs).toBeGreaterThan(trading.startMs);
      }),
    );
  });
});

test("24 instruments make 276 pairs", () => {
  expect(pairCount(24)).toBe(276);
});
