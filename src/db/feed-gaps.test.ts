import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  askGapAgain,
  changeGaps,
  gapsAskedAgain,
  listGaps,
  type NewGap,
  openGaps,
  splitGap,
  standingGaps,
} from "./feed-gaps.ts";
import { claimLeases } from "./feed-leases.ts";
import { missingSpans } from "./live-market.ts";
import { insertTrades } from "./market-trades.ts";
import { ensurePartition } from "./partitions.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";
import { listInstruments } from "./venue-instrument.test-support.ts";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 20, 10);

let context: TestDatabase;
let instrumentId = 0;
let nextSymbol = 0;

beforeAll(async () => {
  context = await createTestDatabase();
  await ensurePartition(context.database.pool, "market_trade", NOW_MS);
});
afterAll(() => context.drop());

beforeEach(async () => {
  const symbol = `S${nextSymbol++}`;
  instrumentId = (await listInstruments(context.database, [symbol])).get(symbol) ?? 0;
});

function gap(change: Partial<NewGap>): NewGap {
  const ids = { instrumentId, fromId: 101, toId: 900 };
  const times = { afterTimeMs: NOW_MS - 10 * DAY_MS, beforeTimeMs: NOW_MS };
  return { ...ids, ...times, cause: "restart", ...change };
}

const standing = () => standingGaps(context.database.pool, instrumentId);

async function spansSince(sinceMs: number) {
  const spans = await missingSpans(context.database.pool, [instrumentId], sinceMs);
  return spans.get(instrumentId) ?? [];
}

test("regression: the older part of a gap that was split had no end, and hid every quiet second after it", async () => {
  const { pool } = context.database;
  await openGaps(pool, [gap({})]);
  const restFromMs = NOW_MS - 7 * DAY_MS;
  const whole = { instrumentId, fromId: 101, toId: 900 };
  await splitGap(pool, { gap: whole, lastIdOfFirst: 400, restFromMs, beforeTimeMs: NOW_MS });
  const older = { instrumentId, fromId: 101, toId: 400, beforeTimeMs: restFromMs };
  const told = { source: "gone", attempts: 0, lastError: "gone" };
  await changeGaps(pool, [{ ...older, ...told, state: "unfillable" }]);
  const afterMs = NOW_MS - 10 * DAY_MS;
  expect(await standing()).toMatchObject([
    { fromId: 101, toId: 400, afterTimeMs: afterMs, beforeTimeMs: restFromMs },
    { fromId: 401, toId: 900, afterTimeMs: afterMs, beforeTimeMs: NOW_MS },
  ]);
  const younger = { instrumentId, fromId: 401, toId: 900, beforeTimeMs: NOW_MS };
  await changeGaps(pool, [{ ...younger, ...told, state: "filled" }]);
  expect(await spansSince(0)).toEqual([{ afterMs, beforeMs: restFromMs }]);
  expect(await spansSince(NOW_MS - DAY_MS)).toEqual([]);
});

test("regression: a gap whose end was never told reached to the end of time", async () => {
  const { pool } = context.database;
  await openGaps(pool, [gap({ beforeTimeMs: null })]);
  expect(await spansSince(NOW_MS)).toMatchObject([{ beforeMs: Number.POSITIVE_INFINITY }]);
  // The trade next to it is gone already: the first that is stored tells.
  const trade = { instrumentId, id: 950, timeMs: NOW_MS, price: "1", quantity: "1" };
  const raw = { firstTradeId: 1, lastTradeId: 1, buyerIsMaker: false, backfilled: false };
  await insertTrades(pool, [{ ...trade, ...raw }]);
  expect(await standing()).toMatchObject([{ beforeTimeMs: NOW_MS }]);
  expect(await spansSince(NOW_MS)).toMatchObject([{ beforeMs: NOW_MS }]);
  expect(await spansSince(NOW_MS + 1)).toEqual([]);
});

test("what becomes known of a gap's end and source stays known", async () => {
  const { pool } = context.database;
  await openGaps(pool, [gap({ beforeTimeMs: null })]);
  const change = { instrumentId, fromId: 101, toId: 900, attempts: 1, lastError: "gone" };
  const state = "unfillable" as const;
  await changeGaps(pool, [{ ...change, state, source: "gone", beforeTimeMs: null }]);
  await changeGaps(pool, [{ ...change, state, source: null, beforeTimeMs: NOW_MS }]);
  await changeGaps(pool, [{ ...change, state, source: null, beforeTimeMs: null }]);
  const { rows } = await pool.query(
    `SELECT source, before_time_ms::float8 AS "beforeTimeMs" FROM feed_gap WHERE instrument_id = $1`,
    [instrumentId],
  );
  expect(rows).toEqual([{ source: "gone", beforeTimeMs: NOW_MS }]);
});

test("a gap that was given up is open again for the feed that follows its instrument", async () => {
  const { database } = context;
  const { pool } = database;
  await openGaps(pool, [gap({})]);
  const idOf = async () =>
    (await listGaps(pool, "simulated", { instrumentId, limit: 1 }))[0]?.id ?? 0;
  const range = { instrumentId, fromId: 101, toId: 900 };
  const change = { ...range, beforeTimeMs: null, source: "gone", attempts: 3, lastError: "gone" };
  await expect(askGapAgain(database, await idOf())).rejects.toMatchObject({ code: "conflict" });
  await changeGaps(pool, [{ ...change, state: "unfillable" }]);
  await expect(askGapAgain(database, await idOf())).rejects.toMatchObject({ code: "conflict" });
  await claimLeases(pool, randomUUID(), [instrumentId], { leaseMs: 60_000, countMax: 1 });
  await askGapAgain(database, await idOf());
  expect(await standing()).toMatchObject([{ ...range, state: "open", attempts: 0 }]);
  expect(await gapsAskedAgain(pool, [instrumentId])).toMatchObject([range]);
  // What its feed says of it next takes the place of the wish.
  await changeGaps(pool, [{ ...change, state: "open", attempts: 0, lastError: null }]);
  expect(await gapsAskedAgain(pool, [instrumentId])).toEqual([]);
  await expect(askGapAgain(database, 1_000_000)).rejects.toMatchObject({ code: "not-found" });
});

test("regression: a gap that was found and filled in one transaction took no time at all", async () => {
  const { pool } = context.database;
  await inTransaction(pool, async (client) => {
    await openGaps(client, [gap({})]);
    await client.query("SELECT pg_sleep(0.05)");
    const range = { instrumentId, fromId: 101, toId: 900, beforeTimeMs: NOW_MS };
    const told = { source: "rest", attempts: 0, lastError: null };
    await changeGaps(client, [{ ...range, ...told, state: "filled" }]);
  });
  const [filled] = await listGaps(pool, "simulated", { instrumentId, limit: 1 });
  expect((filled?.filledAtMs ?? 0) - (filled?.detectedAtMs ?? 0)).toBeGreaterThanOrEqual(49);
});
