import type { SeriesRef } from "#db/instruments.ts";
import type { ScanTask } from "#db/scan-results.ts";
import type { SharedGrid } from "../compute/shared-grid.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** A scan whose bars have been read. */
export type LoadedScan = {
  readonly task: ScanTask;
  /** In the order of the alphabet; row i of the grid. */
  readonly series: readonly SeriesRef[];
  readonly grid: ScanGrid;
  readonly startedAtMs: number;
};

/** The bars of a scan as tasks of the threads get them. */
export function sharedGrid({ grid, series }: LoadedScan): SharedGrid {
  return { memory: grid.memory, length: grid.length, seriesCount: series.length };
}
