import type { BacktestSeries, BacktestView } from "#contracts/backtest.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { backtestOf } from "#db/backtests.ts";
import type { Database } from "#db/client.ts";
import { noteShareOpened, sharedBacktest } from "#db/shares.ts";
import { tokenHash } from "./auth/session-token.ts";
import { backtestChart } from "./backtest-chart.ts";

/**
 * Report behind a link, as its reader may see it: without what leads further into the workspace (the
 * strategy's id, its job, how many other backtests it has).
 *
 * @throws {AppError} not-found for an unknown, revoked or expired token alike
 */
export async function sharedReport(database: Database, token: string): Promise<BacktestView> {
  const share = await sharedBacktest(database, tokenHash(token));
  const view = await backtestOf(database, share.workspaceId, share.backtestId);
  await noteShareOpened(database, share.shareId);
  return {
    ...view,
    strategyId: null,
    job: null,
    strategyVersion: { ...view.strategyVersion, backtestCount: 1 },
  };
}

/** Series of the report behind a link. @throws {AppError} not-found */
export async function sharedReportSeries(
  database: Database,
  token: string,
  request: { window: { startMs: number; endMs: number } | null; points: number },
): Promise<BacktestSeries> {
  const share = await sharedBacktest(database, tokenHash(token));
  const series = await backtestSeriesOf(database, share.workspaceId, share.backtestId);
  return backtestChart(database, series, request);
}
