import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { phillipsOuliaris } from "./phillips-ouliaris.ts";

describe("phillipsOuliaris", () => {
  test.each(goldenCases("extra-r", "phillips-ouliaris/"))("agrees with urca: $case", (golden) => {
    const result = phillipsOuliaris(goldenInput(golden, "y"), goldenInput(golden, "x"), {
      statistic: golden.params?.["type"] === "Pz" ? "trace" : "variance-ratio",
      trend: golden.params?.["demean"] === "trend" ? "ct" : "c",
      compat: "urca",
    });
    expectGolden(golden, "stat", result.statistic);
    const { onePercent, fivePercent, tenPercent } = result.criticalValues;
    expect([tenPercent, fivePercent, onePercent]).toEqual(golden.expected["crit_10_5_1"]);
  });

  test("the trace does not depend on which leg is y", () => {
    const y = randomWalk(200, 1);
    const x = randomWalk(200, 2);
    const options = { statistic: "trace" } as const;
    const swapped = phillipsOuliaris(x, y, options).statistic;
    const tolerance = { rtol: 1e-9, atol: 0 };
    expectWithin("trace", swapped, phillipsOuliaris(y, x, options).statistic, tolerance);
  });

  test("units and levels of the legs change nothing", () => {
    const scale = fc.double({ min: 0.01, max: 100, noNaN: true });
    const level = fc.double({ min: -500, max: 500, noNaN: true });
    const inputs = fc.record({
      ...{ scaleY: scale, scaleX: scale, levelY: level, levelX: level },
      seed: fc.integer({ min: 1, max: 1e6 }),
      trend: fc.constantFrom("c" as const, "ct" as const),
      statistic: fc.constantFrom("variance-ratio" as const, "trace" as const),
    });
    fc.assert(
      fc.property(inputs, ({ seed, trend, statistic, scaleY, scaleX, levelY, levelX }) => {
        const y = randomWalk(90, seed);
        const x = randomWalk(90, seed + 1);
        const moved = phillipsOuliaris(
          y.map((value) => levelY + scaleY * value),
          x.map((value) => levelX - scaleX * value),
          { statistic, trend },
        );
        const result = phillipsOuliaris(y, x, { statistic, trend });
        expectWithin(statistic, moved.statistic, result.statistic, { rtol: 1e-6, atol: 0 });
      }),
    );
  });

  test.each([
    { statistic: "variance-ratio", trend: "c" },
    { statistic: "variance-ratio", trend: "ct" },
    { statistic: "trace", trend: "c" },
    { statistic: "trace", trend: "ct" },
  ] as const)("$statistic, $trend rejects about one pair of walks in twenty", (options) => {
    let rejections = 0;
    for (let seed = 0; seed < 400; seed++) {
      const y = randomWalk(300, 2 * seed + 1);
      const x = randomWalk(300, 2 * seed + 2);
      const { statistic, criticalValues } = phillipsOuliaris(y, x, { ...options, lags: 0 });
      if (statistic > criticalValues.fivePercent) rejections++;
    }
    // Three standard deviations of a binomial about 20 of 400 and a little for the finite length.
    expect(rejections).toBeGreaterThan(4);
    expect(rejections).toBeLessThan(36);
  });

  const walk = randomWalk(60, 5);
  const other = randomWalk(60, 6);
  test.each([
    { name: "both legs are the same", x: walk, lags: 0, code: "collinear" },
    { name: "x is constant", x: walk.map(() => 0.1), lags: 0, code: "constant" },
    { name: "lengths differ", x: other.slice(1), lags: 0, code: "length-mismatch" },
    { name: "there are too many lags", x: other, lags: 59, code: "out-of-range" },
  ])("is refused when $name", ({ x, lags, code }) => {
    for (const statistic of ["variance-ratio", "trace"] as const) {
      expect(() => phillipsOuliaris(walk, x, { statistic, lags })).toThrow(
        expect.objectContaining({ code }),
      );
    }
  });
});
