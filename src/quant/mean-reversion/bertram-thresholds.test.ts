import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectGolden,
  expectWithin,
  type GoldenCase,
  goldenCases,
} from "../golden/load-golden.test-support.ts";
import {
  type BertramProblem,
  bertramReturnThresholds,
  bertramSharpeThresholds,
} from "./bertram-thresholds.ts";
import { dawson } from "./dawson.ts";

function problemOf(golden: GoldenCase): BertramProblem {
  const parameter = (name: string): number => Number(golden.params?.[name]);
  return {
    kappa: parameter("kappa"),
    theta: parameter("theta"),
    sigma: parameter("sigma"),
    cost: parameter("cost"),
    riskFree: parameter("risk_free"),
  };
}

const cases = goldenCases("mean-reversion", "bertram/");
const problem: BertramProblem = { kappa: 12, theta: 0.3, sigma: 0.5, cost: 0.01, riskFree: 0.01 };

describe("bertramReturnThresholds", () => {
  test.each(cases)("agrees with 40 digits of mpmath: $case", (golden) => {
    const thresholds = bertramReturnThresholds(problemOf(golden));
    expectGolden(golden, "entry", thresholds.entry);
    expectGolden(golden, "exit", thresholds.exit);
    expectGolden(golden, "expected_time", thresholds.expectedTradeLength);
    expectGolden(golden, "var_time", thresholds.varianceTradeLength);
    expectGolden(golden, "expected_return", thresholds.expectedReturn);
    expectGolden(golden, "var_return", thresholds.varianceReturn);
  });

  test("wants more distance and earns less as the cost grows", () => {
    const cost = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(cost, fc.double({ min: 1.01, max: 3, noNaN: true }), (low, factor) => {
        const cheap = bertramReturnThresholds({ ...problem, cost: low });
        const dear = bertramReturnThresholds({ ...problem, cost: low * factor });
        expect(dear.exit).toBeGreaterThan(cheap.exit);
        expect(dear.expectedReturn).toBeLessThan(cheap.expectedReturn);
        expect(cheap.exit - cheap.entry).toBeGreaterThan(low);
      }),
    );
  });

  test("is a maximum: no other distance earns more", () => {
    const best = bertramReturnThresholds(problem);
    // Solving for another cost gives another distance, judged here by the cost that is paid.
    for (const cost of [0.005, 0.009, 0.011, 0.02]) {
      const other = bertramReturnThresholds({ ...problem, cost });
      const profit = other.exit - other.entry - problem.cost;
      expect(profit / other.expectedTradeLength).toBeLessThan(best.expectedReturn);
    }
  });
});

describe("bertramSharpeThresholds", () => {
  test.each(cases)("agrees with a search in mpmath: $case", (golden) => {
    const thresholds = bertramSharpeThresholds(problemOf(golden));
    if (thresholds.kind === "refused") throw new Error(thresholds.reason);
    expectGolden(golden, "sharpe_entry", thresholds.entry);
    expectGolden(golden, "sharpe_max", thresholds.sharpe);
  });

  test("is not beaten by the thresholds for return", () => {
    const thresholds = bertramSharpeThresholds(problem);
    if (thresholds.kind === "refused") throw new Error(thresholds.reason);
    expect(thresholds.sharpe).toBeGreaterThan(bertramReturnThresholds(problem).sharpe);
  });

  test("has no best distance without a risk-free rate", () => {
    expect(bertramSharpeThresholds({ ...problem, riskFree: 0 })).toEqual({
      kind: "refused",
      reason: "no-interior-optimum",
    });
  });
});

describe("both kinds of thresholds", () => {
  test.each([
    { name: "no reversion", change: { kappa: 0 }, code: "out-of-range" },
    { name: "no noise", change: { sigma: 0 }, code: "out-of-range" },
    { name: "no cost", change: { cost: 0 }, code: "out-of-range" },
    { name: "a cost beyond all deviations", change: { cost: 50 }, code: "out-of-range" },
    { name: "a mean that is none", change: { theta: Number.NaN }, code: "not-finite" },
  ])("refuse $name", ({ change, code }) => {
    const refused = expect.objectContaining({ code });
    expect(() => bertramReturnThresholds({ ...problem, ...change })).toThrow(refused);
    expect(() => bertramSharpeThresholds({ ...problem, ...change })).toThrow(refused);
  });
});

describe("dawson", () => {
  // Abramowitz and Stegun, table 7.5, ten decimals.
  test.each([
    { x: 0, value: 0 },
    { x: 0.5, value: 0.4244363835 },
    { x: 1, value: 0.5380795069 },
    { x: 2, value: 0.3013403889 },
  ])("of $x is $value", ({ x, value }) => {
    expectWithin("dawson", dawson(x), value, { rtol: 0, atol: 5.1e-11 });
  });

  test("satisfies its differential equation across the change of method", () => {
    const h = 1e-4;
    for (let x = 0.5; x < 12; x += 0.1) {
      const derivative = (dawson(x + h) - dawson(x - h)) / (2 * h);
      expectWithin(`x = ${x}`, derivative, 1 - 2 * x * dawson(x), { rtol: 0, atol: 1e-8 });
    }
  });
});
