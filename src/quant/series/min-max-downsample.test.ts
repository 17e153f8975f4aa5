import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minMaxDownsample } from "./min-max-downsample.ts";

const VALUES = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.double({ noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    {
      maxLength: 500,
    },
  )
  .map((values) => Float64Array.from(values));
const POINTS_MAX = fc.integer({ min: 5, max: 120 });

describe("minMaxDownsample", () => {
  test("a short series is kept whole", () => {
    expect([...minMaxDownsample(Float64Array.of(3, 1, 2), 5)]).toEqual([0, 1, 2]);
  });

  test("indexes ascend, are at most pointsMax, and hold the first and the last", () => {
    fc.assert(
      fc.property(VALUES, POINTS_MAX, (values, pointsMax) => {
        const indexes = minMaxDownsample(values, pointsMax);
        expect(indexes.length).toBeLessThanOrEqual(pointsMax);
        expect(indexes.every((index, i) => i === 0 || index > (indexes[i - 1] ?? 0))).toBe(true);
        if (values.length > 0) {
          expect(indexes[0]).toBe(0);
          expect(indexes.at(-1)).toBe(values.length - 1);
        }
      }),
    );
  });

  test("the extremes of the whole series survive", () => {
    fc.assert(
      fc.property(VALUES, POINTS_MAX, (values, pointsMax) => {
        const kept = [...minMaxDownsample(values, pointsMax)].map((index) => values[index] ?? 0);
        const real = (all: Iterable<number>) => [...all].filter((value) => !Number.isNaN(value));
        expect(Math.min(...real(kept))).toBe(Math.min(...real(values)));
        expect(Math.max(...real(kept))).toBe(Math.max(...real(values)));
      }),
    );
  });

  test("a gap stays a gap", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i / 20));
    values.fill(Number.NaN, 400, 404);
    const kept = [...minMaxDownsample(values, 100)].filter((index) => Number.isNaN(values[index]));
    expect(kept.length).toBeGreaterThan(0);
  });

  test.each([4, 5.5, Number.NaN])("refuses %s points", (pointsMax) => {
    expect(() => minMaxDownsample(new Float64Array(9), pointsMax)).toThrow(/pointsMax/);
  });
});
