import { scheduler } from "node:timers/promises";
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
type ReadingContext = Pick<JobContext, "signal" | "progress"> & { readonly client: DatabaseClient };

/** Reads the closes of a window, by series; a series without a bar in it is absent. */
export async function readCloses(
  context: ReadingContext,
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

/**
 * Lays closes on one axis of time, in memory that the compute threads share.
 *
 * @param signal aborted when the grid is no longer wanted
 */
export async function createScanGrid(
  closes: ReadonlyMap<number, Closes>,
  series: readonly SeriesRef[],
  signal: AbortSignal,
): Promise<ScanGrid> {
  const axis = await unionOfTimes(
    [...closes.values()].map(({ openTimeMs }) => openTimeMs),
    signal,
  );
  if (axis.length * series.length > GRID_VALUES_MAX) {
    throw new AppError(
      "too-large",
      `${series.length} instruments over ${axis.length} bars are too many for one scan: shorten the formation period`,
      { field: "formation" },
    );
  }
  const memory = new SharedArrayBuffer(seriesGridBytes(axis.length, series.length));
  const grid = seriesGridIn(memory, axis.length, series.length);
  const giveWay = createTurns(signal);
  for (const [row, { seriesId }] of series.entries()) {
    await giveWay(axis.length);
    const values = grid.logCloses.subarray(row * axis.length, (row + 1) * axis.length);
    values.fill(Number.NaN);
    const found = closes.get(seriesId);
    if (found !== undefined) fillRow(values, axis, found);
    writeGridMoments(grid, row);
  }
  return {
    memory,
    length: axis.length,
    barCountOf: new Map([...closes].map(([seriesId, { close }]) => [seriesId, close.length])),
    firstOpenTimeMs: axis[0] ?? null,
    lastOpenTimeMs: axis[axis.length - 1] ?? null,
  };
}

/** Bars after which others get their turn: some milliseconds of work. */
const BARS_PER_TURN = 50_000;

/** @returns what is called before work on so many bars; it lets others in from time to time */
function createTurns(signal: AbortSignal): (bars: number) => Promise<void> {
  let bars = 0;
  return async (more) => {
    bars += more;
    if (bars < BARS_PER_TURN) return;
    bars = 0;
    await scheduler.yield();
    signal.throwIfAborted();
  };
}

async function unionOfTimes(
  axes: readonly Float64Array[],
  signal: AbortSignal,
): Promise<Float64Array> {
  const times = new Set<number>();
  const giveWay = createTurns(signal);
  let before: Float64Array | undefined;
  for (const axis of axes) {
    await giveWay(axis.length);
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
  for (let i = 0; i < openTimeMs.length; i++) {
    const time = openTimeMs[i] ?? 0;
    while ((axis[t] ?? time) < time) t += 1;
    row[t] = Math.log(close[i] ?? Number.NaN);
  }
}
