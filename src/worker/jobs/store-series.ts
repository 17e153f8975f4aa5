import { AppError } from "#contracts/error-code.ts";
import type { UploadReport } from "#contracts/upload.ts";
import { type BarOrigins, type Bars, contentHash, copyBarsOut, writeBars } from "#db/bars.ts";
import type { DatabaseClient } from "#db/client.ts";
import { type InstrumentKey, saveSeriesStatistics, seriesToFill } from "#db/instruments.ts";
import type { ParsedSeries, ParsedUpload } from "../imports/parsed-upload.ts";
import { barCoverage } from "../imports/series-coverage.ts";

/** Share of writing a series that is sending its bars; the server then checks them. */
const SENDING_SHARE = 0.6;

type StoredSeries = UploadReport["series"][number];

/** Writes the series of a file into a workspace, and recomputes what is known of each. */
export async function storeSeries(
  client: DatabaseClient,
  parsed: ParsedUpload,
  options: {
    readonly workspaceId: string;
    readonly signal: AbortSignal;
    readonly onProgress: (fraction: number) => void;
  },
): Promise<StoredSeries[]> {
  const totalBars = parsed.series.reduce((total, { bars }) => total + bars.close.length, 0);
  const stored: StoredSeries[] = [];
  let doneBars = 0;
  for (const series of parsed.series) {
    options.signal.throwIfAborted();
    const instrument: InstrumentKey = {
      workspaceId: options.workspaceId,
      venue: "upload",
      symbol: series.symbol,
      name: "",
      group: "",
    };
    const written = await storeOneSeries(client, instrument, series, {
      intervalMs: series.intervalMs,
      origins: series.origins,
      closeOnly: parsed.closeOnly,
      signal: options.signal,
      onProgress: (fraction) =>
        options.onProgress((doneBars + fraction * series.bars.close.length) / totalBars),
    });
    stored.push(written);
    doneBars += series.bars.close.length;
  }
  return stored;
}

/**
 * Writes one series: new bars are added, bars with a known open time replaced.
 *
 * @throws {AppError} conflict: bars with opens and bars without would be mixed in one series
 */
export async function storeOneSeries(
  client: DatabaseClient,
  instrument: InstrumentKey,
  series: Omit<ParsedSeries, "intervalMs" | "origins">,
  options: {
    readonly intervalMs: number;
    readonly origins?: BarOrigins | null;
    readonly closeOnly: boolean;
    readonly signal: AbortSignal;
    readonly onProgress?: (fraction: number) => void;
  },
): Promise<StoredSeries> {
  const { intervalMs, closeOnly, origins = null } = options;
  const target = await seriesToFill(client, instrument, { intervalMs, closeOnly });
  if (!target.isNew && target.closeOnly !== closeOnly) {
    const [here, there] = closeOnly ? ["closes only", "opens too"] : ["opens too", "closes only"];
    throw new AppError(
      "conflict",
      `The file has ${here}, but ${series.symbol} has ${there}: delete that series first`,
    );
  }
  const counts = await writeBars(client, target.seriesId, series.bars, {
    isNew: target.isNew,
    origins,
    signal: options.signal,
    onProgress: (fraction) => options.onProgress?.(SENDING_SHARE * fraction),
  });
  // What was there before may reach beyond the file, so a merged series is read back whole.
  const bars: Bars = target.isNew ? series.bars : await copyBarsOut(client, target.seriesId);
  const coverage = barCoverage(bars.openTimeMs, intervalMs);
  await saveSeriesStatistics(client, target.seriesId, {
    ...coverage,
    closeOnly,
    barCount: bars.openTimeMs.length,
    addedDuplicateCount: series.duplicateCount,
    addedRejectedCount: series.rejectedCount,
    contentHash: contentHash(bars),
  });
  return {
    seriesId: target.seriesId,
    symbol: series.symbol,
    intervalMs,
    barCount: series.bars.openTimeMs.length,
    ...counts,
    missingCount: barCoverage(series.bars.openTimeMs, intervalMs).missingCount,
    duplicateCount: series.duplicateCount,
    rejectedCount: series.rejectedCount,
    firstOpenTimeMs: series.bars.openTimeMs[0] ?? 0,
    lastOpenTimeMs: series.bars.openTimeMs[series.bars.openTimeMs.length - 1] ?? 0,
  };
}
