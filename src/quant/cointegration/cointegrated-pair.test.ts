import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectWithin, goldenSeries } from "../golden/load-golden.test-support.ts";
import { createRandom } from "../synthetic/random.ts";
import { type CointegratedPairOptions, cointegratedPair } from "./cointegrated-pair.ts";
import { combinedPValue } from "./combined-p-value.ts";
import { type LagOption, lagsMaxDefault } from "./lag-selection.ts";

/** Not the seed of the table: the test must not see the walks that it was made of. */
const random = createRandom(7, 1);

function walk(bars: number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level += random.gaussian();
    return level;
  });
}

function rejectedShare(bars: number, pairs: number, options: CointegratedPairOptions): number {
  let rejections = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (cointegratedPair(walk(bars), walk(bars), options).combinedPValue < 0.05) rejections++;
  }
  return rejections / pairs;
}

describe("cointegratedPair", () => {
  test.each([
    { bars: 250, pairs: 5000, trend: "c" },
    { bars: 250, pairs: 3000, trend: "ct" },
    { bars: 350, pairs: 3000, trend: "c" },
    { bars: 1000, pairs: 1500, trend: "c" },
  ] as const)("rejects 5 ± 1 % of $pairs independent pairs of $bars bars, trend $trend", (row) => {
    const share = rejectedShare(row.bars, row.pairs, { trend: row.trend });
    // One point, and two standard deviations of the simulation itself.
    const noise = 2 * Math.sqrt((0.05 * 0.95) / row.pairs);
    expect(Math.abs(share - 0.05)).toBeLessThan(0.01 + (row.pairs < 5000 ? noise : 0));
  });

  test.each(["bic", "t-stat"] as const)("has the size of its own lags: %s", (kind) => {
    const share = rejectedShare(250, 2000, { lags: { kind } });
    expect(Math.abs(share - 0.05)).toBeLessThan(0.015);
  });

  // One point, as for the searches, and two standard deviations of the simulation.
  test.each([
    { bars: 30, trend: "c", lags: { kind: "aic" } },
    { bars: 45, trend: "ct", lags: { kind: "t-stat" } },
    { bars: 36, trend: "c", lags: { kind: "fixed", lags: 3 } },
    { bars: 100, trend: "c", lags: { kind: "fixed", lags: 12 } },
    { bars: 250, trend: "c", lags: { kind: "fixed", lags: 0 } },
    { bars: 250, trend: "ct", lags: { kind: "fixed", lags: 10 } },
    { bars: 350, trend: "c", lags: { kind: "fixed", lags: 24 } },
    { bars: 80, trend: "c", lags: { kind: "aic", lagsMax: 1 } },
    { bars: 250, trend: "c", lags: { kind: "bic", lagsMax: 2 } },
  ] as const)("regression: the size was that of one lag: $bars bars, $trend, $lags", (row) => {
    const pairs = 2000;
    const share = rejectedShare(row.bars, pairs, { trend: row.trend, lags: row.lags });
    const noise = 2 * Math.sqrt((0.05 * 0.95) / pairs);
    expect(Math.abs(share - 0.05)).toBeLessThan(0.01 + noise);
  });

  test("swapping the legs swaps the directions and nothing else", () => {
    const a = walk(120);
    const b = walk(120);
    const pair = cointegratedPair(a, b);
    const swapped = cointegratedPair(b, a);
    expect(swapped.aOnB).toEqual(pair.bOnA);
    expect(swapped.combinedPValue).toBe(pair.combinedPValue);
    expect(swapped.direction).not.toBe(pair.direction);
  });

  test("finds a cointegrated pair", () => {
    const a = goldenSeries("coint_b13_hl5_n250.y").map(Math.log);
    const b = goldenSeries("coint_b13_hl5_n250.x").map(Math.log);
    const { combinedPValue: p, aOnB, bOnA } = cointegratedPair(a, b);
    expect(p).toBeLessThan(0.05);
    expect(p).toBeGreaterThan(Math.min(aOnB.pValue, bOnA.pValue));
  });

  test("is refused when both legs are the same", () => {
    const a = walk(60);
    expect(() => cointegratedPair(a, a)).toThrow(expect.objectContaining({ code: "collinear" }));
  });
});

const AIC: LagOption = { kind: "aic" };

describe("combinedPValue", () => {
  test("changes steadily with the lags, and with fixed ones falls", () => {
    for (const bars of [30, 37, 60, 100, 170, 250, 400, 1000, 3000]) {
      let before = 1;
      for (let count = 0; count <= bars / 4; count++) {
        const lags = { kind: "fixed", lags: count } as const;
        const now = combinedPValue(0.03, { trend: "c", lags, bars });
        // Simulated laws of no and of one lag differ by less than their noise.
        expect(now).toBeLessThan(before + 0.003);
        before = now;
      }
    }
  });

  test("of a search without a lag to try is that of no lag", () => {
    for (const bars of [30, 60, 150, 250]) {
      const options = { trend: "ct", bars } as const;
      const none = combinedPValue(0.02, { ...options, lags: { kind: "fixed", lags: 0 } });
      const search = combinedPValue(0.02, { ...options, lags: { kind: "bic", lagsMax: 0 } });
      expectWithin("p", search, none, { rtol: 0, atol: 0.004 });
    }
  });

  test("of a search to Schwert's lag is that of the default", () => {
    for (const bars of [30, 60, 150, 1000, 4000]) {
      const lagsMax = lagsMaxDefault(bars, 0);
      const options = { trend: "c", bars } as const;
      expect(combinedPValue(0.02, { ...options, lags: { kind: "aic", lagsMax } })).toBe(
        combinedPValue(0.02, { ...options, lags: AIC }),
      );
    }
  });

  test("grows with the smaller p-value, stays in [0, 1] and above it", () => {
    const p = fc.double({ min: 1e-12, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(p, p, fc.integer({ min: 250, max: 5000 }), (left, right, bars) => {
        const options = { trend: "c", lags: AIC, bars } as const;
        const [low, high] = [Math.min(left, right), Math.max(left, right)];
        const combined = combinedPValue(low, options);
        expect(combined).toBeGreaterThan(low);
        expect(combined).toBeLessThanOrEqual(combinedPValue(high, options));
        expect(combinedPValue(high, options)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("changes steadily with the number of bars", () => {
    for (let bars = 30; bars < 3000; bars++) {
      const options = { trend: "c", lags: AIC } as const;
      const now = combinedPValue(0.03, { ...options, bars });
      const next = combinedPValue(0.03, { ...options, bars: bars + 1 });
      expect(Math.abs(next - now)).toBeLessThan(0.003);
    }
  });

  test.each([
    { smaller: 0, expected: 0 },
    { smaller: 1, expected: 1 },
  ])("of $smaller is $expected", ({ smaller, expected }) => {
    const options = { trend: "c", lags: AIC, bars: 500 } as const;
    expect(combinedPValue(smaller, options)).toBe(expected);
  });

  test.each([
    { name: "the p-value is above one", smaller: 1.1, bars: 500 },
    { name: "the p-value is missing", smaller: Number.NaN, bars: 500 },
    { name: "there are no bars", smaller: 0.5, bars: 0 },
  ])("is refused when $name", ({ smaller, bars }) => {
    expect(() => combinedPValue(smaller, { trend: "c", lags: AIC, bars })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
