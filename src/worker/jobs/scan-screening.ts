import type { ScanConfig } from "#contracts/scan.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { type PairResults, pairResultsBytes, pairResultsIn } from "#quant/kernels/pair-results.ts";
import type { JobContext } from "./job-context.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** Work of one task of a thread, in bars times pairs: some tens of milliseconds, so that others get their turn. */
const BARS_PER_TASK = 4_000_000;

/** Tasks of a thread at least: with fewer, one of them waits for the others at the end. */
const TASKS_PER_THREAD_MIN = 4;

/** Share of the work that is reading the bars, and that is done when all pairs are tested. */
const READING_SHARE = 0.1;
const TESTED_SHARE = 0.6;

/** Screens all pairs of a grid in the threads, as many tasks at a time as there are threads. */
export async function screenAllPairs(
  context: JobContext,
  grid: ScanGrid,
  seriesCount: number,
  config: ScanConfig,
): Promise<PairResults> {
  const { compute, signal } = context;
  const count = pairCount(seriesCount);
  const results = new SharedArrayBuffer(pairResultsBytes(count));
  const pairsPerTask = Math.max(
    1,
    Math.min(
      Math.floor(BARS_PER_TASK / grid.length),
      Math.ceil(count / (compute.size * TASKS_PER_THREAD_MIN)),
    ),
  );
  let next = 0;
  let done = 0;
  const takeTasks = async () => {
    while (next < count) {
      const start = next;
      const end = Math.min(start + pairsPerTask, count);
      next = end;
      const { memory, length } = grid;
      const { lags, significance } = config;
      await compute.run(
        "screen-pairs",
        { grid: memory, length, seriesCount, results, start, end, lags, significance },
        { signal },
      );
      done += end - start;
      const fraction = READING_SHARE + (TESTED_SHARE - READING_SHARE) * (done / count);
      context.progress(fraction, `Testing pairs: ${done} of ${count}`);
    }
  };
  await Promise.all(Array.from({ length: compute.size }, takeTasks));
  return pairResultsIn(results, count);
}
