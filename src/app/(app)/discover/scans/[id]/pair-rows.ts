import type { ScanPairRow } from "#contracts/scan.ts";
import type { ScanStage } from "#contracts/scan-funnel.ts";
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

/** Every symbol of a scan once, in alphabetical order. */
export function symbolsOf(rows: readonly ScanPairRow[]): string[] {
  const symbols = new Set(rows.flatMap(({ symbolY, symbolX }) => [symbolY, symbolX]));
  return [...symbols].sort((a, b) => (a < b ? -1 : 1));
}

export function pairHref(scanId: string, row: ScanPairRow): string {
  return `/pairs/${scanId}/${row.instrumentY}/${row.instrumentX}`;
}
