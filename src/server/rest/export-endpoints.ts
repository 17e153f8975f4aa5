import { z } from "zod";
import type { BacktestView } from "#contracts/backtest.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import { AppError } from "#contracts/error-code.ts";
import { ownReportResult, ownReportView } from "#contracts/report-settings.ts";
import type { SharedReport } from "#contracts/report-view.ts";
import { ShareToken } from "#contracts/share.ts";
import { backtestOf } from "#db/backtests.ts";
import { modelFile } from "#db/models.ts";
import { scanOf } from "#db/scans.ts";
import { type Context, createContext } from "../context.ts";
import { processLog } from "../process-log.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { sharedReport } from "../shared-report.ts";
import {
  csvAnswer,
  csvStreamAnswer,
  fileNamePart,
  jsonAnswer,
  jsonFileAnswer,
} from "./csv-answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { pairsCsv } from "./pairs-csv.ts";
import { requireExporter } from "./require-exporter.ts";
import { tradeColumns } from "./trades-csv.ts";

/** `GET /api/export/trades/ID`: the trades of a backtest. */
export function exportTradesEndpoint(request: Request, backtestId: string): Promise<Response> {
  return answering(request, (context) => exportTrades(context, backtestId));
}

/** `GET /api/export/pairs/ID`: all pairs of a scan. */
export function exportPairsEndpoint(request: Request, scanId: string): Promise<Response> {
  return answering(request, (context) => exportPairs(context, scanId));
}

export async function exportTrades(context: Context, backtestId: string): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const view = await backtestOf(context.database, workspaceId, requireId(backtestId));
  if (view.report === null) throw new AppError("not-found", "The backtest has no result yet");
  const { trades, instruments, books } = view.report;
  const columns = tradeColumns(trades, instruments, books);
  return csvAnswer(`trades-${reportName(view)}.csv`, columns, trades);
}

/** `GET /api/export/report-json/ID`: a report as JSON, as its page has it. */
export function exportReportEndpoint(request: Request, backtestId: string): Promise<Response> {
  return answering(request, (context) => exportReport(context, backtestId));
}

export async function exportReport(context: Context, backtestId: string): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const view = await backtestOf(context.database, workspaceId, requireId(backtestId));
  if (view.report === null) throw new AppError("not-found", "The backtest has no result yet");
  const shown = { ...ownReportView(view), report: ownReportResult(view.report) };
  return jsonAnswer(`report-${reportName(view)}.json`, shown);
}

/** `GET /api/export/shared-json/TOKEN`: the report behind a link as JSON, as its page has it. */
export function exportSharedReportEndpoint(request: Request, token: string): Promise<Response> {
  return answering(request, (context) => exportSharedReport(context, token));
}

export async function exportSharedReport(context: Context, token: string): Promise<Response> {
  return jsonAnswer("report.json", await openShared(context, token));
}

/** `GET /api/export/shared-trades/TOKEN`: the trades of the report behind a link. */
export function exportSharedTradesEndpoint(request: Request, token: string): Promise<Response> {
  return answering(request, (context) => exportSharedTrades(context, token));
}

export async function exportSharedTrades(context: Context, token: string): Promise<Response> {
  const { trades, instruments, books } = (await openShared(context, token)).report;
  return csvAnswer("trades.csv", tradeColumns(trades, instruments, books), trades);
}

async function openShared(context: Context, token: string): Promise<SharedReport> {
  await requireRateLimit(context.database, context.env, "share-open-address", context.address);
  const known = ShareToken.safeParse(token).data;
  if (known === undefined) throw new AppError("not-found", "There is nothing to export here");
  return sharedReport(context.database, known);
}

function reportName({ strategyVersion: { books, version } }: BacktestView): string {
  return `${fileNamePart(subjectOf(books))}-v${version}`;
}

export async function exportPairs(context: Context, scanId: string): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const scan = await scanOf(context.database, workspaceId, requireId(scanId));
  const pieces = pairsCsv(context.database, workspaceId, scan);
  return csvStreamAnswer(`pairs-${fileNamePart(scan.universeName)}.csv`, pieces);
}

/** `GET /api/export/model/VERSION_ID`: a version of a model, as the file that was registered. */
export function exportModelEndpoint(request: Request, versionId: string): Promise<Response> {
  return answering(request, (context) => exportModel(context, versionId));
}

export async function exportModel(context: Context, versionId: string): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const stored = await modelFile(context.database, workspaceId, requireId(versionId));
  const { name, version, file } = stored;
  return jsonFileAnswer(`model-${fileNamePart(name)}-v${version}.json`, file);
}

async function answering(
  request: Request,
  answer: (context: Context) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(await createContext(request.headers));
  } catch (error) {
    return errorAnswer(error, processLog());
  }
}

function requireId(id: string): string {
  const { data } = z.uuid().safeParse(id);
  if (data === undefined) throw new AppError("not-found", "There is nothing to export here");
  return data;
}
