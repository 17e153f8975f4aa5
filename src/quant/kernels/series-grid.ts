import { type SeriesMoments, seriesMoments } from "./series-moments.ts";

/** Series on a common axis of time, in memory that threads can share. */
export type SeriesGrid = {
  /** Natural-log prices, series by series, NaN where there is no bar. */
  readonly logCloses: Float64Array;
  /** Bars of the axis. */
  readonly length: number;
  readonly seriesCount: number;
  /** Computed once for all pairs; see writeGridMoments. */
  readonly moments: Float64Array;
};

/** One row of a grid. */
export type GridSeries = {
  readonly values: Float64Array;
  /** No bar is missing. */
  readonly isComplete: boolean;
  /** Of a complete series. */
  readonly moments: SeriesMoments;
};

const MOMENT = {
  isComplete: 0,
  isPlain: 1,
  mean: 2,
  squares: 3,
  changeMean: 4,
  changeSquares: 5,
} as const;
const MOMENTS_A_SERIES = 6;

/**
 * Bytes of a grid.
 *
 * @param length bars of the axis
 * @param seriesCount number of series
 * @returns of the prices and the moments together
 */
export function seriesGridBytes(length: number, seriesCount: number): number {
  return (length + MOMENTS_A_SERIES) * seriesCount * 8;
}

/**
 * Lays a grid over a memory.
 *
 * @param memory at least seriesGridBytes(length, seriesCount) bytes
 * @param length bars of the axis
 * @param seriesCount number of series
 * @returns views of the memory, which is not changed
 */
export function seriesGridIn(
  memory: ArrayBuffer | SharedArrayBuffer,
  length: number,
  seriesCount: number,
): SeriesGrid {
  const prices = length * seriesCount;
  return {
    length,
    seriesCount,
    logCloses: new Float64Array(memory, 0, prices),
    moments: new Float64Array(memory, prices * 8, MOMENTS_A_SERIES * seriesCount),
  };
}

/**
 * Writes the moments of a row whose prices are there.
 *
 * @param grid changed at that row's moments
 * @param row number of the series
 *
 * Cost: O(length).
 */
export function writeGridMoments(grid: SeriesGrid, row: number): void {
  const values = valuesOf(grid, row);
  let isComplete = values.length > 0;
  for (let t = 0; t < values.length; t++) if (Number.isNaN(values[t])) isComplete = false;
  const at = row * MOMENTS_A_SERIES;
  grid.moments[at + MOMENT.isComplete] = isComplete ? 1 : 0;
  if (!isComplete) return;
  const moments = seriesMoments(values);
  grid.moments[at + MOMENT.isPlain] = moments.isPlain ? 1 : 0;
  grid.moments[at + MOMENT.mean] = moments.mean;
  grid.moments[at + MOMENT.squares] = moments.squares;
  grid.moments[at + MOMENT.changeMean] = moments.changeMean;
  grid.moments[at + MOMENT.changeSquares] = moments.changeSquares;
}

/**
 * One series of a grid, with the moments that were written for it.
 *
 * @param grid the universe
 * @param row number of the series
 * @returns views and numbers
 *
 * Cost: O(1).
 */
export function gridSeries(grid: SeriesGrid, row: number): GridSeries {
  const at = row * MOMENTS_A_SERIES;
  return {
    values: valuesOf(grid, row),
    isComplete: grid.moments[at + MOMENT.isComplete] === 1,
    moments: {
      isPlain: grid.moments[at + MOMENT.isPlain] === 1,
      mean: grid.moments[at + MOMENT.mean]!,
      squares: grid.moments[at + MOMENT.squares]!,
      changeMean: grid.moments[at + MOMENT.changeMean]!,
      changeSquares: grid.moments[at + MOMENT.changeSquares]!,
    },
  };
}

function valuesOf({ logCloses, length }: SeriesGrid, row: number): Float64Array {
  return logCloses.subarray(row * length, (row + 1) * length);
}
