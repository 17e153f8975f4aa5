import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsByTime } from "./rows-by-time.ts";

test("rows come in order of time, and rows of one time in the order of the file", () => {
  const anyTimes = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
    fc.array(fc.integer({ min: 0, max: 4_102_444_799_999 }), { maxLength: 60 }),
  );
  fc.assert(
    fc.property(anyTimes, (times) => {
      const byComparison = times.map((_, row) => row);
      byComparison.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      expect([...rowsByTime(Float64Array.from(times))]).toEqual(byComparison);
    }),
  );
});
