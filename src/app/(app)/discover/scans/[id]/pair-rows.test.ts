import { expect, test } from "vitest";
import type { ScanPairRow } from "#contracts/scan.ts";
import type { ScanFunnelStep, ScanStage } from "#contracts/scan-funnel.ts";
import { filterPairs, pairFilterOf, stageCounts, stageCountsOf } from "./pair-rows.ts";

function row(symbolY: string, symbolX: string, pValue: number | null, qValue: number | null) {
  return {
    instrumentY: 1,
    instrumentX: 2,
    symbolY,
    symbolX,
    refusal: null,
    observations: 100,
    hedgeRatio: 1,
    intercept: 0,
    statisticYx: -3,
    pValueYx: pValue,
    lagsYx: 1,
    statisticXy: -3,
    pValueXy: pValue,
    lagsXy: 1,
    pValue,
    qValue,
    halfLifeBars: 10,
    correlation: 0.5,
  } satisfies ScanPairRow;
}

const ROWS = [row("B", "C", 0.01, 0.02), row("A", "C", 0.04, 0.2), row("A", "B", 0.5, 0.6)];

test("a discovery is judged by its q-value, a rejection by its p-value", () => {
  expect(filterPairs(ROWS, "discovered", 0.05)).toEqual([ROWS[0]]);
  expect(filterPairs(ROWS, "below", 0.05)).toEqual([ROWS[0], ROWS[1]]);
  expect(filterPairs(ROWS, "all", 0.05)).toEqual(ROWS);
});

test("a pair without a p-value is in no selection but all", () => {
  const untested = [row("A", "B", null, null)];
  expect(filterPairs(untested, "below", 0.05)).toEqual([]);
  expect(filterPairs(untested, "discovered", 0.05)).toEqual([]);
});

test("an address that names no known filter shows all pairs", () => {
  expect(pairFilterOf("below")).toBe("below");
  expect(pairFilterOf("something")).toBe("all");
  expect(pairFilterOf(null)).toBe("all");
});

test("pairs of a funnel are counted and filtered by the stage to which they came", () => {
  const funnel = {
    reason: null,
    pValue: 0.01,
    rank: null,
    cluster: null,
    combinedPValue: 0.01,
    johansenPValue: null,
    hurst: null,
    meanCrossings: null,
  };
  const [first, second, third] = ROWS;
  const rows: ScanPairRow[] = [
    { ...row("B", "C", 0.01, 0.02), ...first, funnel: { ...funnel, stage: "hurst" } },
    { ...row("B", "C", 0.01, 0.02), ...second, funnel: { ...funnel, stage: "passed" } },
    { ...row("B", "C", 0.01, 0.02), ...third, funnel: { ...funnel, stage: "hurst" } },
  ];
  expect(stageCounts(rows)).toEqual([
    { stage: "passed", count: 1 },
    { stage: "hurst", count: 2 },
  ]);
  expect(filterPairs(rows, pairFilterOf("hurst"), 0.05)).toHaveLength(2);
  expect(filterPairs(rows, pairFilterOf("passed"), 0.05)).toHaveLength(1);
});

test("pairs of a large funnel are counted by its steps, but for those that could not be tested", () => {
  const step = (stage: ScanStage, reasons: ScanFunnelStep["reasons"]) => ({
    stage,
    entered: 9,
    passed: 1,
    reasons,
  });
  const funnel = {
    instrumentCount: 5,
    keptInstrumentCount: 5,
    clusterCount: 1,
    assignedCount: 5,
    candidateCount: 10,
    passedCount: 1,
    steps: [
      step("quality", [{ reason: "too-often-frozen", count: 3 }]),
      step("cointegration", [
        { reason: "not-cointegrated", count: 6 },
        { reason: "refused", count: 2 },
      ]),
      step("hurst", []),
    ],
  };
  expect(stageCountsOf(funnel)).toEqual([
    { stage: "passed", count: 1 },
    { stage: "cointegration", count: 6 },
  ]);
});
