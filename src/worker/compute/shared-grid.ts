import { seriesGridIn } from "#quant/kernels/series-grid.ts";

/** A universe in memory that the threads share; see seriesGridIn. */
export type SharedGrid = {
  readonly memory: SharedArrayBuffer;
  readonly length: number;
  readonly seriesCount: number;
};

/** Series on which a funnel works, as logarithms or levels. */
export type FunnelRows = {
  readonly grid: SharedGrid;
  readonly prices: "log" | "level";
};

/** Prices of a series on the axis of its grid, NaN where there is none. */
export function pricesOf({ grid, prices }: FunnelRows, row: number): Float64Array {
  const logs = logPrices(grid, row);
  return prices === "log" ? logs : logs.map(Math.exp);
}

/** Log prices of a series: a view of the grid. */
export function logPrices({ memory, length, seriesCount }: SharedGrid, row: number): Float64Array {
  return seriesGridIn(memory, length, seriesCount).logCloses.subarray(
    row * length,
    (row + 1) * length,
  );
}
