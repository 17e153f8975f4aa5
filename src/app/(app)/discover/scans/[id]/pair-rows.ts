import type { ScanPairRow } from "#contracts/scan.ts";
import type { ScanFunnelSummary, ScanStage } from "#contracts/scan-funnel.ts";
import { PAIR_STAGES } from "./funnel-words.ts";

/** Which pairs of a scan without a funnel a person wants to see. */
export const PAIR_FILTERS = [
  { id: "discovered", label: "Discovered" },
  { id: "below", label: "Below significance" },
  { id: "all", label: "All" },
] as const;

/** All pairs, the finds, or those that stand at one stage of the funnel. */
export type PairFilter = (typeof PAIR_FILTERS)[number]["id"] | ScanStage;

/** The filter that an address names; all pairs when it names none. */
export function pairFilterOf(text: string | null): PairFilter {
  const known: readonly PairFilter[] = [...PAIR_FILTERS.map(({ id }) => id), ...PAIR_STAGES];
  return known.find((id) => id === text) ?? "all";
}

export function filterPairs(
  rows: readonly ScanPairRow[],
  filter: PairFilter,
  significance: number,
): ScanPairRow[] {
  switch (filter) {
    case "all":
      return [...rows];
    case "below":
      return rows.filter(({ pValue }) => pValue !== null && pValue < significance);
    case "discovered":
      return rows.filter(({ qValue }) => qValue !== null && qValue < significance);
    default:
      return rows.filter(({ funnel }) => funnel?.stage === filter);
  }
}

/** The stages at which pairs of a funnel stand, with how many, in their order. */
export function stageCounts(rows: readonly ScanPairRow[]): { stage: ScanStage; count: number }[] {
  return PAIR_STAGES.flatMap((stage) => {
    const count = rows.filter(({ funnel }) => funnel?.stage === stage).length;
    return count === 0 ? [] : [{ stage, count }];
  });
}

/** The same of a scan too large for its pairs to be here; pairs that could not be tested are left out. */
export function stageCountsOf({
  passedCount,
  steps,
}: ScanFunnelSummary): { stage: ScanStage; count: number }[] {
  return PAIR_STAGES.flatMap((stage) => {
    const reasons = steps.find((step) => step.stage === stage)?.reasons ?? [];
    const tested = reasons.filter(({ reason }) => reason !== "refused");
    const fallen = tested.reduce((sum, { count }) => sum + count, 0);
    const count = stage === "passed" ? passedCount : fallen;
    return count === 0 ? [] : [{ stage, count }];
  });
}

export function pairHref(
  scanId: string,
  row: Pick<ScanPairRow, "instrumentY" | "instrumentX">,
): string {
  return `/pairs/${scanId}/${row.instrumentY}/${row.instrumentX}`;
}
