// History of venue instruments: the bars that a venue publishes, from before its trades were recorded. It
// is common data, whichever workspace asked for it.
import { z } from "zod";
import { TRADE_BAR_INTERVALS_MS } from "#contracts/bar-intervals.ts";
import { BAR_PROVENANCE_CODES } from "#contracts/bar-provenance.ts";
import { type HistoryRequest, hasKlines, historyBars } from "#contracts/history.ts";
import { Market, Venue } from "#contracts/market-data.ts";
import { barTable } from "./bar-table.ts";
import type { Queryable } from "./client.ts";
import { enqueueJob } from "./jobs.ts";

/** An instrument whose history is asked for. */
export type HistoryInstrument = {
  readonly instrumentId: number;
  readonly symbol: string;
  readonly venue: Venue;
  readonly market: Market;
  /** Time of the first trade that was recorded, UTC ms; null: none was. */
  readonly firstTradeMs: number | null;
};

const InstrumentRow = z.object({
  instrumentId: z.number(),
  symbol: z.string(),
  venue: Venue,
  market: Market,
  firstTradeMs: z.number().nullable(),
});

/** Common instruments of venues by id, in the order of their symbols; others are absent. */
export async function historyInstruments(
  client: Queryable,
  instrumentIds: readonly number[],
): Promise<HistoryInstrument[]> {
  const { rows } = await client.query(
    `SELECT i.id AS "instrumentId", i.symbol, i.venue, i.market,
       c.first_trade_time_ms::float8 AS "firstTradeMs"
     FROM instrument i LEFT JOIN feed_cursor c ON c.instrument_id = i.id
     WHERE i.id = ANY($1) AND i.workspace_id IS NULL AND i.market <> '' ORDER BY i.symbol, i.id`,
    [instrumentIds],
  );
  return rows.map((row) => InstrumentRow.parse(row));
}

/**
 * Whole bars that are stored of an instrument, in pieces of a span: a partial bar does not count.
 *
 * @param span.pieceMs length of a piece; pieces begin at span.startMs
 * @returns number of bars by the start of their piece; pieces without any are absent
 */
export async function wholeBarCounts(
  client: Queryable,
  instrument: HistoryInstrument,
  intervalMs: number,
  span: { readonly startMs: number; readonly endMs: number; readonly pieceMs: number },
): Promise<Map<number, number>> {
  const { venue, instrumentId } = instrument;
  const { rows } = await client.query<{ piece: number; count: number }>(
    `SELECT ((b.open_time_ms - $3) / $5::bigint)::float8 AS piece, count(*)::int AS count
     FROM bar_series s JOIN ${barTable({ venue, intervalMs })} b ON b.series_id = s.id
     WHERE s.instrument_id = $1 AND s.interval_ms = $2 AND b.open_time_ms >= $3
       AND b.open_time_ms < $4 AND b.provenance IS DISTINCT FROM $6
     GROUP BY 1`,
    [
      instrumentId,
      intervalMs,
      span.startMs,
      span.endMs,
      span.pieceMs,
      BAR_PROVENANCE_CODES.partial,
    ],
  );
  return new Map(rows.map(({ piece, count }) => [span.startMs + piece * span.pieceMs, count]));
}

/** Share of the bars of a span that is history enough: quiet times have no bars. */
const ENOUGH = 0.95;

/** Histories that one workspace may have waiting or running without having asked for them. */
const ACTIVE_HISTORIES_MAX = 10;

/** Instruments that are watched, the interval, and how far back bars are needed. */
type WatchedHistory = Pick<HistoryRequest, "instrumentIds" | "spanMs"> & {
  readonly intervalMs: number;
};

const LivePairRow = z.object({
  legs: z.array(z.number()),
  intervalMs: z.number(),
  bufferBars: z.number(),
});

