import { z } from "zod";
import type { BacktestReport } from "#contracts/backtest.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/** What a backtest job is to compute. */
export type BacktestTask = {
  readonly backtestId: string;
  readonly config: StrategyConfig;
  readonly configHash: string;
};

const BacktestTaskRow = z.object({ config: StrategyConfig, config_hash: z.string() });

/** The backtest that a job is for, with its strategy version; null when it is gone. */
export async function backtestTask(
  client: Queryable,
  workspaceId: string,
  backtestId: string,
): Promise<BacktestTask | null> {
  const { rows } = await client.query(
    `SELECT version.config, version.config_hash
     FROM backtest JOIN strategy_version version ON version.id = backtest.strategy_version_id
     WHERE backtest.id = $2 AND backtest.workspace_id = $1`,
    [workspaceId, backtestId],
  );
  if (rows.length === 0) return null;
  const row = BacktestTaskRow.parse(rows[0]);
  return { backtestId, config: row.config, configHash: row.config_hash };
}

/**
 * Stores the result of a backtest. Part of the transaction that finishes its job.
 *
 * @param result.series packed by packBacktestSeries
 */
export async function saveBacktestResult(
  client: Queryable,
  backtestId: string,
  result: { readonly report: BacktestReport; readonly series: Uint8Array },
): Promise<void> {
  await client.query("UPDATE backtest SET report = $2, series = $3 WHERE id = $1", [
    backtestId,
    JSON.stringify(result.report),
    Buffer.from(result.series.buffer, result.series.byteOffset, result.series.byteLength),
  ]);
}
