import { AppError } from "#contracts/error-code.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { MODEL_FILE_MAX } from "#contracts/model.ts";
import { barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { modelFile } from "#db/models.ts";
import { instrumentSeries } from "#quant/backtest/instrument-series.ts";
import { alignMarketBars } from "#quant/backtest/market-bars.ts";
import type { BarColumns } from "#quant/learning/features/feature-source.ts";
import { bookColumns } from "#quant/learning/labels/book-columns.ts";
import { type ModelFile, readModelFile } from "#quant/learning/models/model-file.ts";
import { barsRead } from "#quant/learning/models/usable-model.ts";
import { createByteCache } from "./byte-cache.ts";

/**
 * Models that are kept ready, by the bytes of their files, of which what is read takes about three quarters: a
 * version never changes, and reading the largest takes most of a second, in which the process does nothing else.
 */
const ready = createByteCache<ModelFile>(3 * MODEL_FILE_MAX);

/** A trained model by its version. @throws {AppError} not-found */
export async function readyModel(
  database: Database,
  workspaceId: string,
  versionId: string,
): Promise<ModelFile> {
  const key = `${workspaceId} ${versionId}`;
  const known = ready.get(key);
  if (known !== undefined) return known;
  const { file } = await modelFile(database, workspaceId, versionId);
  const model = readModelFile(file.toString("utf8"));
  ready.set(key, model, file.length);
  return model;
}

/** The bars that a model of a book needs, or why there are none. */
export type ModelBars =
  | { readonly kind: "bars"; readonly bars: BarColumns }
  | { readonly kind: "refused"; readonly message: string };

/** Bars before a window are looked for over so many times their span: markets close. */
export const CLOSED_MARKET_FACTOR = 8;

/**
 * Newest bars of a book, as many as a model reads and `more`.
 *
 * @param window null: up to the newest; else the bars of the window, and those before it that they need
 */
export async function modelBars(
  database: Database,
  workspaceId: string,
  file: ModelFile,
  { book, window }: { readonly book: readonly number[]; readonly window: TimeWindow | null },
): Promise<ModelBars> {
  const { intervalMs } = file;
  const wanted = barsRead(file.model);
  if (!Number.isFinite(wanted)) {
    return refused(
      "The features of this model read the whole past: it cannot be asked about new bars",
    );
  }
  const known = await seriesOfInstruments(database.pool, workspaceId, book, intervalMs);
  const refs = book.flatMap((id) => known.find(({ instrumentId }) => instrumentId === id) ?? []);
  if (refs.length < book.length)
    return refused("An instrument has no bars of the model's interval");
  const span = spanOf(refs, { wanted, intervalMs, window });
  const series = [];
  for (const ref of refs) {
    const bars = await barsBetween(database, ref.seriesId, span);
    if (bars.close.length === 0) return refused(`${ref.symbol} has no bars in this span`);
    series.push(
      instrumentSeries(bars, { isCloseOnly: ref.closeOnly, copy: (column) => column.slice() }),
    );
  }
  const { openTimeMs, instruments } = alignMarketBars(series);
  const last = openTimeMs.findLastIndex((_, bar) =>
    instruments.every(({ close }) => Number.isFinite(close[bar])),
  );
  if (last === -1) return refused("The legs have no bar in common");
  const cut = (column: Float64Array) => column.subarray(0, last + 1);
  return {
    kind: "bars",
    bars: bookColumns(
      cut(openTimeMs),
      instruments.map(({ close, high, low, volume }) => ({
        close: cut(close),
        high: cut(high),
        low: cut(low),
        volume: cut(volume),
      })),
    ),
  };
}

function spanOf(
  refs: readonly SeriesRef[],
  of: { readonly wanted: number; readonly intervalMs: number; readonly window: TimeWindow | null },
): TimeWindow {
  const factor = refs.some(({ calendar }) => calendar === "weekdays") ? CLOSED_MARKET_FACTOR : 2;
  const beforeMs = Math.ceil(of.wanted * factor) * of.intervalMs;
  const newestMs = Math.min(...refs.map(({ lastOpenTimeMs }) => lastOpenTimeMs));
  const endMs = of.window?.endMs ?? newestMs + of.intervalMs;
  const startMs = (of.window?.startMs ?? newestMs) - beforeMs;
  return { startMs: Math.max(0, startMs), endMs };
}

function refused(message: string): ModelBars {
  return { kind: "refused", message };
}

/** @throws {AppError} conflict: no version of the model is live */
export function requireLive<Version>(live: Version | null): Version {
  if (live === null)
    throw new AppError("conflict", "No version of this model is live: promote one");
  return live;
}
