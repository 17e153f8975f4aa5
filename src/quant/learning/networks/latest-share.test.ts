import fc from "fast-check";
import { expect, test } from "vitest";
import { latestShare } from "./latest-share.ts";

test("latestShare keeps the answers of training and validation apart", () => {
  const inputs = fc.record({
    bars: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 80 }),
    horizonBars: fc.integer({ min: 0, max: 12 }),
    share: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  });
  fc.assert(
    fc.property(inputs, ({ bars, horizonBars, share }) => {
      const given = Int32Array.from(bars);
      const { training, validation } = latestShare(given, horizonBars, share);
      if (validation.length === 0) {
        expect(training.length).toBe(bars.length);
        return;
      }
      expect(validation.length).toBeGreaterThanOrEqual(Math.floor(bars.length * share));
      const firstBar = Math.min(...validation.map((place) => bars[place]!));
      for (const place of training) {
        expect(bars[place]).toBeLessThan(firstBar);
        expect(bars[place]! + horizonBars).toBeLessThanOrEqual(firstBar);
      }
      // Who is in neither had an answer that the validation would have seen.
      const used = new Set([...training, ...validation]);
      bars.forEach((bar, place) => {
        if (!used.has(place)) expect(bar + horizonBars).toBeGreaterThan(firstBar);
      });
      expect(used.size).toBe(training.length + validation.length);
    }),
  );
});

test("latestShare goes by bars, not by places, and takes a bar of several windows whole", () => {
  const { training, validation } = latestShare(Int32Array.of(5, 1, 4, 2, 3, 4), 1, 0.2);
  expect([...validation]).toEqual([0]);
  expect([...training]).toEqual([1, 3, 4, 2, 5]);
  const wider = latestShare(Int32Array.of(5, 1, 4, 2, 3, 4), 2, 0.34);
  expect([...wider.validation]).toEqual([2, 5, 0]);
  expect([...wider.training]).toEqual([1, 3]);
});

test("latestShare sets nothing aside where nothing is asked for", () => {
  const { training, validation } = latestShare(Int32Array.of(2, 1), 3, 0);
  expect([[...training], validation.length]).toEqual([[1, 0], 0]);
});
