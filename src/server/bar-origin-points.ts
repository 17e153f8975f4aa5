import type { BarOriginPoints, ChartSeries } from "#contracts/market-data.ts";
import type { BarOrigins } from "#db/bars.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";

/**
 * How the bars that a chart draws came about.
 *
 * @param chart drawn from the closes of these bars
 * @returns null when nothing is known of any of the bars
 */
export function barOriginPoints(
  chart: ChartSeries,
  openTimeMs: Float64Array,
  origins: BarOrigins,
): BarOriginPoints | null {
  const columns = [origins.provenance, origins.tradeCount];
  if (columns.every((values) => values.every(Number.isNaN))) return null;
  const { steps, values } = chart.lines["close"] ?? { steps: [], values: [] };
  const drawn = steps.filter((_, i) => values[i] !== null);
  const bars = drawn.map((step) => lowerBound(openTimeMs, chart.startMs + step * chart.intervalMs));
  const at = (column: Float64Array) => bars.map((bar) => known(column[bar]));
  return {
    steps: drawn,
    provenance: at(origins.provenance),
    tradeCount: at(origins.tradeCount),
    lateCount: at(origins.lateCount),
    backfilledCount: at(origins.backfilledCount),
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
