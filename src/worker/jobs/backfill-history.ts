import { AppError } from "#contracts/error-code.ts";
import type { JobParams, SymbolHistory } from "#contracts/job.ts";
import { venueName } from "#contracts/venue.ts";
import { type HistoryInstrument, historyInstruments } from "#db/history.ts";
import { VenueError } from "../venues/venue-error.ts";
import { fetchHistory, historySpan, KLINE_FINAL_MS } from "./fetch-history.ts";
import type { JobContext, JobEnding } from "./job-context.ts";

type Params = Extract<JobParams, { kind: "backfill-history" }>;

/** Bars longer than this are not waited for: whoever rolls up bars completes them from shorter ones. */
const AWAITED_INTERVAL_MS_MAX = 60_000;

/** Attempts of a job until which it waits for instruments to be recorded. */
const AWAITING_ATTEMPTS_MAX = 8;

/** How long a symbol's first trade is given before it is looked for again. */
const FIRST_TRADE_WAIT_MS = 10_000;

/** After a ban nothing is asked for a little longer than the venue wants. */
const BAN_MARGIN_MS = 1_000;

/** What one symbol came to, and up to when its bars were asked for. */
type Outcome = SymbolHistory & { readonly untilMs: number };

/**
 * Fetches the venue's own bars of instruments, symbol by symbol and piece by piece. Every piece is stored
 * when it has come, so that another run goes on after what is there; a bar whose trades were all recorded
 * is never replaced.
 */
export async function runBackfillHistory(context: JobContext, params: Params): Promise<JobEnding> {
  const instruments = await historyInstruments(context.database.pool, params.instrumentIds);
  const outcomes: Outcome[] = [];
  for (const [i, instrument] of instruments.entries()) {
    const progress = (fraction: number) =>
      context.progress(
        (i + fraction) / instruments.length,
        `${instrument.symbol} (${i + 1} of ${instruments.length})`,
      );
    progress(0);
    try {
      outcomes.push(await symbolOutcome(context, params, instrument, progress));
    } catch (error) {
      if (error instanceof VenueError && error.kind === "banned")
        return afterBan(error, instrument);
      throw error;
    }
  }
  return (await untilRecorded(context, params, outcomes)) ?? ending(params, outcomes);
}

async function symbolOutcome(
  context: JobContext,
  params: Params,
  instrument: HistoryInstrument,
  progress: (fraction: number) => void,
): Promise<Outcome> {
  const { instrumentId, symbol, venue, market } = instrument;
  const source = context.venues.marketOf(venue, market);
  const failed = (error: string) => ({ instrumentId, symbol, barCount: 0, error, untilMs: 0 });
  if (source === null) return failed(`${venueName(venue)} is not connected`);
  try {
    const span = await historySpan(context, source, { instrument, ...params });
    const barCount = await fetchHistory(context, source, span, progress);
    return { instrumentId, symbol, barCount, error: null, untilMs: span.endMs };
  } catch (error) {
    if (!(error instanceof VenueError) || error.kind === "banned") throw error;
    context.log.warn({ err: error, symbol }, "the history of a symbol could not be fetched");
    return failed(errorWords(error, instrument));
  }
}

/** What Binance answers to a symbol or an interval that it does not have. */
const UNKNOWN_SYMBOL = -1121;
const UNKNOWN_INTERVAL = -1120;

function errorWords(error: VenueError, { symbol, venue }: HistoryInstrument): string {
  if (error.code === UNKNOWN_SYMBOL) return `${venueName(venue)} knows no symbol ${symbol}`;
  if (error.code === UNKNOWN_INTERVAL) return `${venueName(venue)} has no bars of this length`;
  switch (error.kind) {
    case "unavailable":
      return `${venueName(venue)} does not answer (${error.message})`;
    case "malformed":
      return `${venueName(venue)} answered what cannot be read (${error.message})`;
    default:
      return error.message;
  }
}

function afterBan(error: VenueError, { venue }: HistoryInstrument): JobEnding {
  const retryAtMs = error.retryAtMs ?? Date.now();
  return {
    kind: "later",
    afterMs: Math.max(0, retryAtMs - Date.now()) + BAN_MARGIN_MS,
    stage: `${venueName(venue)} wants no requests until ${new Date(retryAtMs).toISOString().slice(11, 19)} UTC`,
  };
}

/**
 * A job that is to reach the first recorded trade goes on when the bar of that trade has ended, which is
 * partial by itself: history and recording then meet without a hole.
 */
async function untilRecorded(
  context: JobContext,
  params: Params,
  outcomes: readonly Outcome[],
): Promise<JobEnding | null> {
  const { intervalMs } = params;
  const isAwaited = params.untilRecorded && intervalMs <= AWAITED_INTERVAL_MS_MAX;
  if (!isAwaited || context.job.attempt >= AWAITING_ATTEMPTS_MAX) return null;
  const untilMs = new Map(
    outcomes.flatMap((one) => (one.error === null ? [[one.instrumentId, one.untilMs]] : [])),
  );
  const instruments = await historyInstruments(context.database.pool, [...untilMs.keys()]);
  const waitsMs = instruments.flatMap(({ instrumentId, firstTradeMs, venue, market }) => {
    if (firstTradeMs === null) return [FIRST_TRADE_WAIT_MS];
    const firstBarEndMs = (Math.floor(firstTradeMs / intervalMs) + 1) * intervalMs;
    if (firstBarEndMs <= (untilMs.get(instrumentId) ?? 0)) return [];
    const nowMs = context.venues.marketOf(venue, market)?.clock.nowMs() ?? Date.now();
    return [Math.max(0, firstBarEndMs + KLINE_FINAL_MS - nowMs)];
  });
  if (waitsMs.length === 0) return null;
  const stage = "Waiting for the bar in which the recording began";
  return { kind: "later", afterMs: Math.max(...waitsMs), stage };
}

function ending(params: Params, outcomes: readonly Outcome[]): JobEnding {
  const missing = params.instrumentIds.length - outcomes.length;
  const [first] = outcomes;
  if (first === undefined) {
    throw new AppError("not-found", "None of the instruments is listed at a venue");
  }
  if (missing === 0 && outcomes.every(({ error }) => error !== null)) {
    const others = outcomes.length === 1 ? "" : ` (and ${outcomes.length - 1} more symbols)`;
    return {
      kind: "failed",
      error: new AppError("unavailable", `${first.symbol}: ${first.error}${others}`),
    };
  }
  const symbols = outcomes.map(({ untilMs: _, ...outcome }) => outcome);
  return { kind: "succeeded", result: { symbols } };
}
