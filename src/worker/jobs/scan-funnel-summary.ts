import type { ScanSummary } from "#contracts/scan.ts";
import type { ScanFunnelConfig, ScanReason, ScanStage } from "#contracts/scan-funnel.ts";
import type { ScanCandidate } from "#db/scan-funnel-results.ts";
import { type Fallen, funnelSteps } from "#quant/pairs/funnel-steps.ts";
import type { JudgedUniverse } from "./scan-funnel-rows.ts";

type FallenPairs = Fallen<ScanStage, ScanReason>;

/** Counts of a finished scan with a funnel, but for the time it took. */
export function funnelSummary(
  universe: JudgedUniverse,
  rows: readonly ScanCandidate[],
  significance: number,
): Omit<ScanSummary, "durationMs"> {
  const { series, kept, clustered, funnel } = universe;
  const tested = rows.filter(({ refusal }) => refusal === null);
  // Pairs with a leg that is no random walk were tested, but count for nothing.
  const family = tested.filter((row) => row.funnel.stage !== "unit-roots");
  const rejected = family.filter((row) => (row.funnel.pValue ?? 1) < significance);
  const isCorrected = funnel.test.kind === "calibrated" && funnel.test.correction !== "none";
  const discovered = isCorrected
    ? family.filter(({ qValue }) => (qValue ?? 1) < significance)
    : rejected;
  const fallen = [
    ...fallenInstruments(universe),
    ...rows.flatMap((row): FallenPairs[] => {
      const { stage, reason } = row.funnel;
      return reason === null ? [] : [{ stage, reason, count: 1 }];
    }),
  ];
  return {
    pairCount: rows.length,
    testedCount: tested.length,
    refusedCount: rows.length - tested.length,
    rejectedCount: rejected.length,
    expectedFalseCount: family.length * significance,
    discoveredCount: discovered.length,
    funnel: {
      instrumentCount: series.length,
      keptInstrumentCount: kept.length,
      clusterCount: clustered.clusterCount,
      assignedCount: clustered.labels.filter((label) => label >= 0).length,
      candidateCount: rows.length,
      passedCount: rows.filter((row) => row.funnel.stage === "passed").length,
      steps: funnelSteps(pairsAmong(series.length), fallen, stagesOf(funnel)).map((step) => ({
        ...step,
        reasons: [...step.reasons],
      })),
    },
  };
}

function stagesOf({ clustering, test, filters }: ScanFunnelConfig): ScanStage[] {
  const isCalibrated = test.kind === "calibrated";
  const stages: readonly (readonly [ScanStage, boolean])[] = [
    ["quality", true],
    ["clustering", clustering.kind !== "none"],
    ["unit-roots", isCalibrated && test.requiresUnitRoots],
    ["cointegration", true],
    ["correction", isCalibrated && test.correction !== "none"],
    ["johansen", isCalibrated && test.requiresJohansen],
    ["hurst", filters.hurstMax !== null],
    ["half-life", filters.halfLifeBarsMax !== null],
    ["mean-crossings", filters.meanCrossingsMin !== null],
    ["correlation", filters.correlationMin !== null],
  ];
  return stages.flatMap(([stage, isPart]) => (isPart ? [stage] : []));
}

/** Pairs that never became candidates. One with two poor legs counts for the graver reason. */
function fallenInstruments({ qualityReasons, kept, clustered }: JudgedUniverse): FallenPairs[] {
  const missing = qualityReasons.filter((reason) => reason === "too-many-missing").length;
  const all = pairsAmong(qualityReasons.length);
  const withoutMissing = pairsAmong(qualityReasons.length - missing);
  const sizes = new Map<number, number>();
  for (const label of clustered.labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const noise = sizes.get(-1) ?? 0;
  sizes.delete(-1);
  const together = [...sizes.values()].reduce((sum, size) => sum + pairsAmong(size), 0);
  const assigned = pairsAmong(kept.length - noise);
  return [
    { stage: "quality", reason: "too-many-missing", count: all - withoutMissing },
    {
      stage: "quality",
      reason: "too-often-frozen",
      count: withoutMissing - pairsAmong(kept.length),
    },
    { stage: "clustering", reason: "no-cluster", count: pairsAmong(kept.length) - assigned },
    { stage: "clustering", reason: "other-cluster", count: assigned - together },
  ];
}

function pairsAmong(count: number): number {
  return (count * (count - 1)) / 2;
}
