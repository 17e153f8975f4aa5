import { afterAll, beforeAll, expect, test } from "vitest";
import { tradeDayProofs } from "./feed-trade-days.ts";
import {
  correctTrade,
  insertOldTrades,
  insertTrades,
  type NewMarketTrade,
  storedTrade,
  tradesOfSpans,
} from "./market-trades.ts";
import { dropPartitionsBefore, ensurePartition } from "./partitions.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { listInstruments } from "./venue-instrument.test-support.ts";

const DAY_MS = 86_400_000;
const MIDNIGHT_MS = Date.UTC(2026, 0, 6);

let context: TestDatabase;
let instrumentId = 0;

beforeAll(async () => {
  context = await createTestDatabase();
  instrumentId = (await listInstruments(context.database, ["BTCUSDT"])).get("BTCUSDT") ?? 0;
  const { pool } = context.database;
  for (const dayMs of [MIDNIGHT_MS - DAY_MS, MIDNIGHT_MS]) {
    await ensurePartition(pool, "market_trade", dayMs);
    await ensurePartition(pool, "market_trade", dayMs);
  }
});
afterAll(() => context.drop());

function trade(id: number, timeMs: number, change: Partial<NewMarketTrade> = {}): NewMarketTrade {
  return {
    instrumentId,
    id,
    timeMs,
    price: "0.00001230",
    quantity: "123456789.12345678",
    firstTradeId: 10 * id,
    lastTradeId: 10 * id + 9,
    buyerIsMaker: true,
    backfilled: false,
    ...change,
  };
}

const proofs = () => tradeDayProofs(context.database.pool, "simulated", { limit: 10 });

test("prices and quantities are kept to the last digit", async () => {
  const exact = trade(8_999_999_999_999_999, MIDNIGHT_MS - 5_000);
  const { pool } = context.database;
  expect(await insertTrades(pool, [exact])).toBe(1);
  expect(await storedTrade(pool, instrumentId, exact.id)).toEqual(exact);
  await pool.query("DELETE FROM market_trade");
  await pool.query("DELETE FROM trade_day");
});

test("the proof of a day counts each trade once, however often it is written, and says what is missing", async () => {
  const { pool } = context.database;
  const evening = [trade(1, MIDNIGHT_MS - 2), trade(2, MIDNIGHT_MS - 1)];
  const morning = [trade(3, MIDNIGHT_MS), trade(5, MIDNIGHT_MS + 1)];
  expect(await insertTrades(pool, [...evening, ...morning])).toBe(4);
  expect(await insertTrades(pool, [...evening, ...evening, ...morning])).toBe(0);
  expect(await proofs()).toMatchObject([
    {
      dayMs: MIDNIGHT_MS,
      firstId: 3,
      lastId: 5,
      tradeCount: 2,
      missingCount: 1,
      isComplete: false,
    },
    { dayMs: MIDNIGHT_MS - DAY_MS, firstId: 1, lastId: 2, tradeCount: 2, isComplete: true },
  ]);
  expect(await insertTrades(pool, [trade(4, MIDNIGHT_MS, { backfilled: true })])).toBe(1);
  expect(await proofs()).toMatchObject([
    { dayMs: MIDNIGHT_MS, tradeCount: 3, backfilledCount: 1, isComplete: true },
    { backfilledCount: 0 },
  ]);
});

test("trades of a span are in the order of their ids", async () => {
  const span = { instrumentId, fromMs: MIDNIGHT_MS - 1, toMs: MIDNIGHT_MS + 1 };
  const trades = await tradesOfSpans(context.database.pool, [span]);
  expect(trades.get(instrumentId)?.map(({ id }) => id)).toEqual([2, 3, 4]);
});

test("days that are too old are dropped whole", async () => {
  const { pool } = context.database;
  expect(await dropPartitionsBefore(pool, "market_trade", MIDNIGHT_MS - 1)).toEqual([]);
  expect(await dropPartitionsBefore(pool, "market_trade", MIDNIGHT_MS)).toEqual([
    "market_trade_20260105",
  ]);
  expect(await storedTrade(pool, instrumentId, 2)).toBeNull();
  expect(await storedTrade(pool, instrumentId, 3)).not.toBeNull();
});

