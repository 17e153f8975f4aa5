import { z } from "zod";
import type { TradeRow } from "#contracts/backtest.ts";
import { AppError } from "#contracts/error-code.ts";
import { backtestOf } from "#db/backtests.ts";
import { scanOf } from "#db/scans.ts";
import { type Context, createContext } from "../context.ts";
import { processLog } from "../process-log.ts";
import { csvAnswer, csvStreamAnswer, fileNamePart } from "./csv-answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { pairsCsv } from "./pairs-csv.ts";
import { requireExporter } from "./require-exporter.ts";

const isoTime = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Columns of the trades export: names are those of the contract, times ISO 8601 UTC. */
const TRADE_COLUMNS = {
  side: (trade: TradeRow) => trade.side,
  entrySignal: (trade: TradeRow) => isoTime(trade.entrySignalMs),
  entry: (trade: TradeRow) => isoTime(trade.entryMs),
  exitSignal: (trade: TradeRow) => isoTime(trade.exitSignalMs),
  exit: (trade: TradeRow) => isoTime(trade.exitMs),
  entryZScore: (trade: TradeRow) => trade.entryZScore,
  exitZScore: (trade: TradeRow) => trade.exitZScore,
  quantityY: (trade: TradeRow) => trade.quantityY,
  quantityX: (trade: TradeRow) => trade.quantityX,
  entryPriceY: (trade: TradeRow) => trade.entryPriceY,
  entryPriceX: (trade: TradeRow) => trade.entryPriceX,
  exitPriceY: (trade: TradeRow) => trade.exitPriceY,
  exitPriceX: (trade: TradeRow) => trade.exitPriceX,
  pnlY: (trade: TradeRow) => trade.pnlY,
  pnlX: (trade: TradeRow) => trade.pnlX,
  feesY: (trade: TradeRow) => trade.feesY,
  feesX: (trade: TradeRow) => trade.feesX,
  slippageCost: (trade: TradeRow) => trade.slippageCost,
  netPnl: (trade: TradeRow) => trade.netPnl,
  barsHeld: (trade: TradeRow) => trade.barsHeld,
  exitReason: (trade: TradeRow) => trade.exitReason,
};

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
  const { legY, legX, version } = view.strategyVersion;
  const name = `trades-${fileNamePart(legY.symbol)}-${fileNamePart(legX.symbol)}-v${version}.csv`;
  return csvAnswer(name, TRADE_COLUMNS, view.report.trades);
}

export async function exportPairs(context: Context, scanId: string): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const scan = await scanOf(context.database, workspaceId, requireId(scanId));
  const pieces = pairsCsv(context.database, workspaceId, scan);
  return csvStreamAnswer(`pairs-${fileNamePart(scan.universeName)}.csv`, pieces);
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
