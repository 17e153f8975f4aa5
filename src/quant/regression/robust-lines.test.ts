import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenColumns } from "../golden/golden-columns.test-support.ts";
import {
  expectGolden,
  expectWithin,
  goldenCases,
  goldenInput,
  goldenSeries,
  randomWalk,
} from "../golden/load-golden.test-support.ts";
import { huberRegression } from "./huber-regression.ts";
import { ridge } from "./ridge.ts";
import { theilSen } from "./theil-sen.ts";
import { totalLeastSquares } from "./total-least-squares.ts";

describe("totalLeastSquares", () => {
  test.each(goldenCases("regression", "tls/"))("agrees with its formula: $case", (golden) => {
    const result = totalLeastSquares(goldenInput(golden, "y"), goldenInput(golden, "x"), {
      intercept: golden.params?.["intercept"] === true,
    });
    expectGolden(golden, "beta", result.slope);
    expectGolden(golden, "alpha", result.intercept);
    expectGolden(golden, "perp_ss", result.perpendicularSumOfSquares);
  });

  test("swapping the legs inverts the slope", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const y = randomWalk(50, seed);
        const x = randomWalk(50, seed + 1);
        const slope = totalLeastSquares(y, x).slope;
        expectWithin("inverse", 1 / totalLeastSquares(x, y).slope, slope, { rtol: 1e-9, atol: 0 });
      }),
      { numRuns: 50 },
    );
  });

  test("is refused when the legs are uncorrelated", () => {
    const x = Float64Array.of(-1, 0, 1, 0);
    const y = Float64Array.of(0, 1, 0, -1);
    expect(() => totalLeastSquares(y, x)).toThrow(expect.objectContaining({ code: "collinear" }));
  });
});

describe("huberRegression", () => {
  test.each(goldenCases("regression", "huber/"))("agrees with statsmodels: $case", (golden) => {
    const result = huberRegression(goldenInput(golden, "y"), goldenInput(golden, "x"), {
      threshold: Number(golden.params?.["t"]),
    });
    expectGolden(golden, "alpha", result.intercept);
    expectGolden(golden, "beta", result.slope);
    expectGolden(golden, "scale", result.scale);
    expectGolden(golden, "se_alpha", result.standardErrors.intercept);
    expectGolden(golden, "se_beta", result.standardErrors.slope);
    expect(result.weights.filter((weight) => weight < 1)).toHaveLength(
      Number(golden.expected["downweighted"]),
    );
    expectGolden(golden, "weight_min", Math.min(...result.weights));
  });

  test("one wild bar hardly moves it", () => {
    const x = randomWalk(200, 1);
    const y = randomWalk(200, 2).map((value, i) => 0.1 * value + 2 * Number(x[i]));
    const clean = huberRegression(y, x).slope;
    const wild = huberRegression(
      y.map((value, i) => (i === 50 ? 1e6 : value)),
      x,
    ).slope;
    expect(Math.abs(wild - clean)).toBeLessThan(0.1);
  });

  test.each([
    { name: "most bars lie on a line", threshold: 1.345, code: "collinear" },
    { name: "the threshold is zero", threshold: 0, code: "out-of-range" },
  ])("is refused when $name", ({ threshold, code }) => {
    const x = randomWalk(30, 3);
    const y = x.map((value, i) => (i === 3 ? 9 : 2 * value));
    y[3] = 6 * Number(x[3]);
    expect(() =>
      huberRegression(
        x.map((value) => 2 * value),
        x,
        { threshold },
      ),
    ).toThrow(expect.objectContaining({ code }));
  });
});

describe("theilSen", () => {
  test.each(goldenCases("regression", "theil_sen/"))("agrees with scipy: $case", (golden) => {
    const result = theilSen(goldenInput(golden, "y"), goldenInput(golden, "x"), {
      confidence: Number(golden.params?.["confidence"]),
      intercept: golden.params?.["method"] === "joint" ? "joint" : "separate",
    });
    expectGolden(golden, "slope", result.slope);
    expectGolden(golden, "intercept", result.intercept);
    expectGolden(golden, "low", result.slopeLow);
    expectGolden(golden, "high", result.slopeHigh);
  });

  test("is the median of the listed slopes, also with ties", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (ys, xs) => {
        fc.pre(new Set(xs).size > 1);
        const slopes: number[] = [];
        for (let i = 0; i < 12; i++) {
          for (let j = 0; j < i; j++) {
            const run = Number(xs[i]) - Number(xs[j]);
            if (run !== 0) slopes.push((Number(ys[i]) - Number(ys[j])) / run);
          }
        }
        slopes.sort((a, b) => a - b);
        const middle = slopes.length >> 1;
        const upper = Number(slopes[middle]);
        const expected = slopes.length % 2 === 1 ? upper : (Number(slopes[middle - 1]) + upper) / 2;
        const { slope } = theilSen(Float64Array.from(ys), Float64Array.from(xs));
        expect(slope).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("takes seventeen thousand bars", () => {
    const x = randomWalk(17_490, 4);
    const y = randomWalk(17_490, 5).map((value, i) => 0.01 * value + 2 * Number(x[i]));
    expect(Math.abs(theilSen(y, x).slope - 2)).toBeLessThan(0.05);
  });

  test("is refused when x is constant", () => {
    const y = randomWalk(20, 6);
    expect(() =>
      theilSen(
        y,
        y.map(() => 3),
      ),
    ).toThrow(expect.objectContaining({ code: "constant" }));
  });
});

describe("ridge", () => {
  test.each(goldenCases("classification", "ridge/"))(
    "agrees with scikit-learn: $case",
    (golden) => {
      const [from = 0, to = 0] = (golden.params?.["train"] ?? []) as readonly number[];
      const columns = goldenColumns(String(golden.input["X"]));
      const y = goldenSeries(String(golden.input["y"])).slice(from, to);
      const result = ridge(
        y,
        columns.map((column) => column.slice(from, to)),
        Number(golden.params?.["alpha"]),
      );
      const expected = golden.expected["coef"] as readonly number[];
      expect(result.coefficients).toHaveLength(expected.length);
      result.coefficients.forEach((value, j) => {
        expectWithin(`coefficient ${j}`, value, Number(expected[j]), golden.tolerance);
      });
      expectGolden(golden, "intercept", result.intercept);
      expectGolden(golden, "r2_train", result.rSquared);
    },
  );

  test("shares the weight between copies, which least squares would refuse", () => {
    const x = randomWalk(50, 7);
    const y = randomWalk(50, 8);
    const { coefficients } = ridge(y, [x, x], 1);
    expect(coefficients[0]).toBeCloseTo(Number(coefficients[1]), 12);
  });

  test("is refused without a penalty", () => {
    expect(() => ridge(randomWalk(9, 1), [randomWalk(9, 2)], 0)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  });
});
