import fc from "fast-check";
import { expect, test } from "vitest";
import { niceBounds } from "./nice-bounds.ts";

test.each([
  { low: -3.4, high: 3.4, steps: 4, bounds: { min: -4, max: 4, interval: 2 } },
  { low: 0, high: 9, steps: 3, bounds: { min: 0, max: 10, interval: 5 } },
  { low: 2, high: 2, steps: 3, bounds: { min: 1, max: 3, interval: 1 } },
])("the axis of $low to $high is round", ({ low, high, steps, bounds }) => {
  expect(niceBounds(low, high, steps)).toEqual(bounds);
});

test("the bounds hold what they are made for, in a whole number of steps", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 6 }),
      (low, length, steps) => {
        const { min, max, interval } = niceBounds(low, low + length, steps);
        const slack = 1e-9 * Math.max(1, Math.abs(low), length);
        expect(min).toBeLessThanOrEqual(low + slack);
        expect(max).toBeGreaterThanOrEqual(low + length - slack);
        expect(Math.round((max - min) / interval)).toBeLessThanOrEqual(steps + 2);
      },
    ),
  );
});
