import { expect, test } from "vitest";
import { testGroup, testResult, testSummary, testVerdict } from "./run-summary.test-support.ts";
import { matrixColumns, meanOf, scoreMatrix } from "./score-matrix.ts";

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

test("regression: of pairs that were learned together each has a column; the verdict is about all of them", () => {
  const leg = (instrumentId: number, symbol: string) => ({
    ...{ instrumentId, symbol, venue: "test", sector: null },
  });
  const books = [
    [leg(1, "A"), leg(2, "B")],
    [leg(3, "C"), leg(4, "D")],
  ];
  const members = [0.6, 0.8].map((accuracy) => ({ scores: { accuracy }, intervals: {} }));
  const verdict = testVerdict({ kind: "beats", reason: "shown" });
  const summary = testSummary({
    groups: [{ ...testGroup("pooled", "2 together"), books }],
    results: [
      testResult({ model: "1", group: "pooled", scores: { accuracy: 0.7 }, members, verdict }),
    ],
  });
  expect(matrixColumns(summary).map(({ label }) => label)).toEqual(["A / B", "C / D"]);
  const [, model] = scoreMatrix(summary, "accuracy");
  expect([...(model?.cells.values() ?? [])]).toEqual(
    [0.6, 0.8].map((value) => ({ value, verdict: null, refusal: null })),
  );
  expect(model?.mean).toBeCloseTo(0.7);
});

test("there is no mean of nothing", () => {
  expect(meanOf([null, undefined])).toBeNull();
});
