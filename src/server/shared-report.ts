import type { BacktestSeries } from "#contracts/backtest.ts";
import type { SharedReport } from "#contracts/report-view.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { backtestOf } from "#db/backtests.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { noteShareOpened, sharedBacktest } from "#db/shares.ts";
import { strategyFile } from "#db/strategy-files.ts";
import { tokenHash } from "./auth/session-token.ts";
import { type BacktestChartRequest, backtestChart } from "./backtest-chart.ts";
import { sharedProjection, sharedSeries } from "./share-projection.ts";

/**
 * Report behind a link, as its reader may see it.
 *
 * @throws {AppError} not-found for an unknown, revoked or expired token alike
 */
export async function sharedReport(database: Database, token: string): Promise<SharedReport> {
  const share = await sharedBacktest(database, tokenHash(token));
  const view = await backtestOf(database, share.workspaceId, share.backtestId);
  const report = found(view.report, "report");
  await noteShareOpened(database, share.shareId);
  const { strategyName: name, strategyVersion } = view;
  const { config } = strategyVersion;
  const file = await strategyFile(database.pool, { name, notes: "", tags: [], config });
  return sharedProjection(view, report, share, file);
}

/** Series of the report behind a link. @throws {AppError} not-found */
export async function sharedReportSeries(
  database: Database,
  token: string,
  request: BacktestChartRequest,
): Promise<BacktestSeries> {
  const share = await sharedBacktest(database, tokenHash(token));
  const stored = await backtestSeriesOf(database, share.workspaceId, share.backtestId);
  const series = await backtestChart(database, stored, request);
  return sharedSeries(series, share.initialEquity, share.includeSizes);
}
