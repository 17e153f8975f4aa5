import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
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
