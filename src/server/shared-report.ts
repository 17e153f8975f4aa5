import type { BacktestSeries } from "#contracts/backtest.ts";
import type { ReportTradeLeg, SharedReport } from "#contracts/report-view.ts";
import type { Verification } from "#contracts/verification.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { backtestOf, backtestTradeLegs } from "#db/backtests.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { noteShareOpened, sharedBacktest } from "#db/shares.ts";
import { strategyFile } from "#db/strategy-files.ts";
import { startVerification, verificationOf } from "#db/verifications.ts";
import { tokenHash } from "./auth/session-token.ts";
import { type BacktestChartRequest, backtestChart } from "./backtest-chart.ts";
import type { Context } from "./context.ts";
import { requireRateLimit } from "./rate-limit-rules.ts";
import {
  sharedLegs,
  sharedProjection,
  sharedSeries,
  sharedVerification,
} from "./share-projection.ts";

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
  const copied = { name, notes: "", tags: [], config };
  const file = await strategyFile(database.pool, share.workspaceId, copied);
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
  return sharedSeries(series, share);
}

/**
 * Legs of a trade of the report behind a link.
 *
 * @param trade place among the trades of the report
 * @throws {AppError} not-found
 */
export async function sharedReportLegs(
  database: Database,
  token: string,
  trade: number,
): Promise<readonly ReportTradeLeg[]> {
  const share = await sharedBacktest(database, tokenHash(token));
  const { workspaceId, backtestId } = share;
  return sharedLegs(await backtestTradeLegs(database, workspaceId, backtestId, trade), share);
}

/**
 * Has the report behind a link computed again; while that is under way, it is the answer to everybody, and
 * costs nobody a use of the limits.
 *
 * @throws {AppError} not-found; rate-limited, by address and by link
 */
export async function verifySharedReport(
  { database, env, address }: Pick<Context, "database" | "env" | "address">,
  token: string,
): Promise<Verification> {
  const share = await sharedBacktest(database, tokenHash(token));
  const { workspaceId, backtestId, shareId, includeSizes } = share;
  const newest = await verificationOf(database, workspaceId, backtestId);
  if (newest !== null && (newest.state === "queued" || newest.state === "running")) {
    return sharedVerification(newest, includeSizes);
  }
  await requireRateLimit(database, env, "share-verify-address", address);
  await requireRateLimit(database, env, "share-verify-link", shareId);
  const wanted = { workspaceId, createdBy: null, backtestId, shareId };
  return sharedVerification(await startVerification(database, wanted), includeSizes);
}

/** The newest verification of the report behind a link; null when there is none. @throws {AppError} not-found */
export async function sharedReportVerification(
  database: Database,
  token: string,
): Promise<Verification | null> {
  const share = await sharedBacktest(database, tokenHash(token));
  const verification = await verificationOf(database, share.workspaceId, share.backtestId);
  return verification === null ? null : sharedVerification(verification, share.includeSizes);
}
