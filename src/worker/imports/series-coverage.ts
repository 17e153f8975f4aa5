import type { Calendar } from "#contracts/interval.ts";
import type { Gap } from "#contracts/market-data.ts";
import { detectCalendar } from "#quant/series/market-calendar.ts";
import { missingBars } from "#quant/series/missing-bars.ts";

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

/**
 * Coverage of a series: its calendar and the bars that are missing between its first and last.
 *
 * @param openTimeMs strictly ascending, on a grid of intervalMs, at least one
 */
export function barCoverage(openTimeMs: Float64Array, intervalMs: number): BarCoverage {
  const calendar = detectCalendar(openTimeMs);
  const missing = missingBars(openTimeMs, { intervalMs, calendar }, GAPS_KEPT_MAX);
  return {
    calendar,
    firstOpenTimeMs: openTimeMs[0] ?? 0,
    lastOpenTimeMs: openTimeMs[openTimeMs.length - 1] ?? 0,
    missingCount: missing.missingBars,
    gaps: missing.runs,
  };
}
