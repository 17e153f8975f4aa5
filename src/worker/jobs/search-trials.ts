import type { OptimisationConfig } from "#contracts/optimisation.ts";
import { createSampler } from "#quant/optimisation/create-sampler.ts";
import type { ParameterSpace } from "#quant/optimisation/parameter-space.ts";
import type { Sampler } from "#quant/optimisation/sampler.ts";
import type { TrialColumns } from "#quant/optimisation/trial-columns.ts";
import { rankingOf, type TrialsInput, type TrialsPlan } from "../compute/run-trials.ts";
import type { JobContext } from "./job-context.ts";

/** How far a search is, or how it ended. */
export type SearchState = {
  readonly trials: number;
  /** Of the trials that can be ranked; null without any. */
  readonly bestRow: number | null;
};

export type TrialSearch = SearchState & { readonly skipped: number };

/** A search, and the memory that its trials are written to. */
export type SearchInput = {
  readonly input: TrialsInput;
  readonly space: ParameterSpace;
  readonly columns: TrialColumns;
  readonly optimisation: OptimisationConfig;
  readonly plan: TrialsPlan;
  /** Called at most once a second. */
  readonly onLive: (state: SearchState) => Promise<void>;
};

const LIVE_EVERY_MS = 1_000;

/** Bars of a batch: some tens of milliseconds of the sweep, and of the event engine. */
const FAST_BATCH_BARS = 5_000_000;
const EVENT_BATCH_BARS = 200_000;

const BATCH_MAX = 1_000;

/** What TPE asks depends on how many it asks at a time, so that number is always the same. */
const TPE_ROUND = 16;

/** Tries points until there is nothing left or as many were tried as there is room for. */
export async function searchTrials(context: JobContext, search: SearchInput): Promise<TrialSearch> {
  const { optimisation, space, plan, input } = search;
  const { method } = optimisation;
  const sampler = createSampler(method.kind, space, method.kind === "grid" ? 0 : method.seed);
  const state = new SearchProgress(context, search);
  const legs = input.strategy.books.reduce((sum, { length }) => sum + length, 0);
  const batchBars = plan.isFast ? FAST_BATCH_BARS : EVENT_BATCH_BARS / legs;
  const even = Math.ceil(input.layout.capacity / (2 * context.compute.size));
  const batch = Math.max(1, Math.min(BATCH_MAX, Math.floor(batchBars / plan.tradedBars), even));
  try {
    if (method.kind === "tpe") await inRounds(context, search, { sampler, state });
    else await inBatches(context, search, { sampler, state, batch });
  } catch (error) {
    // What was tried was seen, also of a search that is stopped: it counts for those to come.
    if (context.signal.aborted) await search.onLive(state);
    throw error;
  }
  return { trials: state.trials, bestRow: state.bestRow, skipped: sampler.skipped() };
}

type Searching = { readonly sampler: Sampler; readonly state: SearchProgress };

/** As many batches at a time as there are threads; rows are in the order in which points were asked for. */
async function inBatches(
  context: JobContext,
  search: SearchInput,
  { sampler, state, batch }: Searching & { readonly batch: number },
): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const takeBatches = async () => {
    while (!hasFailed) {
      const points = sampler.ask(Math.min(batch, search.input.layout.capacity - next));
      if (points.length === 0) return;
      const firstRow = next;
      next += points.length;
      try {
        await runBatch(context, search, { points, firstRow });
        // What ends after the search has failed is not told any more.
        if (hasFailed) return;
        await state.note(firstRow, firstRow + points.length);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
      if (next >= search.input.layout.capacity) return;
    }
  };
  await Promise.all(Array.from({ length: context.compute.size }, takeBatches));
}

/** One round after the other, for what is asked next depends on what became of the last one. */
async function inRounds(
  context: JobContext,
  search: SearchInput,
  { sampler, state }: Searching,
): Promise<void> {
  const { capacity } = search.input.layout;
  let next = 0;
  while (next < capacity) {
    const points = sampler.ask(Math.min(TPE_ROUND, capacity - next));
    if (points.length === 0) return;
    const firstRow = next;
    next += points.length;
    const half = Math.ceil(points.length / context.compute.size);
    const parts = Array.from({ length: context.compute.size }, (_, part) => ({
      points: points.slice(part * half, (part + 1) * half),
      firstRow: firstRow + part * half,
    })).filter((part) => part.points.length > 0);
    await Promise.all(parts.map((part) => runBatch(context, search, part)));
    const rank = rankingOf(search.columns, search.optimisation);
    sampler.tell(
      points,
      points.map((_, i) => rank(firstRow + i)),
    );
    await state.note(firstRow, next);
  }
}

async function runBatch(
  { compute, signal }: JobContext,
  { input }: SearchInput,
  batch: { readonly points: readonly number[]; readonly firstRow: number },
): Promise<void> {
  await compute.run("run-trials", { ...input, ...batch }, { signal });
}

class SearchProgress {
  trials = 0;
  bestRow: number | null = null;
  private best = Number.NEGATIVE_INFINITY;
  private liveAtMs = 0;
  private isWriting = false;
  private readonly rank: (row: number) => number;
  private readonly context: JobContext;
  private readonly search: SearchInput;

  constructor(context: JobContext, search: SearchInput) {
    this.context = context;
    this.search = search;
    this.rank = rankingOf(search.columns, search.optimisation);
  }

  /** Rows that were written. */
  async note(from: number, to: number): Promise<void> {
    for (let row = from; row < to; row++) {
      const value = this.rank(row);
      // Of equal trials the first is the best, in whatever order batches end.
      const isBetter =
        value > this.best || (value === this.best && this.bestRow !== null && row < this.bestRow);
      if (isBetter && Number.isFinite(value)) {
        this.best = value;
        this.bestRow = row;
      }
    }
    this.trials += to - from;
    const { capacity } = this.search.input.layout;
    this.context.progress(
      0.15 + 0.75 * (this.trials / capacity),
      `${this.trials.toLocaleString("en-US")} of ${capacity.toLocaleString("en-US")} trials`,
    );
    if (this.isWriting || Date.now() - this.liveAtMs < LIVE_EVERY_MS) return;
    this.liveAtMs = Date.now();
    this.isWriting = true;
    try {
      await this.search.onLive({ trials: this.trials, bestRow: this.bestRow });
    } finally {
      this.isWriting = false;
    }
  }
}
