import fc from "fast-check";
import { expect, test } from "vitest";
import { createBackOff } from "./back-off.ts";

test("waits double up to the cap, and begin again after a success", () => {
  const backOff = createBackOff({ minMs: 100, maxMs: 1_000, random: () => 1 - Number.EPSILON });
  const waits = Array.from({ length: 6 }, () => backOff.next());
  expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  backOff.reset();
  expect(backOff.next()).toBe(100);
});

test("chance shortens a wait by at most half, and no wait is longer than the cap", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 200 }),
      (chance, attempts) => {
        const backOff = createBackOff({ minMs: 500, maxMs: 30_000, random: () => chance });
        for (let attempt = 0; attempt < attempts; attempt++) {
          const whole = Math.min(30_000, 500 * 2 ** attempt);
          const wait = backOff.next();
          expect(wait).toBeGreaterThanOrEqual(Math.floor(whole / 2));
          expect(wait).toBeLessThanOrEqual(whole);
        }
      },
    ),
  );
});
