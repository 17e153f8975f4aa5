import type { ScanConfig } from "#contracts/scan.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import { type PairResults, pairResultsBytes, pairResultsIn } from "#quant/kernels/pair-results.ts";
import { inPieces } from "./in-pieces.ts";
import type { JobContext } from "./job-context.ts";
import { type ProgressShare, progressWithin } from "./progress-share.ts";
import type { ScanGrid } from "./scan-grid.ts";

/** Work of one task of a thread, in bars times pairs: some tens of milliseconds. */
const BARS_PER_TASK = 4_000_000;

/** Screens all pairs of a grid in the threads. */
export async function screenAllPairs(
  context: JobContext,
  scan: {
    readonly grid: ScanGrid;
    readonly seriesCount: number;
    readonly config: Pick<ScanConfig, "lags" | "significance">;
  },
  share: ProgressShare,
): Promise<PairResults> {
  const { seriesCount } = scan;
  const { memory, length } = scan.grid;
  const { lags, significance } = scan.config;
  const count = pairCount(seriesCount);
  const results = new SharedArrayBuffer(pairResultsBytes(count));
  const settings = { grid: memory, length, seriesCount, results, lags, significance };
  await inPieces(
    context,
    {
      count,
      sizeMax: BARS_PER_TASK / length,
      onProgress: (done) =>
        context.progress(progressWithin(share, done / count), `Testing pairs: ${done} of ${count}`),
    },
    async (piece) => {
      await context.compute.run(
        "screen-pairs",
        { ...settings, ...piece },
        { signal: context.signal },
      );
    },
  );
  return pairResultsIn(results, count);
}
