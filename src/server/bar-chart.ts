import type { BarChart, ChartLine, SeriesCoverage } from "#contracts/market-data.ts";
import { type BarBucket, barBuckets } from "#db/bar-buckets.ts";
import { type BarWindow, barsWithOriginsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { barOriginPoints } from "./bar-origin-points.ts";
import { chartDigits, chartSeries } from "./chart-series.ts";
import { isChartGap } from "./is-chart-gap.ts";

/** Bars that this process reads for one chart; of a longer span PostgreSQL makes buckets. */
export const EXACT_BARS_MAX = 50_000;

/** A bucket draws its lowest and its highest value, and may be followed by a gap. */
const POINTS_PER_BUCKET = 3;

/** Chart of a series' closes and volumes: exact, or by buckets narrower than a pixel when it is long. */
export async function barChart(
  database: Database,
  series: SeriesCoverage,
  request: { window: { startMs: number; endMs: number } | null; points: number },
): Promise<BarChart> {
  const span = spanOf(series, request.window);
  const barsMax = Math.ceil((span.endMs - span.startMs) / series.intervalMs);
  if (Math.min(barsMax, series.barCount) <= EXACT_BARS_MAX) {
    const { bars, origins } = await barsWithOriginsBetween(database, series.seriesId, span);
    const lines = { close: bars.close, volume: bars.volume };
    const chart = chartSeries({ ...series, openTimeMs: bars.openTimeMs, lines }, request);
    return { ...chart, origins: barOriginPoints(chart, bars.openTimeMs, origins) };
  }
  const buckets = Math.max(1, Math.floor(request.points / POINTS_PER_BUCKET));
  const bucketMs = series.intervalMs * Math.ceil(barsMax / buckets);
  return bucketChart(await barBuckets(database.pool, series.seriesId, span, bucketMs), series);
}

/** The window as far as the series reaches; empty outside of it. */
function spanOf(
  series: SeriesCoverage,
  window: { startMs: number; endMs: number } | null,
): BarWindow {
  const { firstOpenTimeMs, lastOpenTimeMs, intervalMs } = series;
  const startMs = Math.max(window?.startMs ?? 0, firstOpenTimeMs);
  const endMs = Math.min(window?.endMs ?? Number.POSITIVE_INFINITY, lastOpenTimeMs + intervalMs);
  return { startMs, endMs: Math.max(startMs, endMs) };
}

/** Chart of buckets. Within its bucket, which is narrower than a pixel, a value's place is not known. */
export function bucketChart(
  buckets: readonly BarBucket[],
  series: Pick<SeriesCoverage, "intervalMs" | "calendar">,
): BarChart {
  const startMs = buckets[0]?.firstMs ?? 0;
  const lastMs = buckets.at(-1)?.lastMs;
  const endMs = lastMs === undefined ? startMs : lastMs + series.intervalMs;
  const line = (extremes: (bucket: BarBucket) => readonly [number | null, number | null]) =>
    bucketLine(buckets, extremes, { startMs, ...series });
  return {
    startMs,
    endMs,
    intervalMs: series.intervalMs,
    full: false,
    lines: {
      close: line(({ closeMin, closeMax }) => [closeMin, closeMax]),
      volume: line(({ volumeMin, volumeMax }) => [volumeMin, volumeMax]),
    },
    origins: null,
  };
}

function bucketLine(
  buckets: readonly BarBucket[],
  extremes: (bucket: BarBucket) => readonly [number | null, number | null],
  axis: { startMs: number } & Pick<SeriesCoverage, "intervalMs" | "calendar">,
): ChartLine {
  const line: ChartLine = { steps: [], values: [] };
  const add = (ms: number, value: number | null) => {
    line.steps.push(Math.round((ms - axis.startMs) / axis.intervalMs));
    line.values.push(value === null ? null : chartDigits(value));
  };
  let previous: BarBucket | undefined;
  for (const bucket of buckets) {
    if (previous !== undefined && isChartGap(previous.lastMs, bucket.firstMs, axis)) {
      add(previous.lastMs + axis.intervalMs, null);
    }
    const [low, high] = extremes(bucket);
    // The nearer to where the line comes from goes first: the way round would draw a needle.
    const from = line.values.at(-1) ?? low ?? 0;
    const rises = Math.abs(from - (low ?? 0)) <= Math.abs(from - (high ?? 0));
    add(bucket.firstMs, rises ? low : high);
    if (bucket.lastMs > bucket.firstMs) add(bucket.lastMs, rises ? high : low);
    previous = bucket;
  }
  return line;
}
