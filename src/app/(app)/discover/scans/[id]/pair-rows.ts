import type { ScanPairRow } from "#contracts/scan.ts";

/** Which pairs of a scan a person wants to see. */
export const PAIR_FILTERS = [
  { id: "discovered", label: "Discovered" },
  { id: "below", label: "Below significance" },
  { id: "all", label: "All" },
] as const;
export type PairFilter = (typeof PAIR_FILTERS)[number]["id"];

/** The filter that an address names; all pairs when it names none. */
export function pairFilterOf(text: string | null): PairFilter {
  return PAIR_FILTERS.find(({ id }) => id === text)?.id ?? "all";
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
  }
}

/** Every symbol of a scan once, in alphabetical order. */
export function symbolsOf(rows: readonly ScanPairRow[]): string[] {
  const symbols = new Set(rows.flatMap(({ symbolY, symbolX }) => [symbolY, symbolX]));
  return [...symbols].sort((a, b) => (a < b ? -1 : 1));
}

export function pairHref(scanId: string, row: ScanPairRow): string {
  return `/pairs/${scanId}/${row.instrumentY}/${row.instrumentX}`;
}
