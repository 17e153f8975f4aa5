import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { runOfEquity } from "./reported-run.test-support.ts";
import { commonReturns, runDifference } from "./run-difference.ts";

function walk(seed: number, n: number, drift: number): readonly number[] {
  const { gaussian } = createRandom(seed);
  let equity = 100;
  return Array.from({ length: n }, () => {
    equity *= 1 + drift + 0.01 * gaussian();
    return equity;
  });
}

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

describe("runDifference", () => {
  const better = runOfEquity(walk(1, 3_000, 0.002));
  const options = { seed: 7, replications: 200 };

  test("finds the better of two runs, and its mirror image the other way round", () => {
    const other = runOfEquity(walk(2, 3_000, 0));
    const ahead = runDifference(better, other, options);
    const behind = runDifference(other, better, options);
    if (ahead.kind !== "difference" || behind.kind !== "difference") throw new Error("they differ");
    expect(ahead.returnAnnual?.aheadShare).toBeGreaterThan(0.97);
    expect(ahead.returnAnnual?.lower).toBeGreaterThan(0);
    expect(behind.returnAnnual?.upper).toBeCloseTo(-Number(ahead.returnAnnual?.lower), 9);
    expect(behind.sharpeRatio?.difference).toBeCloseTo(-Number(ahead.sharpeRatio?.difference), 9);
    expect(runDifference(better, other, options)).toEqual(ahead);
  });

  test.each([
    {
      name: "bars of other lengths",
      other: runOfEquity([1], { intervalMs: 1 }),
      reason: "different-intervals",
    },
    { name: "ruin", other: runOfEquity([0, 0, 0]), reason: "ruin" },
    { name: "three common bars", other: runOfEquity([100, 101, 102]), reason: "too-few-bars" },
    { name: "the same run", other: better, reason: "no-difference" },
  ])("says why not: $name", ({ other, reason }) => {
    expect(runDifference(better, other, options)).toEqual({ kind: "refused", reason });
  });
});
