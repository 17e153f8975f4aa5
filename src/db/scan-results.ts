import { z } from "zod";
import type { Manifest } from "#contracts/manifest.ts";
import { ScanConfig, type ScanPairRow, type ScanSummary } from "#contracts/scan.ts";
import type { Queryable } from "./client.ts";

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

/** A pair as it is stored: symbols and the corrected p-value are derived when it is read. */
export type ScanPairResult = Omit<ScanPairRow, "symbolY" | "symbolX" | "pValue">;

/** Replaces the result of a scan. Part of the transaction that finishes its job. */
export async function saveScanResult(
  client: Queryable,
  scanId: string,
  result: {
    readonly pairs: readonly ScanPairResult[];
    readonly summary: ScanSummary;
    readonly manifest: Manifest;
  },
): Promise<void> {
  await client.query("DELETE FROM scan_pair WHERE scan_id = $1", [scanId]);
  for (let start = 0; start < result.pairs.length; start += PAIRS_PER_STATEMENT) {
    await insertPairs(client, scanId, result.pairs.slice(start, start + PAIRS_PER_STATEMENT));
  }
  await client.query("UPDATE scan SET summary = $2, manifest = $3 WHERE id = $1", [
    scanId,
    JSON.stringify(result.summary),
    JSON.stringify(result.manifest),
  ]);
}

const PAIRS_PER_STATEMENT = 2_000;

async function insertPairs(
  client: Queryable,
  scanId: string,
  pairs: readonly ScanPairResult[],
): Promise<void> {
  await client.query(
    `INSERT INTO scan_pair (scan_id, instrument_y, instrument_x, refusal, observations, hedge_ratio,
       intercept, statistic_yx, p_value_yx, lags_yx, statistic_xy, p_value_xy, lags_xy, q_value,
       half_life_bars, correlation)
     SELECT $1, * FROM unnest($2::int[], $3::int[], $4::text[], $5::int[], $6::float8[],
       $7::float8[], $8::float8[], $9::float8[], $10::int[], $11::float8[], $12::float8[],
       $13::int[], $14::float8[], $15::float8[], $16::float8[])`,
    [
      scanId,
      pairs.map((pair) => pair.instrumentY),
      pairs.map((pair) => pair.instrumentX),
      pairs.map((pair) => pair.refusal),
      pairs.map((pair) => pair.observations),
      pairs.map((pair) => pair.hedgeRatio),
      pairs.map((pair) => pair.intercept),
      pairs.map((pair) => pair.statisticYx),
      pairs.map((pair) => pair.pValueYx),
      pairs.map((pair) => pair.lagsYx),
      pairs.map((pair) => pair.statisticXy),
      pairs.map((pair) => pair.pValueXy),
      pairs.map((pair) => pair.lagsXy),
      pairs.map((pair) => pair.qValue),
      pairs.map((pair) => pair.halfLifeBars),
      pairs.map((pair) => pair.correlation),
    ],
  );
}
