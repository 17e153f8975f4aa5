import type { BacktestSeries } from "#contracts/backtest.ts";
import type { Calendar } from "#contracts/interval.ts";
import type { ChartLine } from "#contracts/market-data.ts";
import {
  backtestBarAt,
  backtestColumnsBetween,
  type StoredBacktestSeries,
} from "#db/backtest-series.ts";
import type { Database } from "#db/client.ts";
import { chartSeries } from "./chart-series.ts";
import { isChartGap } from "./is-chart-gap.ts";

const WEEKEND_SHARE_MIN = 0.1;
const DAY_MS = 86_400_000;
const THURSDAY_OFFSET_DAYS = 4;

/** Bars that are read and thinned at a time, so that memory and each turn of the process stay small. */
const PIECE_BARS = 32_768;
const PIECE_POINTS_MIN = 5;

/**
 * Chart of a backtest's series within a window: lines are named as BacktestLine says. A long span is
 * thinned piece by piece.
 */
export async function backtestChart(
  database: Database,
  series: StoredBacktestSeries,
  { window, points }: { window: { startMs: number; endMs: number } | null; points: number },
): Promise<BacktestSeries> {
  const from = window === null ? 0 : await backtestBarAt(database, series, window.startMs);
  const to = window === null ? series.bars : await backtestBarAt(database, series, window.endMs);
  const pieces = Math.max(1, Math.ceil((to - from) / PIECE_BARS));
  const pieceBars = Math.ceil((to - from) / pieces);
  // Between two pieces there may be a point that breaks the line.
  const piecePoints = Math.max(PIECE_POINTS_MIN, Math.floor((points - pieces + 1) / pieces));
  const charts: BacktestSeries[] = [];
  let calendar: Calendar | undefined;
  for (let piece = 0; piece < pieces; piece++) {
    const start = from + piece * pieceBars;
    const span = { from: start, to: Math.min(start + pieceBars, to) };
    const { openTimeMs, ...lines } = await backtestColumnsBetween(database, series, span);
    calendar ??= calendarOf(openTimeMs, series.intervalMs);
    const bars = { openTimeMs, lines, calendar, intervalMs: series.intervalMs };
    charts.push(chartSeries(bars, { window, points: piecePoints }));
  }
  return joinedChart(charts, calendar ?? "continuous");
}

/** Charts of spans that follow each other, as one. */
function joinedChart(charts: readonly BacktestSeries[], calendar: Calendar): BacktestSeries {
  const [first, ...others] = charts;
  if (first === undefined) throw new Error("Invariant: a chart has a piece");
  const { intervalMs, startMs } = first;
  const lines: Record<string, ChartLine> = structuredClone(first.lines);
  let endMs = first.endMs;
  for (const chart of others) {
    const offset = Math.round((chart.startMs - startMs) / intervalMs);
    const isGap = isChartGap(endMs - intervalMs, chart.startMs, { intervalMs, calendar });
    for (const [name, piece] of Object.entries(chart.lines)) {
      const line = lines[name];
      if (line === undefined) throw new Error("Invariant: every piece has the same lines");
      if (isGap) {
        line.steps.push(Math.round((endMs - startMs) / intervalMs));
        line.values.push(null);
      }
      for (const step of piece.steps) line.steps.push(offset + step);
      line.values.push(...piece.values);
    }
    endMs = chart.endMs;
  }
  return { ...first, endMs, lines, full: charts.every(({ full }) => full) };
}

/** A stored result knows only its bars: daily ones that (nearly) never open at a weekend are a market's. */
function calendarOf(openTimeMs: Float64Array, intervalMs: number): Calendar {
  if (intervalMs !== DAY_MS || openTimeMs.length === 0) return "continuous";
  let weekendBars = 0;
  for (const time of openTimeMs) {
    // 1970-01-01 was a Thursday; Sunday is 0.
    const weekday = (Math.floor(time / DAY_MS) + THURSDAY_OFFSET_DAYS) % 7;
    if (weekday === 0 || weekday === 6) weekendBars += 1;
  }
  return weekendBars / openTimeMs.length < WEEKEND_SHARE_MIN ? "weekdays" : "continuous";
}
