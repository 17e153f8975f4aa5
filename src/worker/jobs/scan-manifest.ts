import type { Manifest } from "#contracts/manifest.ts";
import type { SeriesRef } from "#db/instruments.ts";
import type { ScanTask } from "#db/scan-results.ts";
import type { JobContext } from "./job-context.ts";
import { manifestOf } from "./manifest.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** What a scan was made of. The universe counts by its instruments, not by its id. */
export function scanManifest(
  { codeHash }: JobContext,
  { config, instrumentIds, intervalMs }: ScanTask,
  series: readonly SeriesRef[],
  grid: ScanGrid,
): Manifest {
  const used = series.map((one) => ({
    series: one,
    window: config.formation,
    bars: grid.barCountOf.get(one.seriesId) ?? 0,
  }));
  const { universeId: _, ...settings } = config;
  return manifestOf({ ...settings, instrumentIds, intervalMs }, used, {
    codeHash,
    atMs: Date.now(),
  });
}
