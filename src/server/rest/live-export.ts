import { z } from "zod";
import { csvRow } from "#contracts/csv-cell.ts";
import { AppError } from "#contracts/error-code.ts";
import type { Context } from "../context.ts";
import { legProvenance } from "../live/live-series.ts";
import { type ShownBars, shownBars } from "../live/shown-bars.ts";
import { csvStreamAnswer, fileNamePart } from "./csv-answer.ts";
import { requireExporter } from "./require-exporter.ts";

/** The newest bars, when no span is asked for. */
const BARS = 20_000;
const BARS_PER_PIECE = 2_000;

const Time = z.coerce.number().int().min(0).max(8.64e15);
const ExportQuery = z.object({
  from: Time.optional(),
  to: Time.optional(),
  rows: z.coerce.number().int().min(1).max(2_000).optional(),
});

/** `GET /api/export/live/ID?from=&to=&rows=`: every bar of a watched pair with what was said of it live. */
export async function exportLive(
  context: Context,
  id: string,
  query: URLSearchParams,
): Promise<Response> {
  const { workspaceId } = await requireExporter(context);
  const { data: watchedPairId } = z.uuid().safeParse(id);
  if (watchedPairId === undefined)
    throw new AppError("not-found", "There is nothing to export here");
  const { data, error } = ExportQuery.safeParse(Object.fromEntries(query));
  if (data === undefined) throw new AppError("invalid-input", error?.issues[0]?.message ?? "");
  const { from: startMs, to: endMs = Number.MAX_SAFE_INTEGER, rows } = data;
  const shown = await shownBars(context.database, workspaceId, {
    id: watchedPairId,
    bars: BARS,
    ...(startMs !== undefined && { window: { startMs, endMs } }),
  });
  const { symbolY, symbolX } = shown.pair;
  const name = `live-${fileNamePart(symbolY)}-${fileNamePart(symbolX)}.csv`;
  return csvStreamAnswer(name, liveCsv(shown, rows ?? Number.POSITIVE_INFINITY));
}

async function* liveCsv(shown: ShownBars, rowsMax: number): AsyncGenerator<string> {
  const { pair, aligned, history, fromBar } = shown;
  const lines = {
    [`close Y: ${pair.symbolY}`]: aligned.legY.close,
    [`close X: ${pair.symbolX}`]: aligned.legX.close,
    "volume Y": aligned.legY.volume,
    "volume X": aligned.legX.volume,
    "hedge ratio": history.hedgeRatio,
    intercept: history.intercept,
    spread: history.spread,
    "spread mean": history.spreadMean,
    "spread deviation": history.spreadDeviation,
    "z-score": history.zScore,
    "correlation (50 bars)": history.correlation,
    "beta (50 bars)": history.beta,
  };
  yield csvRow(["time (UTC)", ...Object.keys(lines), "bar Y", "bar X"]);
  const end = Math.min(aligned.openTimeMs.length, fromBar + rowsMax);
  for (let start = fromBar; start < end; start += BARS_PER_PIECE) {
    let text = "";
    for (let i = start; i < Math.min(end, start + BARS_PER_PIECE); i++) {
      text += csvRow([
        new Date(aligned.openTimeMs[i] ?? 0).toISOString(),
        ...Object.values(lines).map((line) => finite(line[i])),
        legProvenance(shown, "legY", i),
        legProvenance(shown, "legX", i),
      ]);
    }
    yield text;
  }
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
