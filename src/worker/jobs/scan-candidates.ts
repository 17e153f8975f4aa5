import type { ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { pairCount } from "#quant/kernels/pair-order.ts";
import type { PairResults } from "#quant/kernels/pair-results.ts";
import {
  type CandidateColumns,
  candidateColumnsBytes,
  candidateColumnsIn,
} from "#quant/pairs/candidate-columns.ts";
import type { IntegrationOrder } from "#quant/pairs/integration-order.ts";
import type { Candidates } from "#quant/pairs/judge-candidates.ts";
import type { CandidatesInput } from "../compute/screen-candidates.ts";
import { inPieces } from "./in-pieces.ts";
import type { JobContext } from "./job-context.ts";
import { type LoadedScan, sharedGrid } from "./loaded-scan.ts";
import { type ProgressShare, progressWithin } from "./progress-share.ts";
import { screenAllPairs } from "./scan-screening.ts";

/** Bars of all candidates that one task screens exactly: some tens of milliseconds. */
const BARS_PER_TASK = 100_000;

/** The same where the kernel knows most of them to be unlikely. */
const KNOWN_BARS_PER_TASK = 2_000_000;

/** Bars of all series that one task checks for unit roots. */
const CHECKED_BARS_PER_TASK = 10_000;

/** Shares of the work before each step, when its progress begins at 0 and ends at 1. */
const CHECKED_SHARE = 0.2;
const KNOWN_SHARE = 0.6;

/** What is to be tested. */
type CandidateInput = {
  readonly scan: LoadedScan;
  readonly funnel: ScanFunnelConfig;
  /** In memory that the threads share. */
  readonly pairs: Uint32Array;
};

/** Tests all candidates; unlikely ones by the kernel alone where it can say so. */
export async function testCandidates(
  context: JobContext,
  input: CandidateInput,
  share: ProgressShare,
): Promise<Candidates> {
  const at = (done: number) => progressWithin(share, done);
  const checked = { from: share.from, to: at(CHECKED_SHARE) };
  const integrationOrderOf = await checkUnitRoots(context, input, checked);
  const known = await screenByKernel(context, input, { from: checked.to, to: at(KNOWN_SHARE) });
  const columns = await screenCandidates(
    context,
    { ...input, known, isOut: seriesThatAreOut(input.scan, integrationOrderOf) },
    {
      from: known === null ? checked.to : at(KNOWN_SHARE),
      to: share.to,
    },
  );
  return { pairs: input.pairs, columns, integrationOrderOf };
}

/** The kernel knows all pairs of logarithms; it pays unless only few of them are candidates. */
async function screenByKernel(
  context: JobContext,
  { scan, funnel, pairs }: CandidateInput,
  share: ProgressShare,
): Promise<PairResults | null> {
  const seriesCount = scan.series.length;
  const isSupported = funnel.test.kind === "calibrated" && funnel.prices === "log";
  if (!isSupported || pairs.length < pairCount(seriesCount) / 2) return null;
  const { grid, task } = scan;
  return screenAllPairs(context, { grid, seriesCount, config: task.config }, share);
}

async function screenCandidates(
  context: JobContext,
  input: CandidateInput & Pick<CandidatesInput, "known" | "isOut">,
  share: ProgressShare,
): Promise<CandidateColumns> {
  const { scan, funnel, pairs, known, isOut } = input;
  const { task, grid } = scan;
  const { lags, significance } = task.config;
  const count = pairs.length / 2;
  const columns = candidateColumnsIn(new SharedArrayBuffer(candidateColumnsBytes(count)), count);
  const settings = {
    grid: sharedGrid(scan),
    prices: funnel.prices,
    test: funnel.test.kind,
    lags,
    significance,
    pairs,
    columns,
    known,
    isOut,
  };
  await inPieces(
    context,
    {
      count,
      sizeMax: (known === null ? BARS_PER_TASK : KNOWN_BARS_PER_TASK) / grid.length,
      onProgress: (done) =>
        context.progress(
          progressWithin(share, done / count),
          `Testing candidates: ${done} of ${count}`,
        ),
    },
    async (piece) => {
      await context.compute.run(
        "screen-candidates",
        { ...settings, ...piece },
        { signal: context.signal },
      );
    },
  );
  return columns;
}

/** Series no pair of which comes to the test. */
function seriesThatAreOut(
  { series }: LoadedScan,
  orderOf: ReadonlyMap<number, IntegrationOrder>,
): Uint8Array {
  return Uint8Array.from(series, (_, row) => {
    const kind = orderOf.get(row)?.kind;
    return kind === "zero" || kind === "two" ? 1 : 0;
  });
}

/** Checks each leg of a candidate once, however many pairs it is in. */
async function checkUnitRoots(
  context: JobContext,
  { scan, funnel, pairs }: CandidateInput,
  share: ProgressShare,
): Promise<ReadonlyMap<number, IntegrationOrder>> {
  const orderOf = new Map<number, IntegrationOrder>();
  if (funnel.test.kind === "naive" || !funnel.test.requiresUnitRoots) return orderOf;
  const { grid, task } = scan;
  const legs = rowsIn(pairs, scan.series.length);
  const settings = {
    grid: sharedGrid(scan),
    prices: funnel.prices,
    lags: task.config.lags,
  };
  await inPieces(
    context,
    {
      count: legs.length,
      sizeMax: CHECKED_BARS_PER_TASK / grid.length,
      onProgress: (done) =>
        context.progress(
          progressWithin(share, done / legs.length),
          `Checking unit roots: ${done} of ${legs.length}`,
        ),
    },
    async ({ start, end }) => {
      const rows = legs.slice(start, end);
      const orders = await context.compute.run(
        "check-integration",
        { ...settings, rows },
        { signal: context.signal },
      );
      for (const [i, row] of rows.entries()) {
        const order = orders[i];
        if (order !== undefined) orderOf.set(row, order);
      }
    },
  );
  return orderOf;
}

/** Every row that is a leg of some pair, once. */
function rowsIn(pairs: Uint32Array, rowCount: number): number[] {
  const isIn = new Uint8Array(rowCount);
  for (const row of pairs) isIn[row] = 1;
  return Array.from(isIn.keys()).filter((row) => isIn[row] === 1);
}
