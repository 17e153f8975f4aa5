import { setTimeout as delay } from "node:timers/promises";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { hasKlines, historyBars } from "#contracts/history.ts";
import { barTable } from "#db/bar-table.ts";
import { venueBanUntilMs } from "#db/feed-statuses.ts";
import { type HistoryInstrument, wholeBarCounts } from "#db/history.ts";
import { holdsJobClaim } from "#db/jobs.ts";
import { storeVenueBars, type VenueBar } from "#db/market-bars.ts";
import { ensurePartition, nextPartitionStart } from "#db/partitions.ts";
import { inTransaction } from "#db/transaction.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import { REST_ROWS_MAX } from "../venues/rest-weights.ts";
import { VenueError } from "../venues/venue-error.ts";
import type { VenueKline } from "../venues/venue-kline.ts";
import { type JobContext, JobStop } from "./job-context.ts";

/** The venue's bar is final so long after its end. */
export const KLINE_FINAL_MS = 5_000;

/** Waits before a call that failed is tried again; then the symbol is given up. */
const RETRY_AFTER_MS = [500, 2_000, 5_000] as const;

/** Bars of one instrument that are to be there: open times in [startMs, endMs), on the grid. */
export type HistorySpan = {
  readonly instrument: HistoryInstrument;
  readonly intervalMs: number;
  readonly startMs: number;
  readonly endMs: number;
};

/**
 * The bars that are asked for: as many as the span has, up to the last that is final at the venue.
 *
 * @throws {VenueError}
 */
export async function historySpan(
  context: JobContext,
  source: MarketVenue,
  request: {
    readonly instrument: HistoryInstrument;
    readonly intervalMs: number;
    readonly spanMs: number;
  },
): Promise<HistorySpan> {
  const { instrument, intervalMs, spanMs } = request;
  if (!hasKlines(instrument.market, intervalMs)) {
    throw new VenueError("refused", `This market has no bars of ${intervalLabel(intervalMs)}`);
  }
  const bannedUntilMs = await venueBanUntilMs(
    context.database.pool,
    instrument.venue,
    instrument.market,
  );
  if (bannedUntilMs !== null) source.rest.pool.banUntil(bannedUntilMs);
  await withRetries(context.signal, () => source.clock.ask(source.rest, context.signal));
  const lastMs = source.clock.nowMs() - KLINE_FINAL_MS;
  const endMs = Math.floor(lastMs / intervalMs) * intervalMs;
  const startMs = Math.max(0, endMs - historyBars(intervalMs, spanMs) * intervalMs);
  return { instrument, intervalMs, startMs, endMs };
}

/**
 * Fetches what is missing of a span and stores it, a call at a time; pieces that are stored are passed over.
 *
 * @param progress share of the span that is done
 * @returns number of bars that were fetched
 * @throws {VenueError}
 */
export async function fetchHistory(
  context: JobContext,
  source: MarketVenue,
  span: HistorySpan,
  progress: (fraction: number) => void,
): Promise<number> {
  const { startMs, endMs, intervalMs } = span;
  const pieceMs = REST_ROWS_MAX * intervalMs;
  const stored = await wholeBarCounts(context.database.pool, span.instrument, intervalMs, {
    startMs,
    endMs,
    pieceMs,
  });
  await preparePartitions(context, span);
  let barCount = 0;
  for (let fromMs = startMs; fromMs < endMs; ) {
    context.signal.throwIfAborted();
    progress((fromMs - startMs) / (endMs - startMs));
    const pieceStartMs = fromMs - ((fromMs - startMs) % pieceMs);
    const pieceEndMs = Math.min(endMs, pieceStartMs + pieceMs);
    if (stored.get(pieceStartMs) === (pieceEndMs - pieceStartMs) / intervalMs) {
      fromMs = pieceEndMs;
      continue;
    }
    // A venue that takes too long over many bars may have the time for fewer.
    const klines = await withRetries(context.signal, (failures) =>
      klinesFrom(context, source, { ...span, fromMs, barsMax: REST_ROWS_MAX >> failures }),
    );
    const last = klines.at(-1);
    if (last === undefined) break;
    barCount += await storeKlines(context, span, klines);
    fromMs = last.openTimeMs + intervalMs;
  }
  progress(1);
  return barCount;
}

/** The venue's next bars from a moment on: those of a symbol that was listed later begin later. */
async function klinesFrom(
  context: JobContext,
  source: MarketVenue,
  request: HistorySpan & { readonly fromMs: number; readonly barsMax: number },
): Promise<VenueKline[]> {
  const { instrument, intervalMs, endMs, fromMs } = request;
  const limit = Math.min(request.barsMax, (endMs - fromMs) / intervalMs);
  const klines = await source.rest.klines(
    instrument.symbol,
    {
      interval: intervalLabel(intervalMs),
      startTimeMs: fromMs,
      endTimeMs: endMs - 1,
      limit,
    },
    { share: "backfill", signal: context.signal },
  );
  let beforeMs = fromMs - 1;
  for (const { openTimeMs } of klines) {
    if (openTimeMs % intervalMs !== 0 || openTimeMs <= beforeMs || openTimeMs >= endMs) {
      throw new VenueError("malformed", "bars are not those that were asked for");
    }
    beforeMs = openTimeMs;
  }
  return klines;
}

/** @returns number of bars: a time without a trade is none, though the venue repeats its last price there */
async function storeKlines(
  { database, job, signal }: JobContext,
  { instrument: { instrumentId }, intervalMs }: HistorySpan,
  klines: readonly VenueKline[],
): Promise<number> {
  const bars = klines.filter(({ rawTradeCount }) => rawTradeCount > 0).map(barOf);
  await inTransaction(database.pool, async (client) => {
    await storeVenueBars(client, [{ instrumentId, intervalMs, bars }]);
    signal.throwIfAborted();
    if (!(await holdsJobClaim(client, job))) throw new JobStop("superseded");
  });
  return bars.length;
}

function barOf({ rawTradeCount: _, ...prices }: VenueKline): VenueBar {
  // The venue counts raw trades there, and we count aggregated ones.
  const unknown = { tradeCount: null, lateCount: null, backfilledCount: null };
  return { ...prices, ...unknown, provenance: "kline" };
}

async function preparePartitions(context: JobContext, span: HistorySpan): Promise<void> {
  const { instrument, intervalMs, startMs, endMs } = span;
  const table = barTable({ venue: instrument.venue, intervalMs });
  if (table === "bar") return;
  for (let timeMs = startMs; timeMs < endMs; timeMs = nextPartitionStart(table, timeMs)) {
    await ensurePartition(context.database.pool, table, timeMs);
  }
}

/** Tries again what the venue did not answer; a refusal and a ban are answers. */
async function withRetries<T>(
  signal: AbortSignal,
  call: (failures: number) => Promise<T>,
): Promise<T> {
  for (const [failures, afterMs] of RETRY_AFTER_MS.entries()) {
    try {
      return await call(failures);
    } catch (error) {
      const isPassing = error instanceof VenueError && error.kind === "unavailable";
      if (!isPassing) throw error;
      await delay(afterMs, undefined, { signal });
    }
  }
  return call(RETRY_AFTER_MS.length);
}
