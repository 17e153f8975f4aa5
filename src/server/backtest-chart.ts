import type { BacktestSeries } from "#contracts/backtest.ts";
import type { BacktestColumns } from "#contracts/backtest-series.ts";
import type { Calendar } from "#contracts/interval.ts";
import { chartSeries } from "./chart-series.ts";

const WEEKEND_SHARE_MIN = 0.1;
const DAY_MS = 86_400_000;
const THURSDAY_OFFSET_DAYS = 4;

/** Chart of a backtest's series: lines are named as BacktestLine says. */
export function backtestChart(
  { columns, intervalMs }: { columns: BacktestColumns; intervalMs: number },
  request: { window: { startMs: number; endMs: number } | null; points: number },
): BacktestSeries {
  const { openTimeMs, ...lines } = columns;
  return chartSeries(
    { openTimeMs, intervalMs, calendar: calendarOf(openTimeMs, intervalMs), lines },
    request,
  );
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
