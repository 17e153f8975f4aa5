import type { SeriesRef } from "#db/instruments.ts";
import type { ScanTask } from "#db/scan-results.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** A scan whose bars have been read. */
export type LoadedScan = {
  readonly task: ScanTask;
  /** In the order of the alphabet; row i of the grid. */
  readonly series: readonly SeriesRef[];
  readonly grid: ScanGrid;
  readonly startedAtMs: number;
};
