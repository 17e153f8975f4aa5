import type { LearningRunSummary, RunResult } from "#contracts/learning-run.ts";
import type { Verdict } from "#contracts/model.ts";

/** A verdict of which only what a test is about is told. */
export function testVerdict(more: Partial<Verdict> = {}): Verdict {
  return {
    ...{ kind: "does-not-beat", reason: "not-shown", baseline: "Last direction" },
    ...{ difference: 0.001, relativeDifference: 0.002, lower: -0.002, upper: 0.004 },
    ...{ pValue: 0.4, pAdjusted: 0.9, rows: 1_000 },
    ...more,
  };
}

export function testResult(more: Partial<RunResult>): RunResult {
  return {
    ...{ model: "0", group: "0", refusal: null, scores: {}, intervals: {} },
    ...{ verdict: null, trials: 0, seconds: 1 },
    ...more,
  };
}

/** A baseline, a linear model and boosting on one pair. */
export function testSummary(more: Partial<LearningRunSummary> = {}): LearningRunSummary {
  return {
    task: "classification",
    classes: ["down or unchanged", "up"],
    loss: "log-loss",
    models: [
      {
        ...{ key: "0", kind: "last-direction", label: "Last direction", isBaseline: true },
        parameters: {},
      },
      {
        ...{ key: "1", kind: "logistic", label: "Logistic regression", isBaseline: false },
        parameters: {},
      },
      {
        ...{ key: "2", kind: "gradient-boosting", label: "Gradient boosting", isBaseline: false },
        parameters: {},
      },
    ],
    groups: [testGroup("0", "ETH / BTC")],
    results: [
      testResult({ model: "0", scores: { logLoss: 0.69 } }),
      testResult({ model: "1", scores: { logLoss: 0.691 }, verdict: testVerdict() }),
      testResult({ model: "2", scores: { logLoss: 0.692 }, verdict: testVerdict() }),
    ],
    folds: [],
    warnings: [],
    trials: 0,
    manifest: { configHash: "a", dataHash: "b", codeHash: "c", series: [], computedAtMs: 0 },
    durationMs: 1_000,
    ...more,
  };
}

export function testGroup(key: string, label: string): LearningRunSummary["groups"][number] {
  return { key, label, books: [], rows: 2_000, testRows: 1_000 };
}
