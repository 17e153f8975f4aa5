import { keepPreviousData, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import type { ScanPairSortBy } from "#contracts/scan-pair-list.ts";
import type { TableSort, TableView } from "#ui/data-table-column.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { filterPairs, type PairFilter } from "./pair-rows.ts";

/** Pairs as a table shows them. */
export type ListedPairs = {
  readonly rows: readonly ScanPairRow[];
  /** Pairs that there are: more than the rows of a large scan. */
  readonly matchCount: number;
  /** All tested pairs of the scan, where they are few enough to be here; else null. */
  readonly whole: readonly ScanPairRow[] | null;
  /** Column that the server ordered by, of which the rows are the first; null: the judged p-value. */
  readonly sortedBy: TableSort | null;
};

/** What the server calls the columns by which it can order. */
const SORTS: Readonly<Record<string, ScanPairSortBy>> = {
  pair: "symbols",
  rank: "rank",
  judged: "pValue",
  combined: "combinedPValue",
  qValue: "qValue",
  johansen: "johansenPValue",
  hurst: "hurst",
  halfLife: "halfLifeBars",
  crossings: "meanCrossings",
  correlation: "correlation",
  hedgeRatio: "hedgeRatio",
  cluster: "cluster",
  observations: "observations",
  pValueYx: "pValueYx",
  pValueXy: "pValueXy",
  statistic: "statisticYx",
  statisticXy: "statisticXy",
};

/**
 * The tested pairs of a scan. Those of a small one are all here, to be filtered and ordered by the table;
 * of a large one the server finds the first of what is asked for.
 */
export function useListedPairs(
  scan: ScanView,
  show: PairFilter,
  { view, firstSort }: { readonly view: TableView; readonly firstSort: TableSort },
): ListedPairs {
  const trpc = useTRPC();
  const { data: best } = useSuspenseQuery(trpc.scans.pairs.queryOptions({ scanId: scan.id }));
  const isWhole = best.rows.length === best.matchCount;
  // What is being typed is not asked for letter by letter.
  const search = useDeferredValue(view.filter.trim());
  const sortedBy = view.sort?.id === firstSort.id && !view.sort.desc ? null : view.sort;
  const by = sortedBy === null ? undefined : SORTS[sortedBy.id];
  const asked = useQuery({
    ...trpc.scans.pairs.queryOptions({
      scanId: scan.id,
      show,
      search,
      ...(by === undefined ? {} : { sort: { by, desc: sortedBy?.desc ?? false } }),
    }),
    enabled: !isWhole && (show !== "all" || search !== "" || by !== undefined),
    placeholderData: keepPreviousData,
  });
  const { significance } = scan.config;
  // The table works every row out anew when its rows are another array.
  const filtered = useMemo(
    () => (isWhole ? filterPairs(best.rows, show, significance) : []),
    [isWhole, best.rows, show, significance],
  );
  if (isWhole) {
    return { rows: filtered, matchCount: filtered.length, whole: best.rows, sortedBy: null };
  }
  const found = asked.data ?? best;
  // A search without a find keeps its box: the table says that nothing matches.
  const rows = search !== "" && found.rows.length === 0 ? best.rows : found.rows;
  return {
    rows,
    matchCount: found.matchCount,
    whole: null,
    sortedBy: by === undefined ? null : sortedBy,
  };
}
