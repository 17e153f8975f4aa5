import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { histogram } from "./histogram.ts";
import { valueDistribution } from "./value-distribution.ts";

const VALUES = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 })
  .map((values) => Float64Array.from(values));

describe("histogram", () => {
  test("counts every value once, in at most so many bins of one width, of which one begins at 0", () => {
    fc.assert(
      fc.property(VALUES, fc.integer({ min: 2, max: 60 }), (values, binsMax) => {
        const { edges, counts } = histogram(values, { binsMax });
        expect(counts.length).toBeLessThanOrEqual(binsMax);
        expect(edges.length).toBe(counts.length + 1);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
        const width = edges[1]! - edges[0]!;
        const care = 1e-6 * width;
        expect(edges[0]!).toBeLessThanOrEqual(Math.min(...values) + care);
        expect(edges.at(-1)!).toBeGreaterThanOrEqual(Math.max(...values) - care);
        for (let i = 0; i < counts.length; i++) {
          expect(Math.abs(edges[i + 1]! - edges[i]! - width)).toBeLessThan(care);
          expect(edges[i]! >= 0 || edges[i + 1]! <= 0).toBe(true);
        }
      }),
    );
  });

  test.each([
    {
      name: "a value on an edge belongs to the bin above",
      values: [0, 1, 1, 2],
      binsMax: 4,
      edges: [0, 1, 2],
      counts: [1, 3],
    },
    {
      name: "a single value has one bin",
      values: [-3, -3],
      binsMax: 9,
      edges: [-5, 0],
      counts: [2],
    },
    {
      name: "nothing but zeros has one bin",
      values: [0, 0],
      binsMax: 9,
      edges: [0, 1],
      counts: [2],
    },
  ])("$name", ({ values, binsMax, edges, counts }) => {
    const made = histogram(Float64Array.from(values), { binsMax });
    expect([...made.edges]).toEqual(edges);
    expect([...made.counts]).toEqual(counts);
  });

  test("of a normal sample has the width of Freedman and Diaconis, rounded up", () => {
    const { gaussian } = createRandom(1);
    const { edges } = histogram(Float64Array.from({ length: 1_000 }, gaussian));
    // 2 · 1.349 / 10
    expect(edges[1]! - edges[0]!).toBeCloseTo(0.5, 12);
  });

  test("refuses one bin, and what is not a number", () => {
    expect(() => histogram(Float64Array.of(1), { binsMax: 1 })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
    expect(() => histogram(Float64Array.of(Number.NaN))).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });
});

describe("valueDistribution", () => {
  test("has mean, median and quantiles by interpolation", () => {
    const made = valueDistribution(Float64Array.of(4, -2, 1, 0, 7));
    expect(made).toMatchObject({
      count: 5,
      mean: 2,
      median: 1,
      min: -2,
      max: 7,
      positiveShare: 0.6,
    });
    expect(made?.deviation).toBeCloseTo(Math.sqrt(12.5), 12);
    const values = made?.quantiles.map(({ value }) => value) ?? [];
    [-1.92, -1.6, 0, 1, 4, 6.4, 6.88].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
  });

  test("of nothing is null", () => {
    expect(valueDistribution(new Float64Array())).toBeNull();
  });
});
