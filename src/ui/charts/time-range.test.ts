import fc from "fast-check";
import { expect, test } from "vitest";
import { leftOfTime, timeAtX } from "./plot-position.ts";
import { steppedWindow, timeRanges } from "./time-range.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const YEARS = { startMs: 0, endMs: 730 * DAY_MS };

test("the range buttons end where the data end", () => {
  const ranges = timeRanges(YEARS, HOUR_MS);
  expect(ranges.map(({ label }) => label)).toEqual(["1M", "3M", "6M", "1Y", "All"]);
  expect(ranges[0]?.window).toEqual({ startMs: 700 * DAY_MS, endMs: 730 * DAY_MS });
});

test("a range longer than the data, or of too few bars, is not offered", () => {
  expect(timeRanges({ startMs: 0, endMs: 10 * DAY_MS }, HOUR_MS).map(({ label }) => label)).toEqual(
    ["1D", "1W", "All"],
  );
  expect(timeRanges(YEARS, DAY_MS).map(({ label }) => label)).not.toContain("1W");
});

test("a stepped window stays within the extent and keeps some bars", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(-0.5, 0, 0.5),
      fc.constantFrom(0.5, 1, 2),
      (startDay, days, shift, scale) => {
        const window = { startMs: startDay * DAY_MS, endMs: (startDay + days) * DAY_MS };
        const next = steppedWindow(window, YEARS, { shift, scale }, HOUR_MS);
        if (next === null) return;
        expect(next.startMs).toBeGreaterThanOrEqual(YEARS.startMs);
        expect(next.endMs).toBeLessThanOrEqual(YEARS.endMs);
        expect(next.endMs - next.startMs).toBeGreaterThanOrEqual(10 * HOUR_MS);
      },
    ),
  );
});

test("zooming out beyond the data shows everything", () => {
  const window = { startMs: 0, endMs: 700 * DAY_MS };
  expect(steppedWindow(window, YEARS, { shift: 0, scale: 2 }, HOUR_MS)).toBeNull();
});

test("positions on the plot and times are each other's inverse at the edges", () => {
  expect(timeAtX(8, 800, YEARS)).toBe(YEARS.startMs);
  expect(timeAtX(800 - 62, 800, YEARS)).toBe(YEARS.endMs);
  expect(leftOfTime(YEARS.endMs, YEARS)).toBe("calc(8px + (100% - 70px) * 1.000000)");
});
