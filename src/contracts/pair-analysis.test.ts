import fc from "fast-check";
import { expect, test } from "vitest";
import { PairAnalysisConfig } from "./pair-analysis.ts";
import {
  PAIR_ANALYSIS_COLUMNS,
  packPairAnalysisSeries,
  unpackPairAnalysisSeries,
} from "./pair-analysis-series.ts";

const CONFIG: PairAnalysisConfig = {
  instrumentY: 1,
  instrumentX: 2,
  intervalMs: 3_600_000,
  window: { startMs: 0, endMs: 86_400_000 },
  prices: "log",
  hedge: { kind: "ols" },
  zScoreWindowBars: 60,
  testWindowBars: 250,
  costBps: 5,
  riskFreeBps: 1,
};

test("a question comes back from JSON as it went in", () => {
  for (const hedge of [
    { kind: "ols" },
    { kind: "rolling-ols", windowBars: 250 },
    { kind: "kalman", delta: 1e-4, observationVariance: 1e-3 },
  ] as const) {
    const config = { ...CONFIG, hedge };
    expect(PairAnalysisConfig.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  }
});

test.each([
  { name: "one instrument on both sides", change: { instrumentX: 1 } },
  { name: "an unknown interval", change: { intervalMs: 7 } },
  { name: "a method that does not exist", change: { hedge: { kind: "magic" } } },
  { name: "a setting of another method", change: { hedge: { kind: "ols", windowBars: 20 } } },
  { name: "a z-score of two bars", change: { zScoreWindowBars: 2 } },
  { name: "tests of too few bars", change: { testWindowBars: 59 } },
  { name: "a negative cost", change: { costBps: -1 } },
  { name: "an unknown field", change: { extra: true } },
])("$name is no question", ({ change }) => {
  expect(PairAnalysisConfig.safeParse({ ...CONFIG, ...change }).success).toBe(false);
});

test("series come back from their packing bit for bit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 7 }), (bars, shift) => {
      const column = (index: number) =>
        Float64Array.from({ length: bars }, (_, i) => (i % 3 === 2 ? Number.NaN : index + i / 7));
      const columns = {
        openTimeMs: column(0),
        closeY: column(1),
        closeX: column(2),
        spread: column(3),
        rollingMean: column(4),
        zScore: column(5),
        correlation: column(6),
        beta: column(7),
        hedgeRatio: column(8),
        adfPValue: column(9),
        engleGrangerPValue: column(10),
        cusum: column(11),
      };
      const packed = packPairAnalysisSeries(columns);
      expect(packed.byteLength).toBe(PAIR_ANALYSIS_COLUMNS.length * bars * 8);
      const shifted = new Uint8Array(packed.byteLength + shift);
      shifted.set(packed, shift);
      expect(unpackPairAnalysisSeries(shifted.subarray(shift))).toEqual(columns);
    }),
  );
});
