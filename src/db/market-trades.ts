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
 * Stores trades whose ids are not stored at another time; those that are there already are left as they are. The count of each day grows by what
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
  const stored = await storedTrade(client, trade.instrumentId, trade.id);
  if (stored === null) return;
  await forgetTrade(client, stored);
  await insertOldTrades(client, [{ ...trade, backfilled: true }]);
}

/** Takes one trade away, and out of the count of its day. */
async function forgetTrade(
  client: Queryable,
  { instrumentId, id, timeMs }: Pick<NewMarketTrade, "instrumentId" | "id" | "timeMs">,
): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM market_trade WHERE instrument_id = $1 AND id = $2 AND trade_time_ms = $3
       RETURNING trade_time_ms - trade_time_ms % 86400000 AS day_ms, backfilled),
     emptied AS (
       DELETE FROM trade_day d USING gone
       WHERE d.instrument_id = $1 AND d.day_ms = gone.day_ms AND trade_count = 1)
     UPDATE trade_day d SET trade_count = trade_count - 1,
       backfilled_count = backfilled_count - gone.backfilled::int, updated_at = now(),
       first_id = CASE WHEN first_id <> $2 THEN first_id ELSE (
         SELECT id FROM market_trade t WHERE t.instrument_id = $1
           AND (t.id > $2 OR t.id = $2 AND t.trade_time_ms <> $3)
           AND t.trade_time_ms >= gone.day_ms AND t.trade_time_ms < gone.day_ms + 86400000
         ORDER BY id LIMIT 1) END,
       last_id = CASE WHEN last_id <> $2 THEN last_id ELSE (
         SELECT id FROM market_trade t WHERE t.instrument_id = $1
           AND (t.id < $2 OR t.id = $2 AND t.trade_time_ms <> $3)
           AND t.trade_time_ms >= gone.day_ms AND t.trade_time_ms < gone.day_ms + 86400000
         ORDER BY id DESC LIMIT 1) END
     FROM gone
     WHERE d.instrument_id = $1 AND d.day_ms = gone.day_ms AND trade_count > 1`,
    [instrumentId, id, timeMs],
  );
}

/** A trade that was stored with a wrong time, and is stored with the right one now. UTC ms. */
export type MovedTrade = {
  readonly instrumentId: number;
  readonly id: number;
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * Stores trades that are older than the newest, in any order: a frame that came late may have told a wrong time of
 * one that is fetched now. No id is stored twice: what was fetched takes the place of what is there at another
 * time, and what came over a stream gives way to it. Trades in order need none of this (`insertTrades`).
 *
 * @returns those that took the place of one at another time
 */
export async function insertOldTrades(
  client: Queryable,
  trades: readonly NewMarketTrade[],
): Promise<MovedTrade[]> {
  const kept = onePerId(trades);
  const moved: MovedTrade[] = [];
  for (const { instrumentId, id, timeMs } of await tradesWithin(client, idRuns(trades))) {
    const key = keyOf({ instrumentId, id });
    const trade = kept.get(key);
    if (trade === undefined || trade.timeMs === timeMs) continue;
    if (trade.backfilled) {
      await forgetTrade(client, { instrumentId, id, timeMs });
      moved.push({ instrumentId, id, fromMs: timeMs, toMs: trade.timeMs });
    } else kept.delete(key);
  }
  if (kept.size > 0) await insertTrades(client, [...kept.values()]);
  return moved;
}

type TradeKey = Pick<NewMarketTrade, "instrumentId" | "id">;

function keyOf({ instrumentId, id }: TradeKey): string {
  return `${instrumentId} ${id}`;
}

/** Of several that tell of the same trade, the last that was fetched, or else the first that came. */
function onePerId(trades: readonly NewMarketTrade[]): Map<string, NewMarketTrade> {
  const kept = new Map<string, NewMarketTrade>();
  for (const trade of trades) {
    const key = keyOf(trade);
    if (trade.backfilled || !kept.has(key)) kept.set(key, trade);
  }
  return kept;
}

/** Ids that follow each other, both ends included. */
type IdRun = { readonly instrumentId: number; readonly fromId: number; toId: number };

/** Pages are fetched in order: a thousand ids are one look into each partition and not a thousand. */
function idRuns(trades: readonly TradeKey[]): IdRun[] {
  const runs: IdRun[] = [];
  const sorted = trades.toSorted((a, b) => a.instrumentId - b.instrumentId || a.id - b.id);
  for (const { instrumentId, id } of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last.instrumentId === instrumentId && id <= last.toId + 1) {
      last.toId = id;
    } else runs.push({ instrumentId, fromId: id, toId: id });
  }
  return runs;
}

/** Stored trades of runs of ids. */
async function tradesWithin(
  client: Queryable,
  runs: readonly IdRun[],
): Promise<Pick<NewMarketTrade, "instrumentId" | "id" | "timeMs">[]> {
  const { rows } = await client.query<Pick<NewMarketTrade, "instrumentId" | "id" | "timeMs">>({
    name: "trades-within",
    text: `SELECT r.instrument_id AS "instrumentId", t.id::float8 AS id,
        t.trade_time_ms::float8 AS "timeMs"
      FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS r (instrument_id, from_id, to_id)
      JOIN LATERAL (
        SELECT id, trade_time_ms FROM market_trade
        WHERE instrument_id = r.instrument_id AND id >= r.from_id AND id <= r.to_id) t ON true`,
    values: [
      numberArray(runs.map((run) => run.instrumentId)),
      numberArray(runs.map((run) => run.fromId)),
      numberArray(runs.map((run) => run.toId)),
    ],
  });
  return rows;
}
