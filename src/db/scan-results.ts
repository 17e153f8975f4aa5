import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import type { Manifest } from "#contracts/manifest.ts";
import { ScanConfig, type ScanSummary } from "#contracts/scan.ts";
import type { DatabaseClient, Queryable } from "./client.ts";
import { bytesFromScanPairs, type ScanPairs } from "./scan-pair-copy.ts";

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

/**
 * Replaces the result of a scan. Part of the transaction that finishes its job.
 *
 * @param signal aborted when the result is no longer wanted; the transaction then fails
 */
export async function saveScanResult(
  client: DatabaseClient,
  scanId: string,
  result: {
    readonly pairs: ScanPairs;
    readonly summary: ScanSummary;
    readonly manifest: Manifest;
  },
  signal: AbortSignal,
): Promise<void> {
  await client.query("DELETE FROM scan_pair WHERE scan_id = $1", [scanId]);
  const sink = client.query(
    copyFrom(
      `COPY scan_pair (scan_id, instrument_y, instrument_x, refusal, observations, hedge_ratio,
         intercept, statistic_yx, p_value_yx, lags_yx, statistic_xy, p_value_xy, lags_xy, q_value,
         half_life_bars, correlation) FROM STDIN (FORMAT binary)`,
    ),
  );
  await pipeline(bytesFromScanPairs(scanId, result.pairs), sink, { signal });
  await client.query("UPDATE scan SET summary = $2, manifest = $3 WHERE id = $1", [
    scanId,
    JSON.stringify(result.summary),
    JSON.stringify(result.manifest),
  ]);
}
