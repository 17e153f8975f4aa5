// What the simulated exchange knows, against what is stored: every trade, and every bar made of them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { type FeedCursor, feedCursor } from "#db/feed-cursors.ts";
import { tradeDayProofs } from "#db/feed-trade-days.ts";
import { type VenueBar, venueBarsOfSpans } from "#db/market-bars.ts";
import { barsFromTrades } from "#quant/market-data/bars-from-trades.ts";
import type { BarTrade } from "#quant/market-data/trade-bar.ts";
import type { RecordQuery, Simulator } from "#simulator/simulator.ts";

/** What is asked of a simulator, in this process or over its control interface. */
export type Recorder = {
  readonly summary: (query: RecordQuery) => Promise<{ count: number; sha256: string }>;
  readonly trades: (query: RecordQuery) => AsyncIterable<string> | Iterable<string>;
};

/** The record of a simulator in this process. */
export function recorderOf(simulator: Simulator): Recorder {
  return {
    summary: (query) => simulator.recordInTurns(query),
    trades: (query) => simulator.recordTrades(query),
  };
}

export type Followed = { readonly market: "spot" | "usdm"; readonly symbol: string };

export const INTERVALS_MS = [1_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000];

const RecordLine = z.object({
  a: z.number(),
  p: z.string(),
  q: z.string(),
  f: z.number(),
  l: z.number(),
  T: z.number(),
  m: z.boolean(),
});

export async function instrumentIdOf(
  database: Database,
  { market, symbol }: Followed,
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    "SELECT id FROM instrument WHERE workspace_id IS NULL AND venue = 'simulated' AND market = $1 AND symbol = $2",
    [market, symbol],
  );
  return rows[0]?.id ?? 0;
}

export async function cursorOf(database: Database, followed: Followed): Promise<FeedCursor | null> {
  return feedCursor(database.pool, await instrumentIdOf(database, followed));
}

/** What is stored, a line a trade in the words of the simulator's record, some ten thousand at a time. */
export async function* storedLines(
  database: Database,
  instrumentId: number,
  span: { readonly fromId: number; readonly toId: number },
): AsyncGenerator<readonly string[]> {
  for (let fromId = span.fromId; fromId <= span.toId; fromId += 50_000) {
    const { rows } = await database.pool.query<{ line: string }>(
      `SELECT '{"a":' || id || ',"p":"' || price || '","q":"' || quantity || '","f":' || first_trade_id
         || ',"l":' || last_trade_id || ',"T":' || trade_time_ms || ',"m":' || buyer_is_maker || '}' AS line
       FROM market_trade WHERE instrument_id = $1 AND id BETWEEN $2 AND $3 ORDER BY id, trade_time_ms`,
      [instrumentId, fromId, Math.min(span.toId, fromId + 49_999)],
    );
    yield rows.map(({ line }) => line);
  }
}

/** Count and hash of what is stored, as the simulator's record sums itself up. */
export async function storedSummary(
  database: Database,
  instrumentId: number,
  span: { readonly fromId: number; readonly toId: number },
): Promise<{ count: number; sha256: string }> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const lines of storedLines(database, instrumentId, span)) {
    for (const line of lines) hash.update(`${line}\n`);
    count += lines.length;
  }
  return { count, sha256: hash.digest("hex") };
}

/**
 * That every trade from the first stored one to the last is stored exactly as the exchange has it, that no gap is
 * open, and that every closed bar is the bar of the exchange's own trades.
 *
 * @returns how many trades that were
 */
export async function expectTruth(
  database: Database,
  recorder: Recorder,
  followed: Followed,
): Promise<number> {
  const instrumentId = await instrumentIdOf(database, followed);
  const cursor = await feedCursor(database.pool, instrumentId);
  if (cursor === null) throw new Error(`nothing of ${followed.symbol} is stored`);
  const { firstId: fromId, lastId: toId } = cursor;
  const query = { ...followed, fromId, toId };
  const stored = await storedSummary(database, instrumentId, { fromId, toId });
  const { count, sha256 } = await recorder.summary(query);
  const { symbol } = followed;
  assert.equal(stored.count, toId - fromId + 1, `${symbol}: as many trades as ids`);
  assert.deepEqual({ ...stored, symbol }, { count, sha256, symbol });
  const open = await database.pool.query(
    "SELECT * FROM feed_gap WHERE instrument_id = $1 AND state <> 'filled'",
    [instrumentId],
  );
  assert.deepEqual(open.rows, []);
  const different = await database.pool.query(
    `SELECT * FROM bar_difference d JOIN bar_series s ON s.id = d.series_id
     WHERE s.instrument_id = $1`,
    [instrumentId],
  );
  assert.deepEqual(different.rows, [], "no bar differs from the venue's own");
  await expectDays(database, instrumentId, stored.count);
  await expectBars(database, { instrumentId, cursor, trades: recorder.trades(query) });
  return stored.count;
}

