import { AppError } from "#contracts/error-code.ts";
import type { Calendar } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import { type Bars, barCountBetween, barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { alignByOpenTime } from "#quant/series/align-by-open-time.ts";
import type { Candles } from "#quant/series/candles.ts";
import { fastRollingZScore } from "#quant/stats/fast-rolling-z-score.ts";
import { chartSeries } from "./chart-series.ts";

/** One pair of so many bars is computed within a request; more would need a job. */
const PAIR_BARS_MAX = 200_000;

/**
 * Series of one pair of a scan over the scan's formation window: prices as multiples of the first
 * common bar's, the spread with the scan's own coefficients, and its rolling z-score.
 *
 * @throws {AppError} not-found when a series has been deleted since; too-large above PAIR_BARS_MAX
 */
export async function pairSeries(
  database: Database,
  workspaceId: string,
  pair: { scan: ScanView; row: ScanPairRow },
  request: {
    zScoreWindowBars: number;
    window: { startMs: number; endMs: number } | null;
    points: number;
  },
): Promise<ChartSeries> {
  const bars = await pairBars(database, workspaceId, pair, request.zScoreWindowBars);
  return chartSeries({ ...bars, intervalMs: pair.scan.intervalMs }, request);
}

/**
 * Every bar of what pairSeries draws.
 *
 * @throws {AppError} as pairSeries
 */
export async function pairBars(
  database: Database,
  workspaceId: string,
  { scan, row }: { scan: ScanView; row: ScanPairRow },
  zScoreWindowBars: number,
): Promise<{
  openTimeMs: Float64Array;
  lines: Record<string, Float64Array>;
  calendar: Calendar;
}> {
  const ids = [row.instrumentY, row.instrumentX];
  const refs = await seriesOfInstruments(database.pool, workspaceId, ids, scan.intervalMs);
  const refY = refs.find(({ instrumentId }) => instrumentId === row.instrumentY);
  const refX = refs.find(({ instrumentId }) => instrumentId === row.instrumentX);
  if (refY === undefined || refX === undefined) {
    throw new AppError("not-found", "The prices of this pair have been deleted");
  }
  const { formation } = scan.config;
  const [barsY, barsX] = await Promise.all([
    limitedBars(database, refY, formation),
    limitedBars(database, refX, formation),
  ]);
  const aligned = alignByOpenTime(closes(barsY), closes(barsX));
  const { legY, legX } = aligned;
  const fit = { ...row, prices: scan.config.funnel?.prices ?? "log" };
  const lines = pairLines(legY.close, legX.close, fit, zScoreWindowBars);
  return { openTimeMs: aligned.openTimeMs, lines, calendar: refY.calendar };
}

/** Lines of a pair: normalisedY, normalisedX, and, where the scan has coefficients, spread and zScore. */
export function pairLines(
  closeY: Float64Array,
  closeX: Float64Array,
  fit: {
    readonly intercept: number | null;
    readonly hedgeRatio: number | null;
    readonly prices: "log" | "level";
  },
  zScoreWindowBars: number,
): Record<string, Float64Array> {
  const firstY = closeY[0] ?? Number.NaN;
  const firstX = closeX[0] ?? Number.NaN;
  const prices = {
    normalisedY: closeY.map((close) => close / firstY),
    normalisedX: closeX.map((close) => close / firstX),
  };
  const { intercept, hedgeRatio } = fit;
  if (intercept === null || hedgeRatio === null) return prices;
  // The coefficients are of what the scan fitted: logarithms, or the prices themselves.
  const fitted = (price: number) => (fit.prices === "log" ? Math.log(price) : price);
  const spread = closeY.map(
    (close, i) => fitted(close) - intercept - hedgeRatio * fitted(closeX[i] ?? Number.NaN),
  );
  return { ...prices, spread, zScore: fastRollingZScore(spread, zScoreWindowBars) };
}

async function limitedBars(
  database: Database,
  series: SeriesRef,
  window: { startMs: number; endMs: number },
): Promise<Bars> {
  const count = await barCountBetween(database.pool, series.seriesId, window);
  if (count > PAIR_BARS_MAX) {
    throw new AppError("too-large", `A pair page shows at most ${PAIR_BARS_MAX} bars`);
  }
  return barsBetween(database, series.seriesId, window);
}

function closes({ openTimeMs, close }: Bars): Candles {
  return { openTimeMs, close, open: null };
}
