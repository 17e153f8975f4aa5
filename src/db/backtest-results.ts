import { z } from "zod";
import type { BacktestReport } from "#contracts/backtest.ts";
import { BacktestPlan } from "#contracts/backtest-plan.ts";
import { type PackedSeries, unpackBacktestSeries } from "#contracts/backtest-series.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/** What a backtest job is to compute. */
export type BacktestTask = {
  readonly backtestId: string;
  readonly config: StrategyConfig;
  readonly configHash: string;
  readonly plan: BacktestPlan;
  /** Since when it has been wanted: what was tried before is counted as earlier trials. */
  readonly createdAt: Date;
};

export const BacktestTaskRow = z.object({
  config: StrategyConfig,
  configHash: z.string(),
  plan: BacktestPlan,
  createdAt: z.date(),
});

/** The backtest that a job is for, with its strategy version and plan; null when it is gone. */
export async function backtestTask(
  client: Queryable,
  workspaceId: string,
  backtestId: string,
): Promise<BacktestTask | null> {
  const { rows } = await client.query(
    `SELECT version.config, version.config_hash AS "configHash", backtest.plan,
       backtest.created_at AS "createdAt"
     FROM backtest JOIN strategy_version version ON version.id = backtest.strategy_version_id
     WHERE backtest.id = $2 AND backtest.workspace_id = $1`,
    [workspaceId, backtestId],
  );
  if (rows.length === 0) return null;
  return { backtestId, ...BacktestTaskRow.parse(rows[0]) };
}

/**
 * Stores the result of a backtest, with what a list shows of it. Part of the transaction that finishes
 * its job.
 *
 * @param result.series packed by packBacktestSeries, equity among its columns
 */
export async function saveBacktestResult(
  client: Queryable,
  backtestId: string,
  { report, series }: { readonly report: BacktestReport; readonly series: PackedSeries },
): Promise<void> {
  const { names, bytes } = series;
  const metrics = Object.entries(report.metrics).map(([name, { value }]) => [name, value]);
  await client.query(
    `UPDATE backtest SET report = $2, series = $3, series_columns = $4, equity_shape = $5,
       metrics = $6, look_ahead_passed = $7
     WHERE id = $1`,
    [
      backtestId,
      JSON.stringify(report),
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      names,
      equityShape(series, report.initialEquity),
      JSON.stringify(Object.fromEntries(metrics)),
      report.analysis?.lookAhead.isPassed ?? null,
    ],
  );
}

/** Points of a sparkline. */
const SHAPE_POINTS = 60;
const SHAPE_DIGITS = 6;

/** Equity over initial equity at evenly spread bars, the first and the last among them. */
function equityShape({ names, bytes }: PackedSeries, initialEquity: number): number[] {
  const { ["equity"]: equity = new Float64Array() } = unpackBacktestSeries(names, bytes);
  const points = Math.min(SHAPE_POINTS, equity.length);
  const shape = Array.from({ length: points }, (_, i) => {
    const bar = points < 2 ? 0 : Math.round((i * (equity.length - 1)) / (points - 1));
    return Number(((equity[bar] ?? Number.NaN) / initialEquity).toPrecision(SHAPE_DIGITS));
  });
  return shape.filter(Number.isFinite);
}
