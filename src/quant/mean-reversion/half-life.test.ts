import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { halfLife } from "./half-life.ts";

const cases = goldenCases("mean-reversion", "half_life/");
const isReverting = (golden: (typeof cases)[number]): boolean =>
  golden.expected["half_life_linear"] !== "Infinity";

describe("halfLife", () => {
  test.each(cases.filter(isReverting))(
    "agrees with the regression of statsmodels: $case",
    (golden) => {
      const result = halfLife(goldenInput(golden, "x"));
      expectGolden(golden, "slope", result.slope);
      expectGolden(golden, "intercept", result.intercept);
      expectGolden(golden, "half_life_linear", result.linearBars ?? Number.NaN);
      expectGolden(golden, "half_life_exact", result.exactBars ?? Number.NaN);
      expect(result.reason).toBeNull();
    },
  );

  test.each(cases.filter((golden) => !isReverting(golden)))(
    "is refused when the series moves away from its mean: $case",
    (golden) => {
      expect(halfLife(goldenInput(golden, "x"))).toMatchObject({
        linearBars: null,
        exactBars: null,
        reason: "no-mean-reversion",
      });
    },
  );

  test("exact is the decay of an autoregression without noise", () => {
    const inputs = fc.record({
      phi: fc.double({ min: 0.02, max: 0.995, noNaN: true }),
      level: fc.double({ min: -100, max: 100, noNaN: true }),
      n: fc.integer({ min: 4, max: 60 }),
    });
    fc.assert(
      fc.property(inputs, ({ phi, level, n }) => {
        const series = Float64Array.from({ length: n }, (_, t) => level + phi ** t);
        const { exactBars, linearBars } = halfLife(series);
        const tolerance = { rtol: 1e-6, atol: 0 };
        expectWithin("exact", exactBars ?? Number.NaN, -Math.LN2 / Math.log(phi), tolerance);
        expectWithin("linear", linearBars ?? Number.NaN, Math.LN2 / (1 - phi), tolerance);
      }),
    );
  });

  test("does not depend on scale and level", () => {
    const inputs = fc.record({
      scale: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      level: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      isTurned: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(inputs, ({ scale, level, isTurned, seed }) => {
        const walk = randomWalk(80, seed);
        const result = halfLife(walk);
        const factor = isTurned ? -scale : scale;
        const moved = halfLife(walk.map((value) => level + factor * value));
        expect(moved.reason).toBe(result.reason);
        expectWithin("slope", moved.slope, result.slope, { rtol: 1e-6, atol: 1e-9 });
      }),
    );
  });

  test("has no exact form when each bar overshoots the mean", () => {
    const alternating = Float64Array.from({ length: 40 }, (_, i) => (-1) ** i + 0.01 * Math.sin(i));
    const result = halfLife(alternating);
    expect(result).toMatchObject({ exactBars: null, reason: "oscillating" });
    expect(result.linearBars).toBeGreaterThan(0);
  });

  test.each([
    { name: "whole steps", line: (i: number) => i },
    { name: "steps that are rounded", line: (i: number) => 3 + 0.1 * i },
    { name: "a fall", line: (i: number) => 1e6 - 0.3 * i },
  ])("of a straight line is none: $name", ({ line }) => {
    const result = halfLife(Float64Array.from({ length: 100 }, (_, i) => line(i)));
    expect(result).toMatchObject({ linearBars: null, reason: "no-mean-reversion", slope: 0 });
    expect(result.intercept).toBeCloseTo(line(1) - line(0), 8);
  });

  test("of too few values is refused by the name of the argument", () => {
    expect(() => halfLife(Float64Array.of(1, 2, 1))).toThrow(
      "series has 3 values, at least 4 are required",
    );
  });

  test("of a constant is refused", () => {
    expect(() => halfLife(new Float64Array(20).fill(0.1))).toThrow(
      expect.objectContaining({ code: "constant" }),
    );
  });
});
