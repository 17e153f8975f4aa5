import { expect, test } from "vitest";
import { median, variantSummary } from "./study-summary.ts";

test.each([
  { values: [], expected: null },
  { values: [3], expected: 3 },
  { values: [4, 1], expected: 2.5 },
  { values: [9, 1, 2], expected: 2 },
])("the median of $values is $expected", ({ values, expected }) => {
  expect(median(values)).toBe(expected);
});

test("a variant is summed up over its pairs; a pair that never traded has no Sharpe ratio", () => {
  const run = (totalReturn: number, sharpeRatio: number | null) => ({
    figures: { totalReturn, sharpeRatio, annualisedReturn: null, drawdownMax: 0 },
    growth: [],
  });
  const pair = (totalReturn: number, sharpeRatio: number | null) => {
    const one = run(totalReturn, sharpeRatio);
    return {
      y: 0,
      x: 1,
      runs: {
        published: one,
        "published-costs": one,
        "frozen-line": one,
        delayed: one,
        hedged: one,
        "hedged-costs": one,
      },
      rSquaredMin: 0.6,
      accuracy: { published: null, againstLast: null },
      engleGrangerPValue: { formation: null, trading: null },
      proofs: {
        published: { isPassed: false, cuts: 1, failedCuts: 1, first: null },
        hedged: { isPassed: true, cuts: 1, failedCuts: 0, first: null },
      },
    };
  };
  const rlrt = [pair(0.1, 2), pair(-0.2, -1), pair(0, null)];
  expect(variantSummary({ rlrt }, "hedged")).toEqual({
    medianReturn: 0,
    medianSharpe: 0.5,
    profitable: 1,
    pairs: 3,
  });
});
