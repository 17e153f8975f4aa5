import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { simpleOls } from "../stats/ols.ts";
import { createRandom } from "../synthetic/random.ts";
import { bridgeSupremumSurvival } from "./brownian-bridge.ts";
import { cusum } from "./cusum.ts";

describe("cusum", () => {
  test.each(goldenCases("extra-py", "cusum/"))("agrees with statsmodels: $case", (golden) => {
    const { residuals } = simpleOls(goldenInput(golden, "y"), goldenInput(golden, "x"));
    const result = cusum(residuals, Number(golden.params?.["ddof"]));
    expectGolden(golden, "stat", result.statistic);
    expectGolden(golden, "p", result.pValue);
    const { criticalValues } = result;
    expect([criticalValues["1%"], criticalValues["5%"], criticalValues["10%"]]).toEqual(
      golden.expected["crit_1_5_10"],
    );
    expect(Math.abs(result.path.at(-1)!)).toBeLessThan(1e-9);
  });

  test("does not depend on scale and sign, and is the same read backwards", () => {
    const inputs = fc.record({
      n: fc.integer({ min: 10, max: 120 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
      scale: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(inputs, ({ n, seed, scale }) => {
        const { residuals } = simpleOls(randomWalk(n, seed), randomWalk(n, seed + 1));
        const result = cusum(residuals, 2);
        const tolerance = { rtol: 1e-9, atol: 1e-12 };
        for (const other of [residuals.map((e) => -scale * e), residuals.toReversed()]) {
          const found = cusum(other, 2);
          expectWithin("statistic", found.statistic, result.statistic, tolerance);
          expectWithin("p", found.pValue, result.pValue, tolerance);
        }
        const furthest = result.path.reduce((most, at) => Math.max(most, Math.abs(at)), 0);
        expect(result.statistic).toBe(furthest);
        expect(Math.abs(result.path[result.breakIndex]!)).toBe(furthest);
      }),
    );
  });

  test("finds where the level jumped", () => {
    const { gaussian } = createRandom(1);
    const y = Float64Array.from({ length: 300 }, (_, i) => gaussian() + (i > 179 ? 3 : 0));
    const average = y.reduce((sum, value) => sum + value, 0) / 300;
    const result = cusum(
      y.map((value) => value - average),
      1,
    );
    expect(result.pValue).toBeLessThan(1e-6);
    expect(Math.abs(result.breakIndex - 179)).toBeLessThanOrEqual(2);
  });

  test("rejects one in twenty of the regressions that hold", () => {
    let rejections = 0;
    for (let seed = 1; seed <= 800; seed++) {
      const { gaussian } = createRandom(seed);
      const x = Float64Array.from({ length: 250 }, gaussian);
      const y = x.map((value) => value + gaussian());
      if (cusum(simpleOls(y, x).residuals, 2).pValue < 0.05) rejections++;
    }
    // The law is asymptotic and a little conservative at 250 bars.
    expectWithin("size", rejections / 800, 0.045, { rtol: 0, atol: 0.02 });
  });

  test.each([
    {
      name: "as many residuals as coefficients",
      values: [1, -1],
      parameters: 2,
      code: "too-short",
    },
    { name: "no coefficient", values: [1, -1, 0], parameters: 0, code: "out-of-range" },
    { name: "residuals of zero", values: [0, 0, 0], parameters: 1, code: "constant" },
    { name: "a residual that is none", values: [1, Number.NaN], parameters: 1, code: "not-finite" },
  ])("refuses $name", ({ values, parameters, code }) => {
    expect(() => cusum(Float64Array.from(values), parameters)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe("bridgeSupremumSurvival", () => {
  test("is one at zero, falls, and has no step where the series change", () => {
    expect(bridgeSupremumSurvival(0)).toBe(1);
    let before = 1;
    for (let x = 0.01; x < 4; x += 0.01) {
      const now = bridgeSupremumSurvival(x);
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
    const step = bridgeSupremumSurvival(1.2 - 1e-12) - bridgeSupremumSurvival(1.2);
    expect(Math.abs(step)).toBeLessThan(1e-11);
  });
});
