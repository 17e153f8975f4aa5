import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";

/** Time in UTC milliseconds and value; null is a gap. */
export type ChartPoint = readonly [timeMs: number, value: number | null];

/** More than a screen has columns; what comes in excess is thinned, because drawing it takes seconds. */
const POINTS_MAX = 5_000;

/**
 * The points of a line within a span, with one on either side so that the line reaches the edges.
 * A line that the series does not have is empty.
 */
export function linePoints(
  series: ChartSeries,
  name: string,
  window?: TimeWindow | null,
): ChartPoint[] {
  const line = series.lines[name];
  if (line === undefined) return [];
  const points = line.steps.map(
    (step, index): ChartPoint => [
      series.startMs + step * series.intervalMs,
      line.values[index] ?? null,
    ],
  );
  return thinned(window === undefined || window === null ? points : within(points, window));
}

function within(points: readonly ChartPoint[], window: TimeWindow): ChartPoint[] {
  const first = points.findIndex(([timeMs]) => timeMs >= window.startMs);
  if (first === -1) return points.slice(-1);
  const end = points.findIndex(([timeMs]) => timeMs >= window.endMs);
  return points.slice(Math.max(0, first - 1), end === -1 ? points.length : end + 1);
}

/** Every k-th point, and every gap: a gap must never be bridged. */
function thinned(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= POINTS_MAX) return points;
  const every = Math.ceil(points.length / POINTS_MAX);
  return points.filter(([, value], index) => value === null || index % every === 0);
}

/** Divides by the first value that is there, so that prices of any size share one axis; the base is null without one. */
export function rebased(points: readonly ChartPoint[]): {
  base: number | null;
  points: ChartPoint[];
} {
  const base = points.find(([, value]) => value !== null && value !== 0)?.[1] ?? null;
  if (base === null) return { base, points: [...points] };
  return {
    base,
    points: points.map(
      ([timeMs, value]): ChartPoint => [timeMs, value === null ? null : value / base],
    ),
  };
}

/** The point nearest in time, by bisection; null of an empty line. */
export function nearestPoint(points: readonly ChartPoint[], timeMs: number): ChartPoint | null {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (after === undefined) return null;
  if (before === undefined) return after;
  return timeMs - before[0] < after[0] - timeMs ? before : after;
}
