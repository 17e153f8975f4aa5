import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { claimLeases } from "#db/feed-leases.ts";
import { tradeDayProofs } from "#db/feed-trade-days.ts";
import { storeVenueBars, type VenueBar, venueBarsOfSpans } from "#db/market-bars.ts";
import { ensurePartition } from "#db/partitions.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { inTransaction } from "#db/transaction.ts";
import { listInstruments } from "#db/venue-instrument.test-support.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { FeedOperation, LeasedInstrument } from "./feed-operation.ts";
import { storeOperations } from "./store-operations.ts";
import { SymbolFeed } from "./symbol-feed.ts";

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 5, 10);

let context: TestDatabase;
let instrument: LeasedInstrument;
let operations: FeedOperation[];
let nextSymbol = 0;

beforeAll(async () => {
  context = await createTestDatabase();
  await ensurePartition(context.database.pool, "market_trade", START_MS);
  await ensurePartition(context.database.pool, "second_bar", START_MS);
});
afterAll(() => context.drop());

beforeEach(async () => {
  const { database } = context;
  const symbol = `S${nextSymbol++}`;
  const instrumentId = (await listInstruments(database, [symbol])).get(symbol) ?? 0;
  const options = { leaseMs: 600_000, countMax: 1 };
  const [lease] = await claimLeases(database.pool, randomUUID(), [instrumentId], options);
  instrument = {
    instrumentId,
    token: lease?.token ?? 0,
    savedCursor: null,
    savedPrice: null,
    isLost: false,
  };
  operations = [];
});

function trade(id: number, atMs: number): VenueTrade {
  return {
    id,
    price: String(id),
    quantity: "0.1",
    firstTradeId: id,
    lastTradeId: id,
    timeMs: START_MS + atMs,
    buyerIsMaker: false,
  };
}

/** A symbol whose trades begin at this moment, after one that was a moment before. */
function startSymbol(atMs: number): SymbolFeed {
  const cursor = {
    firstId: 1,
    firstTradeTimeMs: START_MS + atMs - 1,
    lastId: 1,
    lastRawId: 1,
    lastTradeTimeMs: START_MS + atMs - 1,
    barsUntilMs: START_MS + atMs,
  };
  operations.push({ kind: "started", instrument, cursor });
  return new SymbolFeed(
    { id: instrument.instrumentId, market: "spot", symbol: "S" },
    instrument,
    { cursor, gaps: [], cause: "restart", isNew: true },
    {
      push: (operation) => operations.push(operation),
      onEvent: () => undefined,
      onGap: () => undefined,
      onJump: () => undefined,
      onDoubt: () => undefined,
      venueNowMs: () => START_MS,
      sequence: { reorderMs: 0, heldMax: 10 },
      latenessMs: 0,
    },
  );
}

async function write(batch: readonly FeedOperation[]) {
  const stored = await inTransaction(context.database.pool, (client) =>
    storeOperations(client, batch),
  );
  for (const [of, cursor] of stored.cursors) of.savedCursor = cursor;
  return stored;
}

async function bars(intervalMs: number): Promise<readonly VenueBar[]> {
  const { instrumentId } = instrument;
  const span = { instrumentId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const found = await venueBarsOfSpans(context.database.pool, intervalMs, [span]);
  return found.get(instrumentId) ?? [];
}

test("a batch whose commit was in doubt is written again and changes nothing", async () => {
  const symbol = startSymbol(0);
  for (let i = 0; i < 130; i++) symbol.onTrade(trade(2 + i, i * 1_000), i, 0);
  // One that is late: its second was closed by the one after it.
  symbol.missUntil(140, "silent-stream");
  symbol.onTrade(trade(135, 100_000), 0, 0);
  symbol.tick(1_000, false);
  const everything = async () => ({
    seconds: await bars(1_000),
    minutes: await bars(MINUTE_MS),
    proofs: await tradeDayProofs(context.database.pool, "simulated", { limit: 10 }),
    gaps: (await context.database.pool.query("SELECT from_id, to_id, state FROM feed_gap")).rows,
  });
  await write(operations);
  const first = await everything();
  expect(first.seconds.filter(({ lateCount }) => lateCount === 1)).toHaveLength(1);
  expect(first.minutes).toHaveLength(2);
  instrument.savedCursor = null;
  await write(operations);
  expect(await everything()).toEqual(first);
});

test("of a symbol whose lease is another's nothing is written, and of the others everything", async () => {
  const lost = { ...instrument, token: instrument.token - 1 };
  const cursor = {
    firstId: 1,
    firstTradeTimeMs: START_MS,
    lastId: 0,
    lastRawId: 0,
    lastTradeTimeMs: START_MS,
    barsUntilMs: START_MS,
  };
  const of = (whose: LeasedInstrument): FeedOperation[] => [
    { kind: "started", instrument: whose, cursor },
    {
      kind: "trade",
      instrument: whose,
      trade: trade(1, 0),
      backfilled: false,
      isNext: true,
      sentAtMs: 0,
    },
  ];
  const stored = await write(of(lost));
  expect(stored).toMatchObject({ lost: [lost], tradeCount: 0 });
  expect(stored.cursors.size).toBe(0);
  expect(await write(of(instrument))).toMatchObject({ lost: [], tradeCount: 1 });
});

test("an hour that began with the venue's klines and ended with our trades is whole, and says so", async () => {
  const { instrumentId } = instrument;
  const kline = (minute: number): VenueBar => ({
    openTimeMs: START_MS + minute * MINUTE_MS,
    open: 1,
    high: 2,
    low: 0.5,
    close: 1,
    volume: 1,
    provenance: "kline",
    tradeCount: null,
    lateCount: null,
    backfilledCount: null,
  });
  const klines = Array.from({ length: 33 }, (_, minute) => kline(minute));
  await inTransaction(context.database.pool, (client) =>
    storeVenueBars(client, [{ instrumentId, intervalMs: MINUTE_MS, bars: klines }]),
  );
  const symbol = startSymbol(33 * MINUTE_MS);
  for (let second = 0; second <= 28 * 60; second++) {
    symbol.onTrade(trade(2 + second, 33 * MINUTE_MS + second * 1_000), 0, 0);
  }
  await write(operations);
  const provenances = async (intervalMs: number) =>
    (await bars(intervalMs)).map(({ openTimeMs, provenance }) => [
      (openTimeMs - START_MS) / MINUTE_MS,
      provenance,
    ]);
  // The quarter of an hour in which our trades began, and the hour: klines and trades together.
  expect(await provenances(900_000)).toEqual([
    [30, "kline"],
    [45, "complete"],
  ]);
  const minutes = await provenances(MINUTE_MS);
  expect(minutes).toHaveLength(61);
  expect(minutes[32]).toEqual([32, "kline"]);
  expect(minutes[33]).toEqual([33, "complete"]);
  expect(await provenances(300_000)).toMatchObject({ 0: [30, "kline"], 1: [35, "complete"] });
});
