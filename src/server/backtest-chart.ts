import type { BacktestSeries } from "#contracts/backtest.ts";
import type { Calendar } from "#contracts/interval.ts";
import type { ChartLine } from "#contracts/market-data.ts";
import {
  backtestBarAt,
  backtestColumnsBetween,
  backtestOpenTimes,
  type StoredBacktestSeries,
} from "#db/backtest-series.ts";
import type { Database } from "#db/client.ts";
import { detectCalendar } from "#quant/series/market-calendar.ts";
import { chartSeries } from "./chart-series.ts";
import { isChartGap } from "./is-chart-gap.ts";

/** Bars that are read and thinned at a time, so that memory and each turn of the process stay small. */
const PIECE_BARS = 32_768;
const PIECE_POINTS_MIN = 5;

/** What of a series is drawn; a column that it has not is left out. No window: the whole span. */
export type BacktestChartRequest = {
  readonly columns: readonly string[];
  readonly window: { readonly startMs: number; readonly endMs: number } | null;
  readonly points: number;
};

/**
 * Chart of some columns of a backtest's series within a window: lines are named as BacktestSeries says.
 * No other column is read. A long span is thinned piece by piece.
 */
export async function backtestChart(
  database: Database,
  series: StoredBacktestSeries,
  { columns, window, points }: BacktestChartRequest,
): Promise<BacktestSeries> {
  const [from, to, calendar] = await Promise.all([
    window === null ? 0 : backtestBarAt(database, series, window.startMs),
    window === null ? series.bars : backtestBarAt(database, series, window.endMs),
    calendarOf(database, series),
  ]);
  const pieces = Math.max(1, Math.ceil((to - from) / PIECE_BARS));
  const pieceBars = Math.ceil((to - from) / pieces);
  // Between two pieces there may be a point that breaks the line.
  const piecePoints = Math.max(PIECE_POINTS_MIN, Math.floor((points - pieces + 1) / pieces));
  const charts: BacktestSeries[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const start = from + piece * pieceBars;
    const span = { from: start, to: Math.min(start + pieceBars, to) };
    const { openTimeMs, ...lines } = await backtestColumnsBetween(database, series, columns, span);
    const bars = { openTimeMs, lines, calendar, intervalMs: series.intervalMs };
    charts.push(chartSeries(bars, { window, points: piecePoints }));
  }
  return joinedChart(charts, calendar);
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

/** Bars that tell the calendar of a series; spread so that they meet every hour of a week. */
const CALENDAR_BARS = 1_000;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** A stored result knows only its bars. A short zoom cannot tell a closed market: the whole series does. */
async function calendarOf(database: Database, series: StoredBacktestSeries): Promise<Calendar> {
  const spread = Array.from({ length: Math.min(CALENDAR_BARS, series.bars) }, (_, i) =>
    series.bars <= CALENDAR_BARS ? i : Math.floor(series.bars * ((i * GOLDEN_RATIO) % 1)),
  );
  const bars = [...new Set(spread)].sort((a, b) => a - b);
  return detectCalendar(await backtestOpenTimes(database, series, bars));
}