test("regression: a trade whose time was wrong kept it, and the day that it was counted in", async () => {
  const { pool } = context.database;
  await pool.query("DELETE FROM market_trade");
  await pool.query("DELETE FROM trade_day");
  await ensurePartition(pool, "market_trade", MIDNIGHT_MS - DAY_MS);
  const wrong = trade(3, MIDNIGHT_MS + 1);
  await insertTrades(pool, [
    trade(1, MIDNIGHT_MS - 3),
    trade(2, MIDNIGHT_MS - 2),
    wrong,
    trade(4, MIDNIGHT_MS + 2),
  ]);
  const right = trade(3, MIDNIGHT_MS - 1, { buyerIsMaker: false, backfilled: true });
  for (let time = 0; time < 2; time++) {
    await correctTrade(pool, right);
    expect(await storedTrade(pool, instrumentId, 3)).toEqual(right);
    expect(await proofs()).toMatchObject([
      { dayMs: MIDNIGHT_MS, firstId: 4, lastId: 4, tradeCount: 1, backfilledCount: 0 },
      {
        dayMs: MIDNIGHT_MS - DAY_MS,
        firstId: 1,
        lastId: 3,
        tradeCount: 3,
        backfilledCount: 1,
        isComplete: true,
      },
    ]);
  }
  // The only trade of a day takes the day with it; one that stays in its day is counted as fetched once.
  await correctTrade(pool, trade(4, MIDNIGHT_MS - 1));
  await correctTrade(pool, trade(1, MIDNIGHT_MS - 4));
  expect(await proofs()).toMatchObject([
    { dayMs: MIDNIGHT_MS - DAY_MS, lastId: 4, tradeCount: 4, backfilledCount: 3, isComplete: true },
  ]);
});

async function storedTimes(id: number): Promise<number[]> {
  const { rows } = await context.database.pool.query<{ ms: number }>(
    `SELECT trade_time_ms::float8 AS ms FROM market_trade
     WHERE instrument_id = $1 AND id = $2 ORDER BY 1`,
    [instrumentId, id],
  );
  return rows.map(({ ms }) => ms - MIDNIGHT_MS);
}

/** Four trades over midnight, the second of which came late and with a time of the day before. */
async function storeWithWrongTime(): Promise<void> {
  const { pool } = context.database;
  await pool.query("DELETE FROM market_trade");
  await pool.query("DELETE FROM trade_day");
  await insertTrades(pool, [
    trade(1, MIDNIGHT_MS - 2),
    trade(3, MIDNIGHT_MS + 3),
    trade(4, MIDNIGHT_MS + 4),
  ]);
  await insertOldTrades(pool, [trade(2, MIDNIGHT_MS - 9)]);
}

test("regression: a trade with a wrong time was stored a second time when it was fetched", async () => {
  const { pool } = context.database;
  await storeWithWrongTime();
  const page = [trade(2, MIDNIGHT_MS + 2, { backfilled: true })];
  const moved = { instrumentId, id: 2, fromMs: MIDNIGHT_MS - 9, toMs: MIDNIGHT_MS + 2 };
  expect(await insertOldTrades(pool, page)).toEqual([moved]);
  expect(await storedTimes(2)).toEqual([2]);
  expect(await storedTrade(pool, instrumentId, 2)).toEqual(page[0]);
  expect(await proofs()).toMatchObject([
    { firstId: 2, lastId: 4, tradeCount: 3, backfilledCount: 1, isComplete: true },
    { firstId: 1, lastId: 1, tradeCount: 1, backfilledCount: 0, isComplete: true },
  ]);
  // A batch whose commit was in doubt.
  expect(await insertOldTrades(pool, [trade(2, MIDNIGHT_MS - 9), ...page])).toEqual([]);
  expect(await storedTimes(2)).toEqual([2]);
});

test("regression: a late frame with another time doubled a trade that was there", async () => {
  const { pool } = context.database;
  await storeWithWrongTime();
  expect(await insertOldTrades(pool, [trade(2, MIDNIGHT_MS - 5)])).toEqual([]);
  expect(await storedTimes(2)).toEqual([-9]);
  const both = [trade(5, MIDNIGHT_MS + 5), trade(5, MIDNIGHT_MS + 6)];
  await insertOldTrades(pool, [...both, trade(6, MIDNIGHT_MS + 7)]);
  expect(await storedTimes(5)).toEqual([5]);
  await insertOldTrades(pool, [
    trade(7, MIDNIGHT_MS + 8),
    trade(7, MIDNIGHT_MS + 9, { backfilled: true }),
  ]);
  expect(await storedTimes(7)).toEqual([9]);
});

test("a trade that was stored twice by an earlier version is one when it is fetched again", async () => {
  const { pool } = context.database;
  await storeWithWrongTime();
  const right = trade(2, MIDNIGHT_MS + 2, { backfilled: true });
  await insertTrades(pool, [right]);
  expect(await storedTimes(2)).toEqual([-9, 2]);
  await insertOldTrades(pool, [right]);
  expect(await storedTimes(2)).toEqual([2]);
  expect(await proofs()).toMatchObject([{ tradeCount: 3 }, { tradeCount: 1 }]);
});
