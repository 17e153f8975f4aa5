import { expect, test } from "vitest";
import { testResult, testSummary } from "./run-summary.test-support.ts";
import { thesisRows } from "./thesis-rows.ts";

const RLRT = { key: "rlrt", kind: "rlrt", label: "RLRT", isBaseline: false, parameters: {} };
const LAST = { key: "last", kind: "last", label: "Last value", isBaseline: true, parameters: {} };

test("both accuracies stand side by side, mean over the pairs that have trends", () => {
  const of = (group: string, published: number, againstLast: number) =>
    testResult({
      ...{ model: "rlrt", group },
      scores: {
        ...{ trendAccuracyPublished: published, trendAccuracy: againstLast },
        ...{ wholeTrendAccuracyPublished: published, wholeTrendAccuracy: againstLast },
      },
    });
  const rows = thesisRows(
    testSummary({
      models: [LAST, RLRT],
      results: [
        testResult({
          model: "last",
          scores: { trendAccuracyPublished: null, trendAccuracy: null },
        }),
        of("0", 0.8, 0.4),
        of("1", 0.9, 0.5),
      ],
    }),
  );
  expect(rows.map(({ name, span, pairs }) => `${name}: ${span}, ${pairs}`)).toEqual([
    "Last value: Test, the last fifth, 0",
    "RLRT: Test, the last fifth, 2",
    "RLRT: Whole span, R² of at least 0.6, 2",
  ]);
  expect(rows[0]).toMatchObject({ published: null, againstLast: null });
  expect(rows[1]?.published).toBeCloseTo(0.85);
  expect(rows[1]?.againstLast).toBeCloseTo(0.45);
});