async function expectDays(database: Database, instrumentId: number, count: number): Promise<void> {
  const { rows } = await database.pool.query<{ trades: number; ids: number }>(
    `SELECT sum(trade_count)::float8 AS trades, sum(last_id - first_id + 1)::float8 AS ids
     FROM trade_day WHERE instrument_id = $1`,
    [instrumentId],
  );
  assert.deepEqual(rows, [{ trades: count, ids: count }]);
  const proofs = await tradeDayProofs(database.pool, "simulated", { instrumentId, limit: 10 });
  const incomplete = proofs.filter(({ isComplete }) => !isComplete);
  assert.deepEqual(incomplete, [], "every day joins the next");
}

async function expectBars(
  database: Database,
  one: {
    readonly instrumentId: number;
    readonly cursor: FeedCursor;
    readonly trades: AsyncIterable<string> | Iterable<string>;
  },
): Promise<void> {
  const { instrumentId, cursor } = one;
  const trades: BarTrade[] = [];
  for await (const text of one.trades) {
    for (const line of text.trim().split("\n")) {
      const { a, p, q, T } = RecordLine.parse(JSON.parse(line));
      const [price, quantity] = [Number(p), Number(q)];
      trades.push({ id: a, timeMs: T, price, quantity, late: false, backfilled: false });
    }
  }
  for (const intervalMs of INTERVALS_MS) {
    // The trade before the first bar is there to prove it, and makes no bar.
    const fromMs = Math.ceil((cursor.firstTradeTimeMs + 1) / intervalMs) * intervalMs;
    const toMs = Math.floor(cursor.barsUntilMs / intervalMs) * intervalMs;
    const span = { instrumentId, fromMs, toMs };
    const stored = (await venueBarsOfSpans(database.pool, intervalMs, [span])).get(instrumentId);
    const wanted = barsFromTrades(trades, intervalMs).filter(
      ({ openTimeMs }) => openTimeMs >= fromMs && openTimeMs < toMs,
    );
    assert.deepEqual(
      { intervalMs, bars: (stored ?? []).map(barValues) },
      { intervalMs, bars: wanted.map(barValues) },
    );
    const proven = (stored ?? []).filter(
      ({ openTimeMs }) => openTimeMs + intervalMs <= cursor.lastTradeTimeMs,
    );
    assert.deepEqual(
      proven.filter(({ provenance }) => provenance === "partial"),
      [],
      "no bar is partial that has trades before and after it",
    );
    await expectSeries(database, instrumentId, intervalMs);
  }
}

function barValues(
  bar: Pick<VenueBar, "openTimeMs" | "open" | "high" | "low" | "close" | "volume" | "tradeCount">,
) {
  const { openTimeMs, open, high, low, close, volume, tradeCount } = bar;
  return [openTimeMs, open, high, low, close, volume, tradeCount].join();
}

/** What is known of a series is what its bars say. */
async function expectSeries(
  database: Database,
  instrumentId: number,
  intervalMs: number,
): Promise<void> {
  const table = intervalMs === 1_000 ? "second_bar" : "bar";
  const { rows } = await database.pool.query(
    `SELECT s.bar_count = count(b.*) AS "isCounted", s.first_open_time_ms = min(b.open_time_ms) AS "isFirst",
       s.last_open_time_ms = max(b.open_time_ms) AS "isLast", s.content_hash <> '' AS "isHashed",
       s.missing_count = CASE WHEN $2 = 1000 THEN 0
         ELSE (max(b.open_time_ms) - min(b.open_time_ms)) / $2 + 1 - count(b.*) END AS "isMissing"
     FROM bar_series s JOIN ${table} b ON b.series_id = s.id
     WHERE s.instrument_id = $1 AND s.interval_ms = $2 GROUP BY s.id`,
    [instrumentId, intervalMs],
  );
  for (const row of rows) {
    const isTrue = {
      isCounted: true,
      isFirst: true,
      isLast: true,
      isHashed: true,
      isMissing: true,
    };
    assert.deepEqual({ intervalMs, ...row }, { intervalMs, ...isTrue });
  }
}
