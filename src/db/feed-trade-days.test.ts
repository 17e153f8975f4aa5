import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { saveFeedCursors } from "./feed-cursors.ts";
import { changeGaps, openGaps } from "./feed-gaps.ts";
import { tradeDayProofs } from "./feed-trade-days.ts";
import { insertTrades } from "./market-trades.ts";
import { ensurePartition } from "./partitions.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { listInstruments } from "./venue-instrument.test-support.ts";

const DAY_MS = 86_400_000;
const MIDNIGHT_MS = Date.UTC(2026, 0, 6);

let context: TestDatabase;
let instrumentId = 0;
let nextSymbol = 0;

beforeAll(async () => {
  context = await createTestDatabase();
  for (let day = -1; day <= 3; day++) {
    await ensurePartition(context.database.pool, "market_trade", MIDNIGHT_MS + day * DAY_MS);
  }
});
afterAll(() => context.drop());

beforeEach(async () => {
  const symbol = `S${nextSymbol++}`;
  instrumentId = (await listInstruments(context.database, [symbol])).get(symbol) ?? 0;
});

async function store(times: Readonly<Record<number, number>>): Promise<void> {
  const trades = Object.entries(times).map(([id, timeMs]) => ({
    instrumentId,
    id: Number(id),
    timeMs,
    price: "1",
    quantity: "1",
    firstTradeId: Number(id),
    lastTradeId: Number(id),
    buyerIsMaker: false,
    backfilled: false,
  }));
  await insertTrades(context.database.pool, trades);
}

async function follow(firstId: number, lastId: number): Promise<void> {
  const times = { firstTradeTimeMs: 0, lastTradeTimeMs: 0, barsUntilMs: 0 };
  const cursor = { firstId, lastId, lastRawId: 0, ...times };
  await saveFeedCursors(context.database.pool, new Map([[instrumentId, cursor]]));
}

async function miss(fromId: number, toId: number, beforeTimeMs: number | null): Promise<void> {
  const gap = { instrumentId, fromId, toId, afterTimeMs: 0, beforeTimeMs };
  await openGaps(context.database.pool, [{ ...gap, cause: "disconnect" }]);
}

const proofs = (limit = 10) =>
  tradeDayProofs(context.database.pool, "simulated", { instrumentId, limit });

test("regression: ids missing over midnight left both days complete", async () => {
  await store({ 1: MIDNIGHT_MS - 4_000, 2: MIDNIGHT_MS - 3_000 });
  await store({ 501: MIDNIGHT_MS + 2_000, 502: MIDNIGHT_MS + 3_000 });
  await follow(1, 502);
  await miss(3, 500, MIDNIGHT_MS + 2_000);
  const incomplete = { missingCount: 498, isComplete: false };
  expect(await proofs()).toMatchObject([
    { dayMs: MIDNIGHT_MS, firstId: 501, lastId: 502, ...incomplete },
    { dayMs: MIDNIGHT_MS - DAY_MS, firstId: 1, lastId: 2, ...incomplete },
  ]);
  // A gap that cannot be filled is one still.
  const gap = { instrumentId, fromId: 3, toId: 500, beforeTimeMs: null };
  const change = { ...gap, source: "gone", attempts: 0, lastError: null };
  await changeGaps(context.database.pool, [{ ...change, state: "unfillable" }]);
  expect(await proofs()).toMatchObject([incomplete, incomplete]);
});

test("regression: a day of which everything is missing was not in the ledger at all", async () => {
  await store({ 1: MIDNIGHT_MS - 1, 2: MIDNIGHT_MS + 2 * DAY_MS, 9: MIDNIGHT_MS + 3 * DAY_MS });
  await follow(1, 9);
  await miss(3, 8, MIDNIGHT_MS + 3 * DAY_MS);
  await store({ 5: MIDNIGHT_MS + 2 * DAY_MS + 1 });
  // Between ids 1 and 2 nothing is missing: nobody traded on those two days.
  const days = await proofs();
  expect(days.map(({ dayMs }) => (dayMs - MIDNIGHT_MS) / DAY_MS)).toEqual([3, 2, -1]);
  expect(days.map(({ isComplete }) => isComplete)).toEqual([false, false, true]);
  // Ids 3 and 4 within the day, 6 to 8 over its midnight.
  expect(days.map(({ missingCount }) => missingCount)).toEqual([3, 5, 0]);

  await context.database.pool.query(
    "DELETE FROM trade_day WHERE instrument_id = $1 AND day_ms = $2",
    [instrumentId, MIDNIGHT_MS + 2 * DAY_MS],
  );
  const empty = { firstId: 2, lastId: 8, tradeCount: 0, missingCount: 7, isComplete: false };
  expect(await proofs()).toMatchObject([
    { dayMs: MIDNIGHT_MS + 3 * DAY_MS, isComplete: false },
    { dayMs: MIDNIGHT_MS + 2 * DAY_MS, ...empty },
    { dayMs: MIDNIGHT_MS + DAY_MS, ...empty },
    { dayMs: MIDNIGHT_MS, ...empty },
    { dayMs: MIDNIGHT_MS - DAY_MS, isComplete: false },
  ]);
  expect(await proofs(2)).toHaveLength(2);
});

test("regression: what is missing after the newest trade left its day complete", async () => {
  await store({ 1: MIDNIGHT_MS, 2: MIDNIGHT_MS + 1 });
  await follow(1, 2);
  expect(await proofs()).toMatchObject([{ missingCount: 0, isComplete: true }]);
  await miss(3, 7, null);
  await follow(1, 7);
  expect(await proofs()).toMatchObject([{ missingCount: 5, isComplete: false }]);
});

test("regression: a trade stored twice with two times made up for one that is missing", async () => {
  await store({ 1: MIDNIGHT_MS, 3: MIDNIGHT_MS + 3 });
  await store({ 3: MIDNIGHT_MS + 4 });
  await miss(2, 2, MIDNIGHT_MS + 3);
  expect(await proofs()).toMatchObject([{ tradeCount: 3, isComplete: false }]);
});
