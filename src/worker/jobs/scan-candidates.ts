import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import type { CandidateFigures } from "#quant/pairs/candidate-figures.ts";
import type { IntegrationOrder } from "#quant/pairs/integration-order.ts";
import type { JobContext } from "./job-context.ts";
import type { LoadedScan } from "./loaded-scan.ts";

/** Bars of all pairs of one task: some tens of milliseconds, so that others get their turn. */
const BARS_PER_TASK = 100_000;

/** Tasks of a thread at least: with fewer, one of them waits for the others at the end. */
const TASKS_PER_THREAD_MIN = 4;

/** Candidates with their figures. */
export type FunnelCandidates = {
  /** Rows of leg Y and leg X of each pair in turn. */
  readonly pairs: Uint32Array;
  readonly figures: readonly CandidateFigures[];
  /** By row of the grid; empty where unit roots are not asked for. */
  readonly integrationOrderOf: ReadonlyMap<number, IntegrationOrder>;
};

/** Tests all candidates in the threads, as many tasks at a time as there are threads. */
export async function testCandidates(
  context: JobContext,
  input: {
    readonly scan: LoadedScan;
    readonly funnel: ScanFunnelConfig;
    readonly pairs: Uint32Array;
  },
  share: { readonly from: number; readonly to: number },
): Promise<FunnelCandidates> {
  const { pairs, funnel, scan } = input;
  const { task, grid, series } = scan;
  const { compute, signal } = context;
  const integrationOrderOf = await checkUnitRoots(context, input);
  const { lags, significance } = task.config;
  const settings = {
    grid: { ...grid, seriesCount: series.length },
    prices: funnel.prices,
    test: funnel.test.kind,
    lags,
    significance,
  };
  const count = pairs.length / 2;
  const figures = new Array<CandidateFigures>(count);
  const pairsPerTask = taskSize(count, grid.length, compute.size);
  let next = 0;
  let done = 0;
  const takeTasks = async () => {
    while (next < count) {
      const start = next;
      const end = Math.min(start + pairsPerTask, count);
      next = end;
      const found = await compute.run(
        "screen-candidates",
        { ...settings, pairs: pairs.slice(2 * start, 2 * end) },
        { signal },
      );
      for (const [i, one] of found.entries()) figures[start + i] = one;
      done += end - start;
      const fraction = share.from + (share.to - share.from) * (done / count);
      context.progress(fraction, `Testing candidates: ${done} of ${count}`);
    }
  };
  await Promise.all(Array.from({ length: compute.size }, takeTasks));
  return { pairs, figures, integrationOrderOf };
}

function taskSize(count: number, length: number, threads: number): number {
  const ofBars = Math.floor(BARS_PER_TASK / length);
  return Math.max(1, Math.min(ofBars, Math.ceil(count / (threads * TASKS_PER_THREAD_MIN))));
}

/** Checks each leg of a candidate once, however many pairs it is in. */
async function checkUnitRoots(
  { compute, signal }: JobContext,
  input: {
    readonly scan: LoadedScan;
    readonly funnel: ScanFunnelConfig;
    readonly pairs: Uint32Array;
  },
): Promise<ReadonlyMap<number, IntegrationOrder>> {
  const { scan, funnel, pairs } = input;
  if (funnel.test.kind === "naive" || !funnel.test.requiresUnitRoots) return new Map();
  const rows = [...new Set(pairs)];
  const { grid, series, task } = scan;
  const orders = await compute.run(
    "check-integration",
    {
      grid: { ...grid, seriesCount: series.length },
      prices: funnel.prices,
      rows,
      lags: task.config.lags,
    },
    { signal },
  );
  return new Map(rows.flatMap((row, i) => (orders[i] === undefined ? [] : [[row, orders[i]]])));
}
