import fc from "fast-check";
import { expect, test } from "vitest";
import { hyperbolicTangent, logistic } from "./hyperbolic-tangent.ts";

test("hyperbolicTangent is Math.tanh within 1e-15", () => {
  fc.assert(
    fc.property(fc.double({ min: -25, max: 25, noNaN: true }), (x) => {
      expect(Math.abs(hyperbolicTangent(x) - Math.tanh(x))).toBeLessThan(1e-15);
    }),
    { numRuns: 2000 },
  );
});

test("hyperbolicTangent is exact in relative terms near zero", () => {
  for (const x of [1e-300, 1e-12, 1e-3]) {
    expect(hyperbolicTangent(x) / Math.tanh(x)).toBeCloseTo(1, 12);
  }
  expect(hyperbolicTangent(0)).toBe(0);
});

test("logistic is 1 / (1 + e⁻ˣ) within 1e-15", () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (x) => {
      expect(Math.abs(logistic(x) - 1 / (1 + Math.exp(-x)))).toBeLessThan(1e-15);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  { x: Number.POSITIVE_INFINITY, tanh: 1, share: 1 },
  { x: Number.NEGATIVE_INFINITY, tanh: -1, share: 0 },
  { x: Number.NaN, tanh: Number.NaN, share: Number.NaN },
])("of $x they are $tanh and $share", ({ x, tanh, share }) => {
  expect(hyperbolicTangent(x)).toBe(tanh);
  expect(logistic(x)).toBe(share);
});
