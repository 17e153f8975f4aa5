import type { BarTrade } from "#quant/market-data/trade-bar.ts";
import type { Queryable } from "./client.ts";
import { booleanArray, decimalArray, numberArray } from "./pg-array.ts";

/** A trade as it is stored. Price and quantity are decimal texts, kept exactly. */
export type NewMarketTrade = {
  readonly instrumentId: number;
  readonly id: number;
  readonly timeMs: number;
  readonly price: string;
  readonly quantity: string;
  readonly firstTradeId: number;
  readonly lastTradeId: number;
  readonly buyerIsMaker: boolean;
  readonly backfilled: boolean;
};

/**
 * Stores trades; those that are there already are left as they are. The count of each day grows by what
 * was really added, so that writing a batch twice counts it once.
 *
 * @returns how many were added
 */
export async function insertTrades(
  client: Queryable,
  trades: readonly NewMarketTrade[],
): Promise<number> {
  const { rows } = await client.query<{ added: number }>({
    name: "insert-market-trades",
    text: `WITH added AS (
        INSERT INTO market_trade (instrument_id, id, trade_time_ms, price, quantity,
          first_trade_id, last_trade_id, buyer_is_maker, backfilled)
        SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::numeric[], $5::numeric[],
          $6::bigint[], $7::bigint[], $8::bool[], $9::bool[])
        ON CONFLICT DO NOTHING
        RETURNING instrument_id, id, trade_time_ms, backfilled),
      by_day AS (
        SELECT instrument_id, trade_time_ms - trade_time_ms % 86400000 AS day_ms,
          min(id) AS first_id, max(id) AS last_id, count(*) AS trades,
          count(*) FILTER (WHERE backfilled) AS backfilled
        FROM added GROUP BY 1, 2),
      counted AS (
        INSERT INTO trade_day AS d (instrument_id, day_ms, first_id, last_id, trade_count,
          backfilled_count)
        SELECT * FROM by_day
        ON CONFLICT (instrument_id, day_ms) DO UPDATE SET
          first_id = least(d.first_id, excluded.first_id),
          last_id = greatest(d.last_id, excluded.last_id),
          trade_count = d.trade_count + excluded.trade_count,
          backfilled_count = d.backfilled_count + excluded.backfilled_count,
          updated_at = now())
      SELECT coalesce(sum(trades), 0)::int AS added FROM by_day`,
    values: [
      numberArray(trades.map((trade) => trade.instrumentId)),
      numberArray(trades.map((trade) => trade.id)),
      numberArray(trades.map((trade) => trade.timeMs)),
      decimalArray(trades.map((trade) => trade.price)),
      decimalArray(trades.map((trade) => trade.quantity)),
      numberArray(trades.map((trade) => trade.firstTradeId)),
      numberArray(trades.map((trade) => trade.lastTradeId)),
      booleanArray(trades.map((trade) => trade.buyerIsMaker)),
      booleanArray(trades.map((trade) => trade.backfilled)),
    ],
  });
  return rows[0]?.added ?? 0;
}