/** Fetches what a live pair looks back over, as enqueueHistory does. */
export async function enqueuePairHistory(
  client: Queryable,
  workspaceId: string,
  livePairId: string,
): Promise<string | null> {
  const { rows } = await client.query(
    `SELECT ARRAY[instrument_y, instrument_x] AS legs,
       (settings->>'intervalMs')::float8 AS "intervalMs",
       (settings->>'bufferBars')::float8 AS "bufferBars"
     FROM live_pair WHERE id = $1`,
    [livePairId],
  );
  if (rows.length === 0) return null;
  const { legs, intervalMs, bufferBars } = LivePairRow.parse(rows[0]);
  return enqueueHistory(client, {
    workspaceId,
    createdBy: null,
    instrumentIds: legs,
    intervalMs,
    spanMs: bufferBars * intervalMs,
  });
}

/**
 * Fetches history of instruments that are about to be watched, where there is too little of it. Call it in
 * the transaction that begins to watch them.
 *
 * @param request.spanMs how far back bars are needed
 * @returns id of the job; null when there is enough, when a job for it is under way already, when there
 *   are no such bars, or when too many wait
 */
export async function enqueueHistory(
  client: Queryable,
  request: WatchedHistory & { readonly workspaceId: string; readonly createdBy: string | null },
): Promise<string | null> {
  const { workspaceId, createdBy, spanMs } = request;
  const intervalMs = TRADE_BAR_INTERVALS_MS.find((ms) => ms === request.intervalMs);
  if (intervalMs === undefined) return null;
  const nowMs = await databaseNowMs(client);
  const wanted = await historyInstruments(client, request.instrumentIds);
  const fetchable = wanted.filter(({ market }) => hasKlines(market, intervalMs));
  const lacking: number[] = [];
  for (const instrument of fetchable) {
    if (!(await hasEnough(client, instrument, { intervalMs, spanMs, nowMs }))) {
      lacking.push(instrument.instrumentId);
    }
  }
  const active = await activeHistories(client);
  const instrumentIds = lacking.filter((id) => !active.some((job) => covers(job, request, id)));
  const own = active.filter((job) => job.workspaceId === workspaceId);
  if (instrumentIds.length === 0 || own.length >= ACTIVE_HISTORIES_MAX) return null;
  return enqueueJob(client, {
    workspaceId,
    createdBy,
    params: { kind: "backfill-history", instrumentIds, intervalMs, spanMs, untilRecorded: true },
  });
}

async function databaseNowMs(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ nowMs: number }>(
    `SELECT (extract(epoch FROM now()) * 1000)::float8 AS "nowMs"`,
  );
  return rows[0]?.nowMs ?? 0;
}

async function hasEnough(
  client: Queryable,
  instrument: HistoryInstrument,
  { intervalMs, spanMs, nowMs }: { intervalMs: number; spanMs: number; nowMs: number },
): Promise<boolean> {
  const endMs = Math.floor(nowMs / intervalMs) * intervalMs;
  const startMs = endMs - historyBars(intervalMs, spanMs) * intervalMs;
  const span = { startMs, endMs, pieceMs: endMs - startMs };
  const counts = await wholeBarCounts(client, instrument, intervalMs, span);
  return (counts.get(startMs) ?? 0) >= ENOUGH * historyBars(intervalMs, spanMs);
}

type ActiveHistory = {
  readonly workspaceId: string;
  readonly instrumentIds: readonly number[];
  readonly intervalMs: number;
  readonly spanMs: number;
};

async function activeHistories(client: Queryable): Promise<ActiveHistory[]> {
  const { rows } = await client.query<ActiveHistory>(
    `SELECT workspace_id AS "workspaceId", params->'instrumentIds' AS "instrumentIds",
       (params->>'intervalMs')::float8 AS "intervalMs", (params->>'spanMs')::float8 AS "spanMs"
     FROM job WHERE kind = 'backfill-history' AND state IN ('queued', 'running')
       AND cancel_requested_at IS NULL`,
  );
  return rows;
}

function covers(job: ActiveHistory, request: WatchedHistory, instrumentId: number): boolean {
  return (
    job.intervalMs === request.intervalMs &&
    job.spanMs >= request.spanMs &&
    job.instrumentIds.includes(instrumentId)
  );
}
