import { z } from "zod";
import type { MissingSpan } from "#quant/live/align-live-bars.ts";
import type { Queryable } from "./client.ts";
import { GAP_TIMES } from "./feed-gaps.ts";
import { numberArray } from "./pg-array.ts";

/** Where the trades of an instrument stand. */
export type InstrumentMarket = {
  readonly instrumentId: number;
  readonly status: "trading" | "halted" | "delisted";
  /** The newest trade; null when none was ever stored. */
  readonly newest: {
    readonly tradeId: number;
    readonly timeMs: number;
    readonly price: number;
  } | null;
  /** Bars that end by then are closed and stored, UTC ms; 0: none. */
  readonly barsUntilMs: number;
};

const MarketRow = z.object({
  instrumentId: z.number(),
  status: z.enum(["trading", "halted", "delisted"]),
  tradeId: z.number().nullable(),
  timeMs: z.number().nullable(),
  price: z.number().nullable(),
  barsUntilMs: z.number().nullable(),
});

/** Where the trades of these instruments stand. */
export async function instrumentMarkets(
  client: Queryable,
  instrumentIds: readonly number[],
): Promise<InstrumentMarket[]> {
  const { rows } = await client.query({
    name: "instrument-markets",
    text: `SELECT i.id AS "instrumentId", i.status, t.id::float8 AS "tradeId",
        t.trade_time_ms::float8 AS "timeMs", t.price::float8 AS price,
        c.bars_until_ms::float8 AS "barsUntilMs"
      FROM instrument i LEFT JOIN feed_cursor c ON c.instrument_id = i.id
      LEFT JOIN LATERAL (
        SELECT id, trade_time_ms, price FROM market_trade
        WHERE instrument_id = c.instrument_id AND id = c.last_id
          AND trade_time_ms = c.last_trade_time_ms) t ON true
      WHERE i.id = ANY($1::int[])`,
    values: [numberArray(instrumentIds)],
  });
  return rows.map((raw) => {
    const { tradeId, timeMs, price, barsUntilMs, ...row } = MarketRow.parse(raw);
    const isKnown = tradeId !== null && timeMs !== null && price !== null;
    return {
      ...row,
      newest: isKnown ? { tradeId, timeMs, price } : null,
      barsUntilMs: barsUntilMs ?? 0,
    };
  });
}

/**
 * Spans of time since a moment in which trades of these instruments are missing, by instrument: gaps of
 * the ledger that are not filled.
 */
export async function missingSpans(
  client: Queryable,
  instrumentIds: readonly number[],
  sinceMs: number,
): Promise<Map<number, MissingSpan[]>> {
  const { rows } = await client.query<{
    instrumentId: number;
    afterMs: number | null;
    beforeMs: number | null;
  }>(
    `SELECT * FROM (
       SELECT g.id, g.instrument_id AS "instrumentId", ${GAP_TIMES.afterMs} AS "afterMs",
         ${GAP_TIMES.beforeMs} AS "beforeMs"
       FROM feed_gap g WHERE g.instrument_id = ANY($1::int[]) AND g.state <> 'filled'
         AND (g.before_time_ms IS NULL OR g.before_time_ms >= $2)) gap
     WHERE "beforeMs" IS NULL OR "beforeMs" >= $2
     ORDER BY id`,
    [numberArray(instrumentIds), sinceMs],
  );
  const spans = new Map<number, MissingSpan[]>();
  for (const { instrumentId, afterMs, beforeMs } of rows) {
    const span = {
      afterMs: afterMs ?? Number.NEGATIVE_INFINITY,
      beforeMs: beforeMs ?? Number.POSITIVE_INFINITY,
    };
    const known = spans.get(instrumentId);
    if (known === undefined) spans.set(instrumentId, [span]);
    else known.push(span);
  }
  return spans;
}

/** A market as an offset of its clock is kept under: "binance spot". */
export function clockKey({ venue, market }: { venue: string; market: string }): string {
  return `${venue} ${market}`;
}

/** Clock of each market − ours, ms, as feeds that were heard of lately measure it; by `clockKey`. */
export async function marketClockOffsets(client: Queryable): Promise<Map<string, number>> {
  const { rows } = await client.query<{ venue: string; market: string; offsetMs: number }>(
    `SELECT status ->> 'venue' AS venue, market, offset_ms::float8 AS "offsetMs"
     FROM feed_status, jsonb_each_text(status -> 'clockOffsetsMs') AS told (market, offset_ms)
     WHERE updated_at > clock_timestamp() - interval '30 seconds' ORDER BY updated_at`,
  );
  return new Map(rows.map((row) => [clockKey(row), row.offsetMs]));
}

/**
 * Open time of the bar with which the last bars of an instrument before a moment begin; null when it has
 * none. A series of a venue's seconds ends where its retention does.
 */
export async function startOfLastBars(
  client: Queryable,
  series: { readonly instrumentId: number; readonly intervalMs: number },
  last: { readonly bars: number; readonly untilMs: number },
): Promise<number | null> {
  const table = series.intervalMs === 1_000 ? "second_bar" : "bar";
  const { rows } = await client.query<{ startMs: number | null }>(
    `SELECT min(open_time_ms)::float8 AS "startMs" FROM (
       SELECT b.open_time_ms FROM bar_series s JOIN ${table} b ON b.series_id = s.id
       WHERE s.instrument_id = $1 AND s.interval_ms = $2 AND b.open_time_ms < $3
       ORDER BY b.open_time_ms DESC LIMIT $4) last`,
    [series.instrumentId, series.intervalMs, last.untilMs, last.bars],
  );
  return rows[0]?.startMs ?? null;
}

/** Series of instruments at an interval, by instrument. Those without one are absent. */
export async function venueSeriesIds(
  client: Queryable,
  instrumentIds: readonly number[],
  intervalMs: number,
): Promise<Map<number, number>> {
  const { rows } = await client.query<{ id: number; instrumentId: number }>(
    `SELECT id, instrument_id AS "instrumentId" FROM bar_series
     WHERE instrument_id = ANY($1::int[]) AND interval_ms = $2`,
    [numberArray(instrumentIds), intervalMs],
  );
  return new Map(rows.map(({ id, instrumentId }) => [instrumentId, id]));
}
