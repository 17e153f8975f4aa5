import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import type { PairResults } from "#quant/kernels/pair-results.ts";
import type { CandidateFigures } from "#quant/pairs/candidate-figures.ts";
import type { IntegrationOrder } from "#quant/pairs/integration-order.ts";
import type { JobContext } from "./job-context.ts";
import { kernelFigures } from "./kernel-figures.ts";
import type { LoadedScan } from "./loaded-scan.ts";
import { screenAllPairs } from "./scan-screening.ts";

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

/** What is to be tested. */
type CandidateInput = {
  readonly scan: LoadedScan;
  readonly funnel: ScanFunnelConfig;
  readonly pairs: Uint32Array;
};

/** Part of the job's progress that a step has. */
type ProgressShare = { readonly from: number; readonly to: number };

/** A pair this near to the significance is screened exactly: the kernel agrees to nine digits. */
const NEARNESS = 1e-6;

/** Tests all candidates; unlikely ones by the kernel alone where it can say so. */
export async function testCandidates(
  context: JobContext,
  input: CandidateInput,
  share: ProgressShare,
): Promise<FunnelCandidates> {
  const { pairs, scan } = input;
  const integrationOrderOf = await checkUnitRoots(context, input);
  const { lags, significance } = scan.task.config;
  const known = isForKernel(input) ? await screenByKernel(context, input) : null;
  const figures = Array.from({ length: pairs.length / 2 }, (_, k) => {
    const index = pairIndex(pairs[2 * k] ?? 0, pairs[2 * k + 1] ?? 0, scan.series.length);
    return known === null ? null : kernelFigures(known, index, lags);
  });
  const isOpen = (one: CandidateFigures | null) =>
    one === null || (one.pValue !== null && one.pValue < significance * (1 + NEARNESS));
  const open = figures.flatMap((one, k) => (isOpen(one) ? [k] : []));
  const exact = await screenExactly(context, { ...input, pairs: pairsAt(pairs, open) }, share);
  const exactOf = new Map(open.map((k, i) => [k, exact[i]]));
  return {
    pairs,
    figures: figures.flatMap((one, k) => exactOf.get(k) ?? one ?? []),
    integrationOrderOf,
  };
}

/** The kernel knows all pairs of logarithms; it pays unless only few of them are candidates. */
function isForKernel({ scan, funnel, pairs }: CandidateInput): boolean {
  const isSupported = funnel.test.kind === "calibrated" && funnel.prices === "log";
  return isSupported && pairs.length >= pairCount(scan.series.length) / 2;
}

function screenByKernel(context: JobContext, { scan }: CandidateInput): Promise<PairResults> {
  return screenAllPairs(context, scan.grid, scan.series.length, scan.task.config);
}

/** Place of a pair of rows in the order of the kernel, y before x. */
function pairIndex(y: number, x: number, seriesCount: number): number {
  return y * seriesCount - (y * (y + 1)) / 2 + (x - y - 1);
}

function pairsAt(pairs: Uint32Array, places: readonly number[]): Uint32Array {
  return Uint32Array.from(places.flatMap((k) => [pairs[2 * k] ?? 0, pairs[2 * k + 1] ?? 0]));
}

/** Screens pairs in the threads, as many tasks at a time as there are threads. */
async function screenExactly(
  context: JobContext,
  { scan, funnel, pairs }: CandidateInput,
  share: ProgressShare,
): Promise<CandidateFigures[]> {
  const { task, grid, series } = scan;
  const { compute, signal } = context;
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
  return figures;
}

function taskSize(count: number, length: number, threads: number): number {
  const ofBars = Math.floor(BARS_PER_TASK / length);
  return Math.max(1, Math.min(ofBars, Math.ceil(count / (threads * TASKS_PER_THREAD_MIN))));
}

/** Checks each leg of a candidate once, however many pairs it is in. */
async function checkUnitRoots(
  { compute, signal }: JobContext,
  input: CandidateInput,
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
