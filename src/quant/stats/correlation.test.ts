import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { correlation } from "./correlation.ts";
import { logPrices } from "./log-prices.ts";
import { logReturns } from "./log-returns.ts";

describe("correlation", () => {
  test.each(goldenCases("regression", "correlation/"))("agrees with numpy: $case", (golden) => {
    const y = goldenInput(golden, "y");
    const x = goldenInput(golden, "x");
    expectGolden(golden, "pearson_returns", correlation(logReturns(y), logReturns(x)));
    expectGolden(golden, "pearson_log_levels", correlation(logPrices(y), logPrices(x)));
  });

  test("is symmetric, and units and levels change its sign at most", () => {
    const inputs = fc.record({
      n: fc.integer({ min: 3, max: 80 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      scale: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      level: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      isTurned: fc.boolean(),
    });
    fc.assert(
      fc.property(inputs, ({ n, seed, scale, level, isTurned }) => {
        const y = randomWalk(n, seed);
        const x = randomWalk(n, seed + 1);
        const result = correlation(y, x);
        expect(Math.abs(result)).toBeLessThanOrEqual(1);
        expect(correlation(x, y)).toBe(result);
        const factor = isTurned ? -scale : scale;
        const moved = correlation(
          y.map((value) => level + factor * value),
          x,
        );
        expectWithin("moved", moved, isTurned ? -result : result, { rtol: 0, atol: 1e-7 });
      }),
    );
  });

  test("never exceeds one", () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i) / 3);
    expect(correlation(values, values)).toBeLessThanOrEqual(1);
    expect(
      correlation(
        values,
        values.map((value) => -value),
      ),
    ).toBeGreaterThanOrEqual(-1);
  });

  test("of a constant series is refused", () => {
    const flat = new Float64Array(10).fill(0.1);
    const rising = flat.map((_, i) => i);
    expect(() => correlation(rising, flat)).toThrow(expect.objectContaining({ code: "constant" }));
  });
});

describe("logPrices", () => {
  test.each([
    { price: 0, code: "out-of-range" },
    { price: -1, code: "out-of-range" },
    { price: Number.NaN, code: "not-finite" },
  ])("refuses the price $price", ({ price, code }) => {
    expect(() => logPrices(Float64Array.of(1, price))).toThrow(expect.objectContaining({ code }));
  });
});
