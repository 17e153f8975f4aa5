import { expect, test } from "vitest";
import { testGroup, testResult, testSummary, testVerdict } from "./run-summary.test-support.ts";
import { meanOf, scoreMatrix } from "./score-matrix.ts";

test("every model has a cell a group, the mean of them, and where it beats its baselines", () => {
  const beats = testVerdict({ kind: "beats", reason: "shown" });
  const summary = testSummary({
    groups: [testGroup("0", "A / B"), testGroup("1", "C / D")],
    results: [
      testResult({ model: "0", group: "0", scores: { accuracy: 0.5 } }),
      testResult({ model: "0", group: "1", scores: { accuracy: 0.6 } }),
      testResult({ model: "1", group: "0", scores: { accuracy: 0.7 }, verdict: beats }),
      testResult({ model: "1", group: "1", refusal: "too few rows" }),
    ],
  });
  const [baseline, model] = scoreMatrix(summary, "accuracy");
  expect(baseline).toMatchObject({ name: "Last direction", beats: null });
  expect(baseline?.mean).toBeCloseTo(0.55);
  expect(model).toMatchObject({ mean: 0.7, beats: 1 });
  expect(model?.cells.get("1")).toEqual({ value: null, verdict: null, refusal: "too few rows" });
});

test("there is no mean of nothing", () => {
  expect(meanOf([null, undefined])).toBeNull();
});
