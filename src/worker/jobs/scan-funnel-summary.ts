import type { ScanSummary } from "#contracts/scan.ts";
import type {
  ScanFunnelConfig,
  ScanFunnelSummary,
  ScanReason,
  ScanStage,
} from "#contracts/scan-funnel.ts";
import { type Fallen, funnelSteps } from "#quant/pairs/funnel-steps.ts";
import { PAIR_VERDICTS } from "#quant/pairs/pair-verdict.ts";
import { isBaseline } from "./scan-baselines.ts";
import type { funnelPairs, JudgedUniverse } from "./scan-funnel-pairs.ts";

type FallenPairs = Fallen<ScanStage, ScanReason>;

/** Counts of a finished scan with a funnel, but for the time it took. */
export function funnelSummary(
  universe: JudgedUniverse,
  { figures, pValues, qValues, funnel: found }: ReturnType<typeof funnelPairs>,
  significance: number,
): Omit<ScanSummary, "durationMs" | "funnel"> & { readonly funnel: ScanFunnelSummary } {
  const { series, kept, clustered, funnel } = universe;
  const pairCount = pValues.length;
  const testedCount = countOf(figures.refusal, (refusal) => refusal === 0);
  const counts = new Uint32Array(PAIR_VERDICTS.length);
  for (const number of found.verdict) counts[number] = (counts[number] ?? 0) + 1;
  const verdicts = PAIR_VERDICTS.map((verdict, n) => ({ ...verdict, count: counts[n] ?? 0 }));
  const countAt = (stage: ScanStage) =>
    verdicts.reduce((sum, one) => (one.stage === stage ? sum + one.count : sum), 0);
  // NaN is below nothing: a pair with a leg that is no random walk was tested, but counts for nothing.
  const rejectedCount = countOf(pValues, (value) => value < significance);
  const isCorrected = funnel.test.kind === "calibrated" && funnel.test.correction !== "none";
  const fallen = [
    ...fallenInstruments(universe, pairCount),
    ...verdicts.flatMap(({ stage, reason, count }): FallenPairs[] =>
      reason === null ? [] : [{ stage, reason, count }],
    ),
  ];
  return {
    pairCount,
    testedCount,
    refusedCount: pairCount - testedCount,
    rejectedCount,
    expectedFalseCount: countOf(pValues, (value) => !Number.isNaN(value)) * significance,
    discoveredCount: isCorrected
      ? countOf(qValues, (value) => value < significance)
      : rejectedCount,
    funnel: {
      instrumentCount: series.length,
      keptInstrumentCount: kept.length,
      clusterCount: clustered.clusterCount,
      assignedCount: clustered.labels.filter((label) => label >= 0).length,
      candidateCount: pairCount,
      passedCount: countAt("passed"),
      steps: funnelSteps(pairsAmong(series.length), fallen, stagesOf(funnel)).map((step) => ({
        ...step,
        reasons: [...step.reasons],
      })),
    },
  };
}

function countOf(values: Uint8Array | Float64Array, is: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (is(value)) count += 1;
  return count;
}

function stagesOf({ clustering, test, filters }: ScanFunnelConfig): ScanStage[] {
  const isCalibrated = test.kind === "calibrated";
  const stages: readonly (readonly [ScanStage, boolean])[] = [
    ["quality", true],
    ["clustering", clustering.kind !== "none" && !isBaseline(clustering)],
    ["baseline", isBaseline(clustering)],
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
function fallenInstruments(
  { qualityReasons, kept, clustered, funnel }: JudgedUniverse,
  candidateCount: number,
): FallenPairs[] {
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
    {
      stage: "baseline",
      reason: "not-selected",
      count: isBaseline(funnel.clustering) ? together - candidateCount : 0,
    },
  ];
}

function pairsAmong(count: number): number {
  return (count * (count - 1)) / 2;
}
