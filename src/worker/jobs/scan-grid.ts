import { AppError } from "#contracts/error-code.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { DatabaseClient } from "#db/client.ts";
import type { SeriesRef } from "#db/instruments.ts";
import { type Closes, closesBetween } from "#db/scan-closes.ts";
import { seriesGridBytes, seriesGridIn, writeGridMoments } from "#quant/kernels/series-grid.ts";
import type { JobContext } from "./job-context.ts";

/** Values of a grid at most: 400 MB of memory. */
const GRID_VALUES_MAX = 50_000_000;

/** Bars read at once, about: some tens of milliseconds, so that a cancelled scan stops soon. */
const BARS_PER_READ = 50_000;

/** Log closes of all instruments on one axis of time, a row each, NaN where there is no bar. */
export type ScanGrid = {
  /** Laid out as seriesGridIn says, with the moments written. */
  readonly memory: SharedArrayBuffer;
  readonly length: number;
  /** Bars in the window, by series; a series without any is absent. */
  readonly barCountOf: ReadonlyMap<number, number>;
  readonly firstOpenTimeMs: number | null;
  readonly lastOpenTimeMs: number | null;
};

/** A job, and the snapshot in which it reads. */
type GridContext = Pick<JobContext, "signal" | "progress"> & { readonly client: DatabaseClient };

/** Reads the closes of a window into memory that the compute threads share. */
export async function loadScanGrid(
  context: GridContext,
  series: readonly SeriesRef[],
  window: TimeWindow,
): Promise<ScanGrid> {
  const loaded = await readCloses(context, series, window);
  const axis = unionOfTimes([...loaded.values()].map(({ openTimeMs }) => openTimeMs));
  if (axis.length * series.length > GRID_VALUES_MAX) {
    throw new AppError(
      "too-large",
      `${series.length} instruments over ${axis.length} bars are too many for one scan: shorten the formation period`,
      { field: "formation" },
    );
  }
  const memory = new SharedArrayBuffer(seriesGridBytes(axis.length, series.length));
  const grid = seriesGridIn(memory, axis.length, series.length);
  grid.logCloses.fill(Number.NaN);
  for (const [row, { seriesId }] of series.entries()) {
    const values = grid.logCloses.subarray(row * axis.length, (row + 1) * axis.length);
    const closes = loaded.get(seriesId);
    if (closes !== undefined) fillRow(values, axis, closes);
    writeGridMoments(grid, row);
  }
  return {
    memory,
    length: axis.length,
    barCountOf: new Map([...loaded].map(([seriesId, { close }]) => [seriesId, close.length])),
    firstOpenTimeMs: axis[0] ?? null,
    lastOpenTimeMs: axis[axis.length - 1] ?? null,
  };
}

async function readCloses(
  context: GridContext,
  series: readonly SeriesRef[],
  window: TimeWindow,
): Promise<Map<number, Closes>> {
  const loaded = new Map<number, Closes>();
  let next = 0;
  while (next < series.length) {
    context.signal.throwIfAborted();
    context.progress(0.1 * (next / series.length), `Reading ${series[next]?.symbol}`);
    const ids: number[] = [];
    for (let bars = 0; next < series.length && bars < BARS_PER_READ; next++) {
      const one = series[next];
      if (one === undefined) break;
      ids.push(one.seriesId);
      bars += one.barCount;
    }
    for (const [id, closes] of await closesBetween(context.client, ids, window)) {
      loaded.set(id, closes);
    }
  }
  return loaded;
}

function unionOfTimes(axes: readonly Float64Array[]): Float64Array {
  const times = new Set<number>();
  let before: Float64Array | undefined;
  for (const axis of axes) {
    // Series of one venue mostly have the very same bars.
    if (before === undefined || !areEqual(before, axis)) for (const time of axis) times.add(time);
    before = axis;
  }
  return Float64Array.from(times).sort();
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function fillRow(row: Float64Array, axis: Float64Array, { openTimeMs, close }: Closes): void {
  let t = 0;
  for (const [i, time] of openTimeMs.entries()) {
    while ((axis[t] ?? time) < time) t += 1;
    row[t] = Math.log(close[i] ?? Number.NaN);
  }
}
