import { z } from "zod";
import { subjectOf } from "#contracts/books-subject.ts";
import { AppError } from "#contracts/error-code.ts";
import { ShareToken } from "#contracts/share.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import { backtestOf } from "#db/backtests.ts";
import { found } from "#db/found.ts";
import { seriesDetail } from "#db/instruments.ts";
import { pairAnalysisOf, pairAnalysisSeriesOf } from "#db/pair-analyses.ts";
import { scanPairOf } from "#db/scan-pairs.ts";
import { scanOf } from "#db/scans.ts";
import { sharedBacktest } from "#db/shares.ts";
import { tokenHash } from "../auth/session-token.ts";
import { type Context, createContext } from "../context.ts";
import { pairBars } from "../pair-series.ts";
import { processLog } from "../process-log.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { type SharedColumn, sharedColumn } from "../share-projection.ts";
import { csvStreamAnswer, fileNamePart } from "./csv-answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { requireExporter } from "./require-exporter.ts";
import { seriesColumnTitle } from "./series-column-title.ts";
import {
  backtestCsv,
  barsCsv,
  type ExportedColumn,
  priceCsv,
  type SeriesSpan,
} from "./series-csv.ts";

const Time = z.coerce.number().int().min(0).max(8.64e15);

/** Query of every export of a series: the window shown, and how many rows of it a table wants. */
const SpanQuery = z.object({
  from: Time.default(0),
  to: Time.default(8.64e15),
  rows: z.coerce.number().int().min(1).max(2_000).optional(),
});

const InstrumentId = z.coerce.number().int().positive().max(2_147_483_647);
const PairQuery = z.object({
  y: InstrumentId,
  x: InstrumentId,
  zScoreWindowBars: z.coerce.number().int().min(3).max(5_000),
});

type SeriesExport = (context: Context, id: string, query: URLSearchParams) => Promise<Response>;

/** `GET /api/export/(prices|spread|analysis|report|shared)/ID?from=&to=&rows=`: every bar that a chart shows. */
export async function seriesExportEndpoint(
  request: Request,
  id: string,
  answer: SeriesExport,
): Promise<Response> {
  try {
    const query = new URL(request.url).searchParams;
    return await answer(await createContext(request.headers), id, query);
  } catch (error) {
    return errorAnswer(error, processLog());
  }
}

/** Bars of a series of prices. */
export const exportPrices: SeriesExport = async (context, id, query) => {
  const { workspaceId } = await requireExporter(context);
  const seriesId = InstrumentId.safeParse(id).data;
  const series = found(
    seriesId === undefined ? null : await seriesDetail(context.database, workspaceId, seriesId),
    "series",
  );
  const pieces = priceCsv(context.database, series, spanOf(query));
  return csvStreamAnswer(`${fileNamePart(series.symbol)}.csv`, pieces);
};

/** Spread and z-score of a pair of a scan, as its page shows them. */
export const exportSpread: SeriesExport = async (context, id, query) => {
  const { workspaceId } = await requireExporter(context);
  const { y, x, zScoreWindowBars } = parsed(PairQuery, query);
  const scan = await scanOf(context.database, workspaceId, requireUuid(id));
  const pair = { scanId: scan.id, instrumentY: y, instrumentX: x };
  const row = await scanPairOf(context.database, workspaceId, pair);
  const subject = { scan, row };
  const bars = await pairBars(context.database, workspaceId, subject, zScoreWindowBars);
  const names = Object.keys(bars.lines).map((name) => LINE_NAMES[name]?.(row) ?? name);
  const lines = Object.values(bars.lines);
  const pieces = barsCsv(names, { openTimeMs: bars.openTimeMs, lines }, spanOf(query));
  return csvStreamAnswer(`spread-${legNames(row.symbolY, row.symbolX)}.csv`, pieces);
};

const LINE_NAMES: Readonly<Record<string, (pair: { symbolY: string; symbolX: string }) => string>> =
  {
    normalisedY: ({ symbolY }) => `Y (first bar = 1): ${symbolY}`,
    normalisedX: ({ symbolX }) => `X (first bar = 1): ${symbolX}`,
    zScore: () => "z-score",
  };

/** Everything of an analysed pair that moves. */
export const exportAnalysis: SeriesExport = async (context, id, query) => {
  const { workspaceId } = await requireExporter(context);
  const view = await pairAnalysisOf(context.database, workspaceId, requireUuid(id));
  const { columns } = await pairAnalysisSeriesOf(context.database, workspaceId, view.id);
  const { openTimeMs, closeY, closeX, ...views } = columns;
  const closes = [`close Y: ${view.symbolY}`, `close X: ${view.symbolX}`];
  const bars = { openTimeMs, lines: [closeY, closeX, ...Object.values(views)] };
  const pieces = barsCsv([...closes, ...Object.keys(views)], bars, spanOf(query));
  return csvStreamAnswer(`analysis-${legNames(view.symbolY, view.symbolX)}.csv`, pieces);
};

const AS_STORED: SharedColumn = { scale: 1, decimals: null };

/** Series of a backtest of one's own. */
export const exportReportSeries: SeriesExport = async (context, id, query) => {
  const { workspaceId } = await requireExporter(context);
  return backtestAnswer(
    context,
    { workspaceId, backtestId: requireUuid(id) },
    query,
    () => AS_STORED,
  );
};

/** Series of the report behind a link: without its sizes, money is scaled as on the page. */
export const exportSharedSeries: SeriesExport = async (context, token, query) => {
  await requireRateLimit(context.database, context.env, "share-open-address", context.address);
  const known = ShareToken.safeParse(token).data;
  if (known === undefined) throw new AppError("not-found", "There is nothing to export here");
  const share = await sharedBacktest(context.database, tokenHash(known));
  return backtestAnswer(context, share, query, (name) => sharedColumn(name, share));
};

async function backtestAnswer(
  { database }: Context,
  { workspaceId, backtestId }: { workspaceId: string; backtestId: string },
  query: URLSearchParams,
  shown: (column: string) => SharedColumn | null,
): Promise<Response> {
  const { strategyVersion, report: stored } = await backtestOf(database, workspaceId, backtestId);
  const series = await backtestSeriesOf(database, workspaceId, backtestId);
  const report = found(stored, "backtest result");
  const columns = series.columns.slice(1).flatMap((name): ExportedColumn[] => {
    const as = shown(name);
    return as === null ? [] : [{ name, title: seriesColumnTitle(report, name), as }];
  });
  const subject = fileNamePart(subjectOf(strategyVersion.books));
  const name = `series-${subject}-v${strategyVersion.version}.csv`;
  return csvStreamAnswer(name, backtestCsv(database, series, columns, spanOf(query)));
}

function spanOf(query: URLSearchParams): SeriesSpan {
  const { from, to, rows } = parsed(SpanQuery, query);
  return { startMs: from, endMs: to, rowsMax: rows ?? null };
}

function parsed<Schema extends z.ZodType>(schema: Schema, query: URLSearchParams): z.infer<Schema> {
  const { data, error } = schema.safeParse(Object.fromEntries(query));
  if (data === undefined) throw new AppError("invalid-input", error?.issues[0]?.message ?? "");
  return data;
}

function requireUuid(id: string): string {
  const { data } = z.uuid().safeParse(id);
  if (data === undefined) throw new AppError("not-found", "There is nothing to export here");
  return data;
}

function legNames(symbolY: string, symbolX: string): string {
  return `${fileNamePart(symbolY)}-${fileNamePart(symbolX)}`;
}
