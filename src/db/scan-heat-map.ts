import {
  HEAT_MAP_SYMBOLS_MAX,
  type HeatMapPair,
  type ScanHeatMap,
} from "#contracts/scan-pair-list.ts";
import type { Database } from "./client.ts";
import { found } from "./found.ts";
import { PAIR_INSTRUMENTS } from "./scan-pair-select.ts";

/**
 * The heat map of a scan: all pairs among its symbols, or among those of its best pairs.
 *
 * @throws {AppError} not-found
 */
export async function scanHeatMapOf(
  database: Database,
  workspaceId: string,
  scanId: string,
): Promise<ScanHeatMap> {
  const scans = await database.pool.query<{ ids: number[] }>(
    `select instrument_ids as ids from scan
      where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, scanId],
  );
  const { ids } = found(scans.rows[0], "scan");
  const chosen =
    ids.length <= HEAT_MAP_SYMBOLS_MAX ? ids : await instrumentsOfBestPairs(database, scanId);
  const { rows: pairs } = await database.pool.query<HeatMapPair>(
    `select p.instrument_y as "instrumentY", p.instrument_x as "instrumentX",
            coalesce(y.symbol, '#' || p.instrument_y) as "symbolY",
            coalesce(x.symbol, '#' || p.instrument_x) as "symbolX", p.refusal,
            p.p_value_yx as "pValueYx", p.p_value_xy as "pValueXy", p.q_value as "qValue",
            p.half_life_bars as "halfLifeBars", p.correlation, p.stage
       from scan_pair p ${PAIR_INSTRUMENTS}
      where p.scan_id = $1 and p.instrument_y = any($2) and p.instrument_x = any($2)
      order by p.instrument_y, p.instrument_x`,
    [scanId, chosen],
  );
  const symbols = new Set(pairs.flatMap(({ symbolY, symbolX }) => [symbolY, symbolX]));
  return {
    symbols: [...symbols].sort((a, b) => (a < b ? -1 : 1)),
    instrumentCount: ids.length,
    pairs,
  };
}

/** The instruments whose best pair has the smallest p-value. */
async function instrumentsOfBestPairs(database: Database, scanId: string): Promise<number[]> {
  const { rows } = await database.pool.query<{ leg: number }>(
    `select leg from scan_pair cross join lateral (values (instrument_y), (instrument_x)) l(leg)
      where scan_id = $1 and p_value is not null
      group by leg order by min(p_value), leg limit ${HEAT_MAP_SYMBOLS_MAX}`,
    [scanId],
  );
  return rows.map(({ leg }) => leg);
}
