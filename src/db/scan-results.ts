import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import type { Manifest } from "#contracts/manifest.ts";
import { ScanConfig, type ScanSummary } from "#contracts/scan.ts";
import type { ScanClusters } from "#contracts/scan-clusters.ts";
import type { DatabaseClient, Queryable } from "./client.ts";
import { found } from "./found.ts";
import { bytesFromScanPairs, SCAN_PAIR_COLUMNS, type ScanPairs } from "./scan-pair-copy.ts";

/** What a scan job is to compute. */
export type ScanTask = {
  readonly scanId: string;
  readonly config: ScanConfig;
  readonly intervalMs: number;
  readonly instrumentIds: readonly number[];
};

const ScanTaskRow = z.object({
  config: ScanConfig,
  interval_ms: z.number(),
  instrument_ids: z.array(z.number()),
});

/** The scan that a job is for, with the universe as it was when it began; null when it is gone. */
export async function scanTask(
  client: Queryable,
  workspaceId: string,
  scanId: string,
): Promise<ScanTask | null> {
  const { rows } = await client.query(
    `SELECT config, interval_ms, instrument_ids FROM scan
     WHERE id = $2 AND workspace_id = $1`,
    [workspaceId, scanId],
  );
  if (rows.length === 0) return null;
  const row = ScanTaskRow.parse(rows[0]);
  return {
    scanId,
    config: row.config,
    intervalMs: row.interval_ms,
    instrumentIds: row.instrument_ids,
  };
}

/** What a scan found. */
export type ScanResult = {
  readonly pairs: ScanPairs;
  /** null where the universe has no map. */
  readonly clusters: ScanClusters | null;
  readonly summary: ScanSummary;
  readonly manifest: Manifest;
};

/**
 * Replaces the result of a scan. Part of the transaction that finishes its job.
 *
 * @param options.signal aborted when the result is no longer wanted; the transaction then fails
 * @param options.onProgress share of the pairs that are written, 0..1
 * @throws {AppError} not-found when the scan is gone
 */
export async function saveScanResult(
  client: DatabaseClient,
  scanId: string,
  result: ScanResult,
  options: { readonly signal: AbortSignal; readonly onProgress?: (fraction: number) => void },
): Promise<void> {
  // Pairs have no foreign key: checking it row by row costs more than the test that found the pair. The
  // scan is held until the commit instead, and takes its pairs with it when it is deleted.
  const { rows } = await client.query("SELECT id FROM scan WHERE id = $1 FOR KEY SHARE", [scanId]);
  found(rows[0], "scan");
  await client.query("DELETE FROM scan_pair WHERE scan_id = $1", [scanId]);
  const sink = client.query(
    copyFrom(`COPY scan_pair (${SCAN_PAIR_COLUMNS.join()}) FROM STDIN (FORMAT binary)`),
  );
  const { signal, onProgress } = options;
  await pipeline(bytesFromScanPairs(scanId, result.pairs, onProgress), sink, { signal });
  await client.query("UPDATE scan SET summary = $2, manifest = $3, clusters = $4 WHERE id = $1", [
    scanId,
    JSON.stringify(result.summary),
    JSON.stringify(result.manifest),
    result.clusters === null ? null : JSON.stringify(result.clusters),
  ]);
}
