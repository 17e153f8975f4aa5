import type { ScanConfig, ScanSummary } from "#contracts/scan.ts";
import type { SurvivorCounts } from "#quant/multiple-testing/survivor-counts.ts";
import type { CorrectedPValues } from "../compute/correct-p-values.ts";
import type { JobContext } from "./job-context.ts";

/** Counts of a finished scan. */
export function scanSummary(
  { pValues, qValues }: CorrectedPValues,
  { significance }: ScanConfig,
  durationMs: number,
): ScanSummary {
  // A pair that was not tested is NaN, which is below nothing.
  const countBelow = (values: Float64Array, limit: number) =>
    values.reduce((count, value) => (value < limit ? count + 1 : count), 0);
  const testedCount = countBelow(pValues, Number.POSITIVE_INFINITY);
  return {
    pairCount: pValues.length,
    testedCount,
    refusedCount: pValues.length - testedCount,
    rejectedCount: countBelow(pValues, significance),
    expectedFalseCount: testedCount * significance,
    discoveredCount: countBelow(qValues, significance),
    durationMs,
  };
}

/** How many pairs each correction leaves, whichever was chosen. */
export function countSurvivors(
  { compute, signal }: JobContext,
  pValues: Float64Array,
  { significance }: Pick<ScanConfig, "significance">,
): Promise<SurvivorCounts> {
  return compute.run("count-survivors", { pValues, significance }, { signal });
}
