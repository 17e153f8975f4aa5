import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleUniqueness } from "./sample-uniqueness.ts";

/** By the definition: the mean of 1 / readers over the bars that a label reads. */
function byDefinition(bars: Int32Array, endBars: Int32Array): number[] {
  const readers = (bar: number): number =>
    bars.reduce((count, from, i) => count + (from < bar && bar <= endBars[i]! ? 1 : 0), 0);
  return Array.from(bars, (from, i) => {
    let sum = 0;
    for (let bar = from + 1; bar <= endBars[i]!; bar++) sum += 1 / readers(bar);
    return endBars[i] === from ? 1 : sum / (endBars[i]! - from);
  });
}

test("uniqueness is the mean share of the bars that a label reads", () => {
  const rows = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, (list) => {
      const sorted = list.toSorted(([a], [b]) => a - b);
      const bars = Int32Array.from(sorted, ([bar]) => bar);
      const ends = Int32Array.from(sorted, ([bar, length]) => bar + length);
      const actual = sampleUniqueness(bars, ends);
      const wrong = byDefinition(bars, ends).findIndex(
        (value, i) => !(Math.abs(actual[i]! - value) < 1e-12 && actual[i]! > 0 && actual[i]! <= 1),
      );
      expect(wrong).toBe(-1);
    }),
  );
});

test("labels of k bars, one a bar, have a k-th to themselves each; alone they have all", () => {
  const bars = Int32Array.from({ length: 100 }, (_, i) => i);
  const uniqueness = sampleUniqueness(
    bars,
    bars.map((bar) => bar + 5),
  );
  expect(uniqueness[50]).toBeCloseTo(0.2, 12);
  expect(sampleUniqueness(Int32Array.of(0, 5), Int32Array.of(5, 10))).toEqual(
    Float64Array.of(1, 1),
  );
});

test("no rows have no uniqueness", () => {
  expect(sampleUniqueness(new Int32Array(0), new Int32Array(0))).toHaveLength(0);
});
