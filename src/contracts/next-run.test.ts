import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cadence, isoWeekday, nextRunMs } from "./next-run.ts";

const at = (text: string) => Date.parse(`${text}Z`);

test.each([
  { name: "later today", after: "2026-11-20T05:30:00", hourUtc: 6, next: "2026-11-20T06:00:00" },
  { name: "tomorrow", after: "2026-11-20T06:30:00", hourUtc: 6, next: "2026-11-21T06:00:00" },
  {
    name: "not this moment",
    after: "2026-11-20T06:00:00",
    hourUtc: 6,
    next: "2026-11-21T06:00:00",
  },
  { name: "next year", after: "2026-12-31T23:00:00", hourUtc: 0, next: "2027-01-01T00:00:00" },
])("a daily run is $name", ({ after, hourUtc, next }) => {
  expect(nextRunMs({ kind: "daily", hourUtc }, at(after))).toBe(at(next));
});

test.each([
  { name: "on Monday after a Friday", weekday: 1, next: "2026-11-23T06:00:00" },
  { name: "on Sunday after a Friday", weekday: 7, next: "2026-11-22T06:00:00" },
  { name: "a week later when today's hour is over", weekday: 5, next: "2026-11-27T06:00:00" },
])("a weekly run is $name", ({ weekday, next }) => {
  const cadence: Cadence = { kind: "weekly", weekday, hourUtc: 6 };
  expect(nextRunMs(cadence, at("2026-11-20T12:00:00"))).toBe(at(next));
});

const ANY_CADENCE = fc.oneof(
  fc.record({ kind: fc.constant("daily" as const), hourUtc: fc.integer({ min: 0, max: 23 }) }),
  fc.record({
    kind: fc.constant("weekly" as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    hourUtc: fc.integer({ min: 0, max: 23 }),
  }),
);

test("the next run is after the moment, on its hour and day, and no earlier one is left out", () => {
  fc.assert(
    fc.property(ANY_CADENCE, fc.integer({ min: 0, max: 4_102_444_800_000 }), (cadence, afterMs) => {
      const next = nextRunMs(cadence, afterMs);
      const periodMs = (cadence.kind === "daily" ? 1 : 7) * 86_400_000;
      expect(next).toBeGreaterThan(afterMs);
      expect(next - afterMs).toBeLessThanOrEqual(periodMs);
      expect(new Date(next).getUTCHours()).toBe(cadence.hourUtc);
      if (cadence.kind === "weekly") expect(isoWeekday(next)).toBe(cadence.weekday);
    }),
  );
});