/** Which of these trades are stored. */
export async function storedTradeIds(
  client: Queryable,
  instrumentId: number,
  ids: readonly number[],
): Promise<Set<number>> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT id::float8 AS id FROM market_trade WHERE instrument_id = $1 AND id = ANY($2::bigint[])`,
    [instrumentId, numberArray(ids)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** One trade as it is stored; null when it is not. */
export async function storedTrade(
  client: Queryable,
  instrumentId: number,
  id: number,
): Promise<NewMarketTrade | null> {
  const { rows } = await client.query<NewMarketTrade>(
    `SELECT instrument_id AS "instrumentId", id::float8 AS id, trade_time_ms::float8 AS "timeMs",
       price::text AS price, quantity::text AS quantity,
       first_trade_id::float8 AS "firstTradeId", last_trade_id::float8 AS "lastTradeId",
       buyer_is_maker AS "buyerIsMaker", backfilled
     FROM market_trade WHERE instrument_id = $1 AND id = $2`,
    [instrumentId, id],
  );
  return rows[0] ?? null;
}

/** Half-open span of time of one instrument, UTC ms. */
export type InstrumentSpan = {
  readonly instrumentId: number;
  readonly fromMs: number;
  readonly toMs: number;
};

/** Stored trades of spans of time, as bars count them, by instrument. None of them is marked late. */
export async function tradesOfSpans(
  client: Queryable,
  spans: readonly InstrumentSpan[],
): Promise<Map<number, BarTrade[]>> {
  const { rows } = await client.query<{
    instrument_id: number;
    id: number;
    time: number;
    price: number;
    quantity: number;
    backfilled: boolean;
  }>({
    name: "trades-of-spans",
    text: `SELECT s.instrument_id, t.id::float8 AS id, t.trade_time_ms::float8 AS time,
        t.price::float8 AS price, t.quantity::float8 AS quantity, t.backfilled
      FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS s (instrument_id, from_ms, to_ms)
      JOIN LATERAL (
        SELECT id, trade_time_ms, price, quantity, backfilled FROM market_trade
        WHERE instrument_id = s.instrument_id AND trade_time_ms >= s.from_ms
          AND trade_time_ms < s.to_ms) t ON true
      ORDER BY s.instrument_id, t.id`,
    values: [
      numberArray(spans.map((span) => span.instrumentId)),
      numberArray(spans.map((span) => span.fromMs)),
      numberArray(spans.map((span) => span.toMs)),
    ],
  });
  const byInstrument = new Map<number, BarTrade[]>();
  for (const { instrument_id: instrumentId, id, time, price, quantity, backfilled } of rows) {
    const trade = { id, timeMs: time, price, quantity, late: false, backfilled };
    const trades = byInstrument.get(instrumentId);
    if (trades === undefined) byInstrument.set(instrumentId, [trade]);
    else trades.push(trade);
  }
  return byInstrument;
}

/**
 * What the venue says of a trade that was stored otherwise takes its place, its time with it: the partition
 * of that time must be there. When it is of another day than was thought, the counts of both days follow.
 */
export async function correctTrade(client: Queryable, trade: NewMarketTrade): Promise<void> {
  await client.query(
    `WITH before AS (
       SELECT trade_time_ms, backfilled FROM market_trade WHERE instrument_id = $1 AND id = $2),
     corrected AS (
       UPDATE market_trade SET price = $3, quantity = $4, first_trade_id = $5, last_trade_id = $6,
         buyer_is_maker = $7, trade_time_ms = $8::bigint, backfilled = true
       WHERE instrument_id = $1 AND id = $2),
     days AS (
       SELECT trade_time_ms - trade_time_ms % 86400000 AS from_day,
         $8::bigint - $8::bigint % 86400000 AS to_day, backfilled FROM before),
     marked AS (
       UPDATE trade_day d SET backfilled_count = backfilled_count + 1, updated_at = now()
       FROM days WHERE d.instrument_id = $1 AND day_ms = from_day AND from_day = to_day
         AND NOT days.backfilled),
     emptied AS (
       DELETE FROM trade_day d USING days
       WHERE d.instrument_id = $1 AND day_ms = from_day AND from_day <> to_day AND trade_count = 1),
     left_behind AS (
       UPDATE trade_day d SET trade_count = trade_count - 1,
         backfilled_count = backfilled_count - days.backfilled::int, updated_at = now(),
         first_id = CASE WHEN first_id <> $2 THEN first_id ELSE (
           SELECT id FROM market_trade t WHERE t.instrument_id = $1 AND t.id > $2
             AND t.trade_time_ms >= from_day AND t.trade_time_ms < from_day + 86400000
           ORDER BY id LIMIT 1) END,
         last_id = CASE WHEN last_id <> $2 THEN last_id ELSE (
           SELECT id FROM market_trade t WHERE t.instrument_id = $1 AND t.id < $2
             AND t.trade_time_ms >= from_day AND t.trade_time_ms < from_day + 86400000
           ORDER BY id DESC LIMIT 1) END
       FROM days
       WHERE d.instrument_id = $1 AND day_ms = from_day AND from_day <> to_day AND trade_count > 1)
     INSERT INTO trade_day AS d (instrument_id, day_ms, first_id, last_id, trade_count,
       backfilled_count)
     SELECT $1, to_day, $2, $2, 1, 1 FROM days WHERE from_day <> to_day
     ON CONFLICT (instrument_id, day_ms) DO UPDATE SET
       first_id = least(d.first_id, excluded.first_id),
       last_id = greatest(d.last_id, excluded.last_id),
       trade_count = d.trade_count + 1, backfilled_count = d.backfilled_count + 1,
       updated_at = now()`,
    [
      trade.instrumentId,
      trade.id,
      trade.price,
      trade.quantity,
      trade.firstTradeId,
      trade.lastTradeId,
      trade.buyerIsMaker,
      trade.timeMs,
    ],
  );
}
