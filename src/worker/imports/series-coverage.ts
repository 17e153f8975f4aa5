import type { Calendar } from "#contracts/interval.ts";
import type { Gap } from "#contracts/market-data.ts";
import { DAY_MS } from "./bar-interval.ts";

/** Which bars a series has and lacks. Times are bar open times, UTC ms. */
export type BarCoverage = {
  readonly calendar: Calendar;
  readonly firstOpenTimeMs: number;
  readonly lastOpenTimeMs: number;
  readonly missingCount: number;
  /** The first gaps, at most GAPS_KEPT_MAX. */
  readonly gaps: readonly Gap[];
};

/** A series with more gaps than this is more hole than series; the rest is only counted as missing. */
const GAPS_KEPT_MAX = 10_000;

/** So many daily bars without a weekend show a market that closes; fewer may be chance. */
const BARS_FOR_WEEKDAYS_MIN = 6;

/**
 * Coverage of a series: its calendar and the bars that are missing between its first and last.
 *
 * @param openTimeMs strictly ascending, on a grid of intervalMs, at least one
 */
export function barCoverage(openTimeMs: Float64Array, intervalMs: number): BarCoverage {
  const calendar = detectCalendar(openTimeMs, intervalMs);
  const gaps: Gap[] = [];
  let missingCount = 0;
  for (let i = 1; i < openTimeMs.length; i++) {
    const before = openTimeMs[i - 1] ?? 0;
    const after = openTimeMs[i] ?? 0;
    if (after - before <= intervalMs) continue;
    const gap = gapBetween(before, after, intervalMs, calendar);
    if (gap.missingBars === 0) continue;
    missingCount += gap.missingBars;
    if (gaps.length < GAPS_KEPT_MAX) gaps.push(gap);
  }
  return {
    calendar,
    firstOpenTimeMs: openTimeMs[0] ?? 0,
    lastOpenTimeMs: openTimeMs[openTimeMs.length - 1] ?? 0,
    missingCount,
    gaps,
  };
}

function detectCalendar(openTimeMs: Float64Array, intervalMs: number): Calendar {
  if (intervalMs !== DAY_MS || openTimeMs.length < BARS_FOR_WEEKDAYS_MIN) return "continuous";
  return openTimeMs.some(isWeekend) ? "continuous" : "weekdays";
}

function gapBetween(before: number, after: number, intervalMs: number, calendar: Calendar): Gap {
  if (calendar === "continuous") {
    return {
      startMs: before + intervalMs,
      missingBars: Math.round((after - before) / intervalMs) - 1,
    };
  }
  let startMs = after;
  let missingBars = 0;
  for (let day = before + DAY_MS; day < after; day += DAY_MS) {
    if (isWeekend(day)) continue;
    if (missingBars === 0) startMs = day;
    missingBars += 1;
  }
  return { startMs, missingBars };
}

const SUNDAY = 0;
const SATURDAY = 6;

function isWeekend(openTimeMs: number): boolean {
  const day = new Date(openTimeMs).getUTCDay();
  return day === SATURDAY || day === SUNDAY;
}
