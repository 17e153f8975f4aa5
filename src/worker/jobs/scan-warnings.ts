import type { ScanConfig, ScanSummary } from "#contracts/scan.ts";
import { utcMinute } from "#contracts/utc-minute.ts";
import type { SeriesRef } from "#db/instruments.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** First and last bar that a scan really read, as its summary has them. */
export function scanDataSpan({
  firstOpenTimeMs,
  lastOpenTimeMs,
}: Pick<ScanGrid, "firstOpenTimeMs" | "lastOpenTimeMs">): Pick<ScanSummary, "dataSpan"> {
  return firstOpenTimeMs === null || lastOpenTimeMs === null
    ? {}
    : { dataSpan: { firstOpenTimeMs, lastOpenTimeMs } };
}

/** What a reader of a scan must know about its data, in words. */
export function scanWarnings(scan: {
  readonly grid: ScanGrid;
  readonly series: readonly SeriesRef[];
  readonly instrumentCount: number;
  readonly config: ScanConfig;
  readonly intervalMs: number;
}): string[] {
  const { grid, series, config, intervalMs } = scan;
  const warnings: string[] = [];
  const { firstOpenTimeMs, lastOpenTimeMs } = grid;
  if (firstOpenTimeMs !== null && firstOpenTimeMs - config.formation.startMs >= intervalMs) {
    warnings.push(
      `The formation period starts before the data: the first bar is that of ${utcMinute(firstOpenTimeMs)}.`,
    );
  }
  if (lastOpenTimeMs !== null && config.formation.endMs - lastOpenTimeMs > intervalMs) {
    warnings.push(
      `The formation period ends after the data: the last bar is that of ${utcMinute(lastOpenTimeMs)}.`,
    );
  }
  const absent = scan.instrumentCount - series.length;
  if (absent > 0)
    warnings.push(`${absent} instruments of the universe have no series and were left out.`);
  const empty = series
    .filter(({ seriesId }) => !grid.barCountOf.has(seriesId))
    .map(({ symbol }) => symbol);
  if (empty.length > 0) warnings.push(`No bars in the formation period: ${listed(empty)}.`);
  const fullest = Math.max(0, ...grid.barCountOf.values());
  const short = series
    .filter(({ seriesId }) => (grid.barCountOf.get(seriesId) ?? fullest) < SHORT_SHARE * fullest)
    .map(({ symbol }) => symbol);
  if (short.length > 0) {
    warnings.push(
      `Less than half as many bars as the others, so their tests are weaker: ${listed(short)}.`,
    );
  }
  return warnings;
}

const SHORT_SHARE = 0.5;
const LISTED_MAX = 8;

function listed(symbols: readonly string[]): string {
  const shown = symbols.slice(0, LISTED_MAX).join(", ");
  return symbols.length > LISTED_MAX ? `${shown} and ${symbols.length - LISTED_MAX} more` : shown;
}
