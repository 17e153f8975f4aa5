import { expect, test } from "vitest";
import { scoreDefinition } from "../score-definitions.ts";
import { firstScore, scoreColumns } from "./run-scores.ts";
import { testResult, testSummary } from "./run-summary.test-support.ts";

test("classes and numbers have columns of their own, in a fixed order", () => {
  const summary = testSummary({
    results: [testResult({ scores: { rocAuc: 0.5, averagePrecision: 0.4, logLoss: 0.69 } })],
  });
  expect(scoreColumns(summary)).toEqual([
    { name: "logLoss", isShown: true },
    { name: "rocAuc", isShown: true },
    { name: "averagePrecision", isShown: false },
  ]);
  expect(firstScore(summary)).toBe("logLoss");
});

test("a run of which nothing was trained has no score", () => {
  expect(firstScore(testSummary({ results: [testResult({ refusal: "no" })] }))).toBeNull();
});

// Names that the worker writes: one that is not listed would be shown without a word about it.
test.each([
  ...["logLoss", "brier", "accuracy", "balancedAccuracy", "precision", "recall", "f1", "rocAuc"],
  ...["averagePrecision", "matthewsCorrelation", "meanSquaredError", "meanAbsoluteError"],
  ...["rSquared", "trendAccuracy", "trendAccuracyPublished", "wholeTrendAccuracyPublished"],
  ...["wholeTrendAccuracy", "bestTrendAccuracyPublished", "bestTrendAccuracy"],
])("%s has a definition", (name) => {
  expect(scoreDefinition(name).definition).not.toBe("A score out of sample.");
});
