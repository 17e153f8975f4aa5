import type { Manifest } from "#contracts/manifest.ts";
import type { ScanPairRow, ScanSummary } from "#contracts/scan.ts";
import { ScanClusters } from "#contracts/scan-clusters.ts";
import type { ScanPairFunnel } from "#contracts/scan-funnel.ts";
import type { Database, Queryable } from "./client.ts";
import { found } from "./found.ts";

/** A candidate as it is stored: symbols are looked up when it is read. */
export type ScanCandidate = Omit<ScanPairRow, "symbolY" | "symbolX" | "pValue" | "funnel"> & {
  readonly funnel: ScanPairFunnel;
};

/**
 * Replaces the result of a scan by that of its funnel. Part of the transaction that finishes its job.
 *
 * @param signal aborted when the result is no longer wanted; the transaction then fails
 */
export async function saveFunnelResult(
  client: Queryable,
  scanId: string,
  result: {
    readonly candidates: readonly ScanCandidate[];
    /** null where the universe has no map. */
    readonly clusters: ScanClusters | null;
    readonly summary: ScanSummary;
    readonly manifest: Manifest;
  },
  signal: AbortSignal,
): Promise<void> {
  await client.query("DELETE FROM scan_pair WHERE scan_id = $1", [scanId]);
  for (let start = 0; start < result.candidates.length; start += PAIRS_PER_STATEMENT) {
    signal.throwIfAborted();
    await insertCandidates(
      client,
      scanId,
      result.candidates.slice(start, start + PAIRS_PER_STATEMENT),
    );
  }
  await client.query("UPDATE scan SET summary = $2, manifest = $3, clusters = $4 WHERE id = $1", [
    scanId,
    JSON.stringify(result.summary),
    JSON.stringify(result.manifest),
    result.clusters === null ? null : JSON.stringify(result.clusters),
  ]);
}

/** Small enough that a cancelled job does not wait long for one of them. */
const PAIRS_PER_STATEMENT = 1_000;

async function insertCandidates(
  client: Queryable,
  scanId: string,
  candidates: readonly ScanCandidate[],
): Promise<void> {
  await client.query(
    `INSERT INTO scan_pair (scan_id, instrument_y, instrument_x, refusal, observations, hedge_ratio,
       intercept, statistic_yx, p_value_yx, lags_yx, statistic_xy, p_value_xy, lags_xy, q_value,
       half_life_bars, correlation, funnel)
     SELECT $1, * FROM unnest($2::int[], $3::int[], $4::text[], $5::int[], $6::float8[],
       $7::float8[], $8::float8[], $9::float8[], $10::int[], $11::float8[], $12::float8[],
       $13::int[], $14::float8[], $15::float8[], $16::float8[], $17::jsonb[])`,
    [
      scanId,
      candidates.map((pair) => pair.instrumentY),
      candidates.map((pair) => pair.instrumentX),
      candidates.map((pair) => pair.refusal),
      candidates.map((pair) => pair.observations),
      candidates.map((pair) => pair.hedgeRatio),
      candidates.map((pair) => pair.intercept),
      candidates.map((pair) => pair.statisticYx),
      candidates.map((pair) => pair.pValueYx),
      candidates.map((pair) => pair.lagsYx),
      candidates.map((pair) => pair.statisticXy),
      candidates.map((pair) => pair.pValueXy),
      candidates.map((pair) => pair.lagsXy),
      candidates.map((pair) => pair.qValue),
      candidates.map((pair) => pair.halfLifeBars),
      candidates.map((pair) => pair.correlation),
      candidates.map((pair) => JSON.stringify(pair.funnel)),
    ],
  );
}

/**
 * The clusters of a scan with their map; null for a scan without a funnel, an unfinished one, or one
 * whose instruments have too little in common for a map.
 *
 * @throws {AppError} not-found
 */
export async function scanClustersOf(
  database: Database,
  workspaceId: string,
  scanId: string,
): Promise<ScanClusters | null> {
  const { rows } = await database.pool.query<{ clusters: unknown }>(
    "select clusters from scan where workspace_id = $1 and id = $2 and deleted_at is null",
    [workspaceId, scanId],
  );
  return ScanClusters.nullable().parse(found(rows[0], "scan").clusters);
}
