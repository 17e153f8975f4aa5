import { expect, test } from "vitest";
import { testGroup, testResult, testSummary, testVerdict } from "./run-summary.test-support.ts";
import { matrixColumns, meanOf, scoreMatrix } from "./score-matrix.ts";

test("every model has a cell a group, the mean of them, and where it beats its baselines", () => {
  const beats = testVerdict({ kind: "beats", reason: "shown" });
  const summary = testSummary({
    groups: [testGroup("0", "A / B"), testGroup("1", "C / D")],
    results: [
      testResult({ model: "0", group: "0", scores: { logLoss: 0.5 } }),
      testResult({ model: "0", group: "1", scores: { logLoss: 0.6 } }),
      testResult({ model: "1", group: "0", scores: { logLoss: 0.7 }, verdict: beats }),
      testResult({ model: "1", group: "1", refusal: "too few rows" }),
    ],
  });
  const [baseline, model] = scoreMatrix(summary, "logLoss");
  expect(baseline).toMatchObject({ name: "Last direction", beats: null });
  expect(baseline?.mean).toBeCloseTo(0.55);
  expect(model).toMatchObject({ mean: 0.7, beats: 1 });
  expect(model?.cells.get("1")).toEqual({
    ...{ value: null, interval: null, verdict: null, refusal: "too few rows" },
  });
});

test("regression: marks of the loss stood at every score", () => {
  const beats = testVerdict({ kind: "beats", reason: "shown" });
  const interval = { lower: 0.4, upper: 0.6 };
  const summary = testSummary({
    results: [
      testResult({
        ...{
          model: "1",
          scores: { logLoss: 0.69, accuracy: 0.5 },
          intervals: { accuracy: interval },
        },
        verdict: beats,
      }),
    ],
  });
  const of = (score: string) => scoreMatrix(summary, score)[1];
  expect(of("logLoss")).toMatchObject({ beats: 1 });
  expect(of("logLoss")?.cells.get("0")).toMatchObject({ interval: null, verdict: beats });
  expect(of("accuracy")).toMatchObject({ beats: null });
  expect(of("accuracy")?.cells.get("0")).toMatchObject({ interval, verdict: null });
});

test("regression: of pairs that were learned together each has a column; the verdict is about all of them", () => {
  const leg = (instrumentId: number, symbol: string) => ({
    ...{ instrumentId, symbol, venue: "test", sector: null },
  });
  const books = [
    [leg(1, "A"), leg(2, "B")],
    [leg(3, "C"), leg(4, "D")],
  ];
  const members = [0.6, 0.8].map((logLoss) => ({ scores: { logLoss }, intervals: {} }));
  const verdict = testVerdict({ kind: "beats", reason: "shown" });
  const summary = testSummary({
    groups: [{ ...testGroup("pooled", "2 together"), books }],
    results: [
      testResult({ model: "1", group: "pooled", scores: { logLoss: 0.7 }, members, verdict }),
    ],
  });
  expect(matrixColumns(summary).map(({ label }) => label)).toEqual(["A / B", "C / D"]);
  const [, model] = scoreMatrix(summary, "logLoss");
  expect([...(model?.cells.values() ?? [])]).toEqual(
    [0.6, 0.8].map((value) => ({ value, interval: null, verdict: null, refusal: null })),
  );
  expect(model?.mean).toBeCloseTo(0.7);
});

test("there is no mean of nothing", () => {
  expect(meanOf([null, undefined])).toBeNull();
});
