import type { ScanPairRow } from "#contracts/scan.ts";
import type {
  ScanPairList,
  ScanPairListRequest,
  ScanPairShow,
  ScanPairSortBy,
} from "#contracts/scan-pair-list.ts";
import type { Database } from "./client.ts";
import { PAIR_INSTRUMENTS, pairSelect } from "./scan-pair-select.ts";
import { scanOf } from "./scans.ts";

/**
 * Pairs of a scan as a page lists them: the first of those that were asked for, and how many there are.
 *
 * @throws {AppError} not-found
 */
export async function scanPairListOf(
  database: Database,
  workspaceId: string,
  request: ScanPairListRequest,
): Promise<ScanPairList> {
  const { scanId, sort, limit } = request;
  const { config } = await scanOf(database, workspaceId, scanId);
  const legs = await legsOfWords(database, scanId, request.search);
  const values: unknown[] = [workspaceId, scanId];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    "p.scan_id = $2",
    shownCondition(request.show, config.significance, parameter),
    ...legs.map((ids) => {
      const wanted = parameter(ids);
      return `(p.instrument_y = any(${wanted}) or p.instrument_x = any(${wanted}))`;
    }),
  ].join(" and ");
  const order = `${SORTS[sort.by]} ${sort.desc ? "desc" : "asc"} nulls last,
    p.p_value nulls last, p.instrument_y, p.instrument_x`;
  // Symbols are looked up for the listed pairs alone, unless they are the order.
  const first = `(select p.* from scan_pair p ${sort.by === "symbols" ? PAIR_INSTRUMENTS : ""}
    where ${conditions} order by ${order} limit ${limit})`;
  const { rows } = await database.pool.query<ScanPairRow>(
    `${pairSelect(first)} order by ${order}`,
    values,
  );
  if (rows.length < limit) return { rows, matchCount: rows.length };
  const { rows: counts } = await database.pool.query<{ count: number }>(
    // Both queries have the same parameters; this one does not need the workspace, which it has seen.
    `select count(*)::int as count from scan_pair p where $1::uuid is not null and ${conditions}`,
    values,
  );
  return { rows, matchCount: counts[0]?.count ?? rows.length };
}

function shownCondition(
  show: ScanPairShow,
  significance: number,
  parameter: (value: unknown) => string,
): string {
  switch (show) {
    case "all":
      return "p.refusal is null";
    case "refused":
      return "p.refusal is not null";
    case "below":
      return `p.p_value < ${parameter(significance)}`;
    case "discovered":
      return `p.q_value < ${parameter(significance)}`;
    default:
      return `p.refusal is null and p.stage = ${parameter(show)}`;
  }
}

const SORTS: Record<ScanPairSortBy, string> = {
  symbols: `(y.symbol || ' / ' || x.symbol) collate "C"`,
  observations: "p.observations",
  hedgeRatio: "p.hedge_ratio",
  statisticYx: "p.statistic_yx",
  statisticXy: "p.statistic_xy",
  pValueYx: "p.p_value_yx",
  pValueXy: "p.p_value_xy",
  pValue: "p.p_value",
  qValue: "p.q_value",
  halfLifeBars: "p.half_life_bars",
  correlation: "p.correlation",
  rank: "p.rank",
  cluster: "p.cluster",
  combinedPValue: "p.combined_p_value",
  johansenPValue: "p.johansen_p_value",
  hurst: "p.hurst",
  meanCrossings: "p.mean_crossings",
};

/** For each word of a search the instruments of the scan in whose symbol it occurs. */
async function legsOfWords(
  database: Database,
  scanId: string,
  search: string,
): Promise<readonly (readonly number[])[]> {
  // "AAA / BBB" is how a pair is written.
  const words = search
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  if (words.length === 0) return [];
  const { rows } = await database.pool.query<{ id: number; symbol: string }>(
    `select i.id, lower(i.symbol) as symbol from scan s join instrument i on i.id = any(s.instrument_ids)
      where s.id = $1`,
    [scanId],
  );
  return words.map((word) =>
    rows.filter(({ symbol }) => symbol.includes(word)).map(({ id }) => id),
  );
}
