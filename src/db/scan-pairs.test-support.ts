import type { ScanPairRow } from "#contracts/scan.ts";
import type { Database } from "./client.ts";
import { scanPairPieces } from "./scan-pairs.ts";

/** All pairs of a scan, the smallest p-value first, those without one last. */
export async function scanPairsOf(
  database: Database,
  workspaceId: string,
  scanId: string,
): Promise<ScanPairRow[]> {
  const rows: ScanPairRow[] = [];
  for await (const piece of scanPairPieces(database, workspaceId, scanId)) rows.push(...piece);
  return rows;
}
