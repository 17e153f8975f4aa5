import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { complementaryErrorFunction, normalCdf, normalQuantile } from "./normal-distribution.ts";

// Python 3.11 math.erfc.
const ERFC_VALUES: readonly (readonly [number, number])[] = [
  [-6, 2.0],
  [-2.5, 1.999593047982555],
  [-1, 1.842700792949715],
  [-0.3, 1.3286267594591274],
  [0, 1.0],
  [1e-10, 0.999999999887162],
  [0.1, 0.8875370839817152],
  [0.5, 0.4795001221869535],
  [0.99, 0.1614919304446302],
  [1, 0.15729920705028513],
  [1.5, 0.033894853524689274],
  [2, 0.004677734981047265],
  [3.3, 3.0577097964381654e-6],
  [5, 1.5374597944280351e-12],
  [7.99, 1.3186752894076767e-29],
  [8, 1.1224297172982928e-29],
  [9.7, 7.936107563214511e-43],
  [15, 7.212994172451206e-100],
  [20.25, 2.272956417880784e-180],
  [26, 5.663192408856143e-296],
];

describe("complementaryErrorFunction", () => {
  test.each(ERFC_VALUES)("at %f agrees with the C library to 4e-15", (x, expected) => {
    expectWithin(`erfc(${x})`, complementaryErrorFunction(x), expected, { rtol: 4e-15, atol: 0 });
  });

  test("is 0 and 2 at the ends", () => {
    expect(complementaryErrorFunction(Number.POSITIVE_INFINITY)).toBe(0);
    expect(complementaryErrorFunction(Number.NEGATIVE_INFINITY)).toBe(2);
  });
});

describe("normalQuantile", () => {
  test.each([1e-300, 1e-100, 1e-16, 1e-5, 0.02425, 0.05, 0.3, 0.5, 0.7, 0.975, 0.99999])(
    "inverts normalCdf at %f",
    (probability) => {
      const back = normalCdf(normalQuantile(probability));
      expectWithin("Φ(Φ⁻¹(p))", back, probability, { rtol: 5e-13, atol: 0 });
    },
  );

  test("stays finite at the smallest double", () => {
    expectWithin("z", normalQuantile(Number.MIN_VALUE), -38.4674, { rtol: 1e-5, atol: 0 });
  });

  test("knows the two-sided 5 % point", () => {
    expectWithin("z", normalQuantile(0.975), 1.959963984540054, { rtol: 1e-14, atol: 0 });
  });

  test.each([0, 1, -0.1, Number.NaN])("refuses the probability %f", (probability) => {
    expect(() => normalQuantile(probability)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
