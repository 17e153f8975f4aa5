import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { jobById } from "#db/jobs.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { enqueueScan, type ScanUniverse, withScanUniverse, withWorker } from "./scan-universe.ts";
import { bestAndMedian } from "./stopwatch.ts";

/** The size of the universe of the published results: 214 funds over four years of days. */
const SIZE = { series: 214, bars: 1_008 };
const PRESETS = ["thesis", "service"] as const;
const RUNS = 5;
const SECONDS_MAX = 2;

/**
 * Scans with the presets that reproduce published results, as the worker runs them: from the job's entry
 * into the queue to its commit. Clusters are synthetic, their number near the published ones.
 */
export async function publishedPresets(): Promise<readonly Figure[]> {
  return withScanUniverse({ ...SIZE, logPrices: groupedPrices() }, (universe) =>
    withWorker(universe, async () => {
      const figures: Figure[] = [];
      for (const preset of PRESETS) figures.push(...(await measured(universe, preset)));
      return figures;
    }),
  );
}

async function measured(
  universe: ScanUniverse,
  preset: (typeof PRESETS)[number],
): Promise<Figure[]> {
  const seconds: number[] = [];
  let candidates = 0;
  // The first run also waits for the worker to start.
  for (let run = -1; run < RUNS; run++) {
    const done = await scan(universe, preset);
    candidates = done.candidates;
    if (run >= 0) seconds.push(done.seconds);
  }
  const { best, median } = bestAndMedian(seconds);
  const name = `preset ${preset} over ${SIZE.series} symbols × ${SIZE.bars} bars, as a job, stored`;
  return [
    atMost(name, best, SECONDS_MAX, "s"),
    observed(`${name}, median`, median, "s"),
    observed(`${name}, candidates`, candidates, "pairs"),
  ];
}

async function scan(
  universe: ScanUniverse,
  preset: (typeof PRESETS)[number],
): Promise<{ readonly seconds: number; readonly candidates: number }> {
  const { database, workspaceId } = universe;
  const startedAt = performance.now();
  const jobId = await enqueueScan(universe, SCAN_PRESETS[preset]);
  for (;;) {
    const job = await jobById(database, workspaceId, jobId);
    if (job?.state === "succeeded") {
      const seconds = (performance.now() - startedAt) / 1000;
      const { rows } = await database.pool.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM scan_pair p JOIN job j ON j.id = $1 WHERE p.scan_id = (j.params ->> 'scanId')::uuid",
        [jobId],
      );
      return { seconds, candidates: rows[0]?.count ?? 0 };
    }
    if (job?.state === "failed") throw new Error(`the scan failed: ${job.error?.message ?? ""}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Members of a group share most of their walk; every other series has one of its own. */
const GROUPS = 22;
const GROUP_SIZE = 4;

function groupedPrices(): Float64Array[] {
  const steps = (stream: number) => {
    const { gaussian } = createRandom(7, stream);
    return Float64Array.from({ length: SIZE.bars }, gaussian);
  };
  const shared = Array.from({ length: GROUPS }, (_, group) => steps(group));
  return Array.from({ length: SIZE.series }, (_, i) => {
    const own = steps(1_000 + i);
    const group = i < GROUPS * GROUP_SIZE ? shared[i % GROUPS] : undefined;
    let level = 4;
    return own.map((step, t) => {
      level += 0.01 * (group === undefined ? step : 0.9 * (group[t] ?? 0) + 0.3 * step);
      return level;
    });
  });
}
