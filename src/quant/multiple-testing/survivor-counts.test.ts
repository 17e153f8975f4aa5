import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { survivorCounts } from "./survivor-counts.ts";

test("survivors are those whose q-value is below the level", () => {
  // Squared, so that many are small.
  const pValue = fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p ** 4);
  fc.assert(
    fc.property(fc.array(pValue, { maxLength: 40 }), (list) => {
      const pValues = Float64Array.from(list);
      const below = (q: Float64Array) => q.filter((value) => value < 0.05).length;
      expect(survivorCounts(pValues, 0.05)).toEqual({
        benjaminiHochberg: below(benjaminiHochberg(pValues)),
        benjaminiYekutieli: below(benjaminiYekutieli(pValues)),
      });
    }),
  );
});

test("a test that was not made is not counted", () => {
  const pValues = Float64Array.of(0.02, Number.NaN, Number.NaN, 0.9);
  expect(survivorCounts(pValues, 0.05)).toEqual({ benjaminiHochberg: 1, benjaminiYekutieli: 0 });
});

test("a p-value at the level survives nothing", () => {
  expect(survivorCounts(Float64Array.of(0.05), 0.05).benjaminiHochberg).toBe(0);
  expect(survivorCounts(new Float64Array(), 0.05).benjaminiHochberg).toBe(0);
});
