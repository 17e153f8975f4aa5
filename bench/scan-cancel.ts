import { setTimeout as delay } from "node:timers/promises";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { requestJobCancel } from "#db/jobs.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { enqueueScan, type ScanUniverse, withScanUniverse, withWorker } from "./scan-universe.ts";
import { bestAndMedian } from "./stopwatch.ts";

const SIZE = { series: 1_000, bars: 1_000 };
const CANCELS = 24;
const MILLISECONDS_MAX = 200;

/** Progress is written this often: a cancel comes at any moment within. */
const PULSE_MS = 400;

/** One cancelled scan: how long it took, and what it was doing. */
export type ScanCancel = { readonly milliseconds: number; readonly stage: string };

/**
 * Cancels of a large scan with a funnel, each at another moment of its work: from the request to the row
 * that says so.
 */
export async function scanCancel(): Promise<readonly Figure[]> {
  const cancels = await measuredCancels(CANCELS);
  const milliseconds = cancels.map((cancel) => cancel.milliseconds);
  const { best, median } = bestAndMedian(milliseconds);
  const name = `cancel of a running scan, ${CANCELS} at all stages`;
  return [
    atMost(`${name}, the slowest`, Math.max(...milliseconds), MILLISECONDS_MAX, "ms"),
    observed(`${name}, median`, median, "ms"),
    observed(`${name}, the fastest`, best, "ms"),
  ];
}

/** Cancels scans that have come ever further. */
export function measuredCancels(count: number): Promise<readonly ScanCancel[]> {
  const { uniform } = createRandom(1);
  return withScanUniverse(SIZE, (universe) =>
    withWorker(universe, async () => {
      const cancels: ScanCancel[] = [];
      // A process that is still loading its code answers when it has: that is its start, not the cancel.
      await cancelAt(universe, 0.1, 0);
      while (cancels.length < count) {
        const cancel = await cancelAt(universe, cancels.length / count, PULSE_MS * uniform());
        // A scan that was finished when the request came is tried again.
        if (cancel !== null) cancels.push(cancel);
      }
      return cancels;
    }),
  );
}

async function cancelAt(
  universe: ScanUniverse,
  progress: number,
  afterMs: number,
): Promise<ScanCancel | null> {
  const { database, workspaceId } = universe;
  const jobId = await enqueueScan(universe, SCAN_PRESETS.honest);
  const standing = async () => {
    const { rows } = await database.pool.query<{ state: string; progress: number; stage: string }>(
      "SELECT state, progress, stage FROM job WHERE id = $1",
      [jobId],
    );
    return rows[0] ?? { state: "gone", progress: 1, stage: "" };
  };
  for (let job = await standing(); job.state === "queued" || job.progress < progress; ) {
    await delay(1);
    job = await standing();
  }
  await delay(afterMs);
  const { stage } = await standing();
  const requestedAt = performance.now();
  await requestJobCancel(database, workspaceId, jobId);
  for (;;) {
    const { state } = await standing();
    if (state === "cancelled") return { milliseconds: performance.now() - requestedAt, stage };
    if (state === "succeeded") return null;
    if (state !== "running") throw new Error(`the job is ${state}`);
    await delay(1);
  }
}
