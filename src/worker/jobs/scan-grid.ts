import { AppError } from "#contracts/error-code.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { type Bars, barsBetween } from "#db/bars.ts";
import type { SeriesRef } from "#db/instruments.ts";
import type { JobContext } from "./job-context.ts";

/** Values of a grid at most: 400 MB of memory. */
const GRID_VALUES_MAX = 50_000_000;

/** Log closes of all instruments on one axis of time, row by row, NaN where there is no bar. */
export type ScanGrid = {
  readonly logCloses: SharedArrayBuffer;
  readonly length: number;
  /** Row of each series that has bars in the window. */
  readonly rowOf: ReadonlyMap<number, number>;
  readonly barCountOf: ReadonlyMap<number, number>;
  readonly firstOpenTimeMs: number | null;
  readonly lastOpenTimeMs: number | null;
};

/** Reads the closes of a window into memory that the compute threads share. */
export async function loadScanGrid(
  context: JobContext,
  series: readonly SeriesRef[],
  window: TimeWindow,
): Promise<ScanGrid> {
  const loaded: { readonly seriesId: number; readonly bars: Bars }[] = [];
  for (const { seriesId, symbol } of series) {
    context.signal.throwIfAborted();
    context.progress(0.1 * (loaded.length / series.length), `Reading ${symbol}`);
    const bars = await barsBetween(context.database, seriesId, window);
    if (bars.close.length > 0) loaded.push({ seriesId, bars });
  }
  const axis = unionOfTimes(loaded.map(({ bars }) => bars.openTimeMs));
  if (axis.length * loaded.length > GRID_VALUES_MAX) {
    throw new AppError(
      "too-large",
      `${loaded.length} instruments over ${axis.length} bars are too many for one scan: shorten the formation period`,
      { field: "formation" },
    );
  }
  const logCloses = new SharedArrayBuffer(axis.length * loaded.length * 8);
  const values = new Float64Array(logCloses).fill(Number.NaN);
  for (const [row, { bars }] of loaded.entries()) {
    fillRow(values.subarray(row * axis.length, (row + 1) * axis.length), axis, bars);
  }
  return {
    logCloses,
    length: axis.length,
    rowOf: new Map(loaded.map(({ seriesId }, row) => [seriesId, row])),
    barCountOf: new Map(loaded.map(({ seriesId, bars }) => [seriesId, bars.close.length])),
    firstOpenTimeMs: axis[0] ?? null,
    lastOpenTimeMs: axis[axis.length - 1] ?? null,
  };
}

function unionOfTimes(axes: readonly Float64Array[]): Float64Array {
  const times = new Set<number>();
  for (const axis of axes) for (const time of axis) times.add(time);
  return Float64Array.from(times).sort();
}

function fillRow(row: Float64Array, axis: Float64Array, bars: Bars): void {
  let t = 0;
  for (const [i, time] of bars.openTimeMs.entries()) {
    while ((axis[t] ?? time) < time) t += 1;
    row[t] = Math.log(bars.close[i] ?? Number.NaN);
  }
}
