import type { ScanConfig } from "#contracts/scan.ts";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { jobById } from "#db/jobs.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import {
  enqueueScan,
  memoryPeakMebibytes,
  type ScanUniverse,
  withScanUniverse,
  withWorker,
} from "./scan-universe.ts";
import { bestAndMedian } from "./stopwatch.ts";

const SIZE = { series: 1_000, bars: 1_000 };
const RUNS = 3;
const SECONDS_MAX = 20;
const MEBIBYTES_MAX = 1_024;
const SUBJECT = "1,000 symbols × 1,000 bars (499,500 pairs), as a job, stored";

type Settings = Omit<ScanConfig, "universeId" | "formation">;

/** Every pair tested in both directions, and none filtered. */
const PLAIN: Settings = {
  lags: { kind: "aic" },
  direction: "smaller-of-both-doubled",
  significance: 0.05,
};

/**
 * Scans of 1,000 symbols over 1,000 bars, as the worker runs them: from the job's entry into the queue to
 * its commit in a PostgreSQL that syncs to disk. Each kind has a worker of its own, whose peak of memory
 * is stated.
 */
export async function productScan(): Promise<readonly Figure[]> {
  return withScanUniverse(SIZE, async (universe) => [
    ...(await measured(universe, `scan of ${SUBJECT}`, PLAIN)),
    ...(await measured(universe, `honest funnel over ${SUBJECT}`, SCAN_PRESETS.honest)),
  ]);
}

async function measured(
  universe: ScanUniverse,
  name: string,
  settings: Settings,
): Promise<readonly Figure[]> {
  return withWorker(universe, async (worker) => {
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run++) seconds.push(await scanSeconds(universe, settings));
    const { best, median } = bestAndMedian(seconds);
    const mebibytes = memoryPeakMebibytes(worker);
    return [
      atMost(name, best, SECONDS_MAX, "s"),
      observed(`${name}, median`, median, "s"),
      ...(mebibytes === null
        ? []
        : [atMost(`${name}, memory of the worker at its peak`, mebibytes, MEBIBYTES_MAX, "MiB")]),
    ];
  });
}

async function scanSeconds(universe: ScanUniverse, settings: Settings): Promise<number> {
  const { database, workspaceId } = universe;
  const startedAt = performance.now();
  const jobId = await enqueueScan(universe, settings);
  for (;;) {
    const job = await jobById(database, workspaceId, jobId);
    if (job?.state === "succeeded") return (performance.now() - startedAt) / 1000;
    if (job?.state === "failed") throw new Error(`the scan failed: ${job.error?.message ?? ""}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
