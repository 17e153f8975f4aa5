import { ScanClusters } from "#contracts/scan-clusters.ts";
import type { Database } from "./client.ts";
import { found } from "./found.ts";

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
