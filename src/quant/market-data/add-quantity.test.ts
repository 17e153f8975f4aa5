import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addQuantity } from "./add-quantity.ts";

describe("addQuantity", () => {
  test.each([
    { name: "tenths", total: 0.1, quantity: 0.2, sum: 0.3 },
    {
      name: "the last of eight decimals",
      total: 1_234_567.8,
      quantity: 0.00000001,
      sum: 1_234_567.80000001,
    },
    {
      name: "a large sum of few decimals",
      total: 123_456_789.1,
      quantity: 0.2,
      sum: 123_456_789.3,
    },
    { name: "nothing", total: 0, quantity: 0, sum: 0 },
    { name: "more decimals than a venue has", total: 0.1, quantity: 1e-12, sum: 0.1 + 1e-12 },
    { name: "a sum beyond the grids", total: 3e15, quantity: 0.5, sum: 3e15 + 0.5 },
  ])("adds $name", ({ total, quantity, sum }) => {
    expect(addQuantity(total, quantity)).toBe(sum);
  });

  test.each([
    { perUnit: 1e8, unitsMax: 1e12 },
    { perUnit: 1e5, unitsMax: 1e13 },
    { perUnit: 1e3, unitsMax: 1e13 },
  ])("sums of decimals on 1 / $perUnit are the nearest double", ({ perUnit, unitsMax }) => {
    const units = fc.array(fc.integer({ min: 1, max: unitsMax }), { maxLength: 90 });
    fc.assert(
      fc.property(units, (parts) => {
        const sum = parts.reduce((total, part) => addQuantity(total, part / perUnit), 0);
        expect(sum).toBe(parts.reduce((total, part) => total + part, 0) / perUnit);
      }),
    );
  });

  test("is never further from the exact sum than an ordinary sum may be", () => {
    const quantity = fc.double({ min: 0, max: 1e16, noNaN: true });
    fc.assert(
      fc.property(quantity, quantity, (total, other) => {
        const sum = total + other;
        expect(Math.abs(addQuantity(total, other) - sum)).toBeLessThanOrEqual(
          2 * Number.EPSILON * sum,
        );
      }),
    );
  });
});
