import { describe, expect, test } from "vitest";
import { commonReturns } from "./common-returns.ts";

describe("commonReturns", () => {
  const a = {
    openTimeMs: Float64Array.of(1, 2, 3, 5),
    equity: Float64Array.of(110, 121, 100, 200),
    initialEquity: 100,
  };

  test("moves between common bars, the first of both from the initial equity", () => {
    const b = {
      openTimeMs: Float64Array.of(1, 3, 4, 5),
      equity: Float64Array.of(50, 100, 7, 50),
      initialEquity: 100,
    };
    const common = commonReturns(a, b);
    expect([...(common?.openTimeMs ?? [])]).toEqual([1, 3, 5]);
    [0.1, 100 / 110 - 1, 1].forEach((value, i) => {
      expect(common?.a[i]).toBeCloseTo(value, 12);
    });
    [-0.5, 1, -0.5].forEach((value, i) => {
      expect(common?.b[i]).toBeCloseTo(value, 12);
    });
  });

  test("the first common bar is a base when one of them began before", () => {
    const b = {
      openTimeMs: Float64Array.of(2, 3),
      equity: Float64Array.of(10, 20),
      initialEquity: 5,
    };
    const common = commonReturns(a, b);
    expect([...(common?.b ?? [])]).toEqual([1]);
    expect([...(common?.openTimeMs ?? [])]).toEqual([3]);
  });

  test("ruin leaves nothing to divide by", () => {
    expect(commonReturns(a, { ...a, equity: Float64Array.of(1, 0, 0, 0) })).toBeNull();
  });
});
