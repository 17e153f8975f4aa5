import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { detrendedFluctuation } from "./detrended-fluctuation.ts";
import { generalisedHurst } from "./generalised-hurst.ts";
import { hurstOfDeviations } from "./hurst-of-deviations.ts";
import { correctedRescaledRange, simplifiedRescaledRange } from "./rescaled-range.ts";
import type { ScalingLaw } from "./scaling-law.ts";

const cases = goldenCases("mean-reversion", "hurst/");

function expectList(golden: GoldenCase, field: string, actual: Float64Array): void {
  const expected = golden.expected[field] as readonly number[];
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expectWithin(`${golden.case}: ${field}[${i}]`, actual[i]!, value, golden.tolerance);
  });
}

const estimators: readonly {
  readonly name: string;
  readonly hurst: (series: Float64Array) => number;
}[] = [
  { name: "hurstOfDeviations", hurst: (x) => hurstOfDeviations(x, { lagMax: 20 }).exponent },
  { name: "generalisedHurst", hurst: (x) => generalisedHurst(x).hurst },
  { name: "simplifiedRescaledRange", hurst: (x) => simplifiedRescaledRange(x).exponent },
  { name: "correctedRescaledRange", hurst: (x) => correctedRescaledRange(x).exponent },
  { name: "detrendedFluctuation", hurst: (x) => detrendedFluctuation(x).exponent },
];

describe("Hurst exponents", () => {
  test.each(cases)("agree with the formulas in numpy: $case", (golden) => {
    const x = goldenInput(golden, "x");
    expectGolden(golden, "hurst_std_2_99", hurstOfDeviations(x).exponent);
    expectGolden(golden, "hurst_std_2_20", hurstOfDeviations(x, { lagMax: 20 }).exponent);
    expectGolden(golden, "ghe_q1", generalisedHurst(x, { q: 1 }).hurst);
    expectGolden(golden, "ghe_q2", generalisedHurst(x).hurst);
    const range = simplifiedRescaledRange(x);
    expectGolden(golden, "hurst_rs", range.exponent);
    expectGolden(golden, "rs_c", range.prefactor);
    expectList(golden, "rs_windows", range.scales);
    expectList(golden, "rs_values", range.values);
  });

  test.each(cases.filter((golden) => (golden.expected["dfa_scales"] as unknown[]).length > 2))(
    "agree with detrended fluctuation in numpy: $case",
    (golden) => {
      const law = detrendedFluctuation(goldenInput(golden, "x"));
      expectGolden(golden, "dfa", law.exponent);
      expectList(golden, "dfa_scales", law.scales);
      expectList(golden, "dfa_F", law.values);
    },
  );

  test.each(estimators)("do not depend on scale and offset: $name", ({ hurst }) => {
    const walk = randomWalk(400, 1);
    const expected = hurst(walk);
    const power = fc.integer({ min: -20, max: 20 });
    const offset = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(power, offset, (exponent, shift) => {
        const moved = walk.map((value) => (value + shift) * 2 ** exponent);
        expectWithin("hurst", hurst(moved), expected, { rtol: 1e-8, atol: 1e-10 });
      }),
      { numRuns: 20 },
    );
  });

  test.each(estimators.filter(({ name }) => name !== "simplifiedRescaledRange"))(
    "of random walks average one half: $name",
    ({ hurst }) => {
      let sum = 0;
      for (let seed = 1; seed <= 60; seed++) sum += hurst(randomWalk(1000, seed));
      expectWithin("mean", sum / 60, 0.5, { rtol: 0, atol: 0.04 });
    },
  );

  test.each(estimators)("of a constant are refused: $name", ({ hurst }) => {
    expect(() => hurst(new Float64Array(300).fill(0.1))).toThrow(
      expect.objectContaining({ code: "constant" }),
    );
  });

  test.each(estimators)("of a handful of bars are refused: $name", ({ hurst }) => {
    expect(() => hurst(randomWalk(20, 1))).toThrow(expect.objectContaining({ code: "too-short" }));
  });

  test.each(estimators)("of a series with a hole are refused: $name", ({ hurst }) => {
    const holed = randomWalk(300, 1);
    holed[7] = Number.NaN;
    expect(() => hurst(holed)).toThrow(expect.objectContaining({ code: "not-finite" }));
  });

  test.each<{ name: string; estimate: (x: Float64Array) => ScalingLaw }>([
    { name: "lag 0", estimate: (x) => hurstOfDeviations(x, { lagMin: 0 }) },
    { name: "half a lag", estimate: (x) => hurstOfDeviations(x, { lagMin: 1.5 }) },
    { name: "two lags", estimate: (x) => generalisedHurst(x, { lagMin: 4, lagMax: 5 }) },
    { name: "q = 0", estimate: (x) => generalisedHurst(x, { q: 0 }) },
  ])("refuse $name", ({ estimate }) => {
    expect(() => estimate(randomWalk(300, 1))).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
