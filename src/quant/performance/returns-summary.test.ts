import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectGolden, goldenCases, goldenInput } from "../golden/load-golden.test-support.ts";
import { returnsSummary } from "./returns-summary.ts";

const DAILY = { periodsPerYear: 252 };

describe("returnsSummary", () => {
  test.each(goldenCases("performance", "metrics/"))("agrees with the formulas: $case", (golden) => {
    const { figures } = returnsSummary(goldenInput(golden, "r"), {
      periodsPerYear: Number(golden.params?.["ann"]),
      riskFreeRatePerPeriod: Number(golden.params?.["rf_per_period"]),
    });
    expectGolden(golden, "total_return", figures.totalReturn);
    expectGolden(golden, "ann_vol", figures.volatility ?? Number.NaN);
    expectGolden(golden, "sharpe", figures.sharpeRatio ?? Number.NaN);
    expect(figures.drawdownMax).toBeCloseTo(-Number(golden.expected["max_drawdown"]), 11);
    if (golden.params?.["rf_per_period"] !== 0) return;
    expectGolden(golden, "psr_0", figures.probabilisticSharpeRatio ?? Number.NaN);
  });

  test.each([
    {
      name: "one return",
      returns: [0.01],
      reasons: {
        volatility: "too-few-bars",
        sharpeRatio: "too-few-bars",
        skewness: "too-few-bars",
      },
    },
    {
      name: "returns that never fall",
      returns: [0.01, 0.02],
      reasons: {
        sortinoRatio: "no-downside",
        omegaRatio: "no-downside",
        calmarRatio: "no-drawdown",
      },
    },
    {
      name: "returns that never vary",
      returns: [0.01, 0.01, 0.01],
      reasons: { sharpeRatio: "no-variance", minimumTrackRecord: "no-variance" },
    },
    {
      name: "a total loss",
      returns: [0.01, -1, 0.5],
      reasons: { annualisedReturn: "ruin", calmarRatio: "ruin" },
    },
    {
      name: "a loss on average",
      returns: [0.01, -0.03, 0.005],
      reasons: { minimumTrackRecord: "no-excess-return" },
    },
  ])("says why a figure of $name is missing", ({ returns, reasons }) => {
    expect(returnsSummary(Float64Array.from(returns), DAILY).reasons).toMatchObject(reasons);
  });

  test("has a reason for each figure that is null, and for no other", () => {
    const value = fc.constantFrom(-1, -0.02, 0, 0.01, 0.03);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (returns) => {
        const { figures, reasons } = returnsSummary(Float64Array.from(returns), DAILY);
        const missing = Object.entries(figures)
          .filter(([name, figure]) => figure === null && name !== "recoveryIndex")
          .map(([name]) => name);
        expect(Object.keys(reasons).sort()).toEqual(missing.sort());
        for (const figure of Object.values(figures)) expect(figure).not.toBeNaN();
      }),
    );
  });

  test.each([
    { name: "no returns", returns: [], periodsPerYear: 252, code: "too-short" },
    { name: "a gap", returns: [Number.NaN], periodsPerYear: 252, code: "not-finite" },
    { name: "a year without bars", returns: [0.1], periodsPerYear: 0, code: "out-of-range" },
  ])("refuses $name", ({ returns, periodsPerYear, code }) => {
    expect(() => returnsSummary(Float64Array.from(returns), { periodsPerYear })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
