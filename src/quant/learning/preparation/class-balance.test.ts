import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancedClassWeights, classCounts, classWeightedRows } from "./class-weights.ts";
import { underSampledRows } from "./under-sampled-rows.ts";

const classes = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values));

describe("balancedClassWeights", () => {
  test("are rows over classes times rows of the class", () => {
    const target = Float64Array.of(0, 0, 0, 1, 3, 3);
    expect(Array.from(balancedClassWeights(target, 4))).toEqual([6 / 9, 6 / 3, 0, 6 / 6]);
  });

  test("give every class that has rows the same say", () => {
    fc.assert(
      fc.property(classes, (target) => {
        const weights = balancedClassWeights(target, 4);
        const said = Array.from(classCounts(target, 4), (n, c) => n * Number(weights[c]));
        const present = said.filter((sum) => sum > 0);
        for (const sum of present) expect(sum).toBeCloseTo(target.length / present.length, 9);
      }),
    );
  });
});

describe("classWeightedRows", () => {
  test("multiply the weight of the row by that of its class", () => {
    const target = Float64Array.of(1, 0, 1);
    const classWeights = Float64Array.of(3, 0.5);
    expect(Array.from(classWeightedRows(target, classWeights, null))).toEqual([0.5, 3, 0.5]);
    const sampleWeights = Float64Array.of(1, 0.5, 0);
    expect(Array.from(classWeightedRows(target, classWeights, sampleWeights))).toEqual([
      0.5, 1.5, 0,
    ]);
  });

  test.each([
    { name: "weights are missing", target: [0, 1], weights: [1], code: "length-mismatch" },
    { name: "a class has no weight", target: [0, 2], weights: [1, 1], code: "out-of-range" },
    { name: "a class is not whole", target: [0, 0.5], weights: [1, 1], code: "out-of-range" },
  ])("is refused when $name", ({ target, weights, code }) => {
    expect(() =>
      classWeightedRows(
        Float64Array.from(target),
        Float64Array.of(1, 1),
        Float64Array.from(weights),
      ),
    ).toThrow(expect.objectContaining({ code }));
  });
});

describe("underSampledRows", () => {
  test("leave as many rows of every class as the smallest has, in order of time", () => {
    fc.assert(
      fc.property(classes, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (target, seed) => {
        const rows = underSampledRows(target, 4, seed);
        expect(Array.from(rows)).toEqual(Array.from(new Set(rows)).toSorted((a, b) => a - b));
        const before = classCounts(target, 4);
        const least = Math.min(...before.filter((n) => n > 0));
        const after = classCounts(
          Float64Array.from(rows, (i) => Number(target[i])),
          4,
        );
        expect(Array.from(after)).toEqual(Array.from(before, (n) => Math.min(n, least)));
        expect(underSampledRows(target, 4, seed)).toEqual(rows);
      }),
    );
  });

  test("draw every row of the larger class as often as another", () => {
    const target = Float64Array.of(0, 0, 0, 0, 0, 0, 1, 1);
    const drawn = new Float64Array(8);
    for (let seed = 0; seed < 6000; seed++) {
      for (const row of underSampledRows(target, 2, seed)) drawn[row]! += 1;
    }
    for (let row = 0; row < 6; row++) expect(Math.abs(Number(drawn[row]) - 2000)).toBeLessThan(160);
    expect(drawn[6]).toBe(6000);
  });

  test("are refused without rows", () => {
    expect(() => underSampledRows(new Float64Array(0), 2, 1)).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});
