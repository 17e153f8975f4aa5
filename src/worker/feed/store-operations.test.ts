import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { standingGaps } from "#db/feed-gaps.ts";
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
import { type SymbolContext, SymbolFeed } from "./symbol-feed.ts";

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
    contextOf(),
  );
}

function contextOf(): SymbolContext {
  return {
    push: (operation) => operations.push(operation),
    onEvent: () => undefined,
    onGap: () => undefined,
    onJump: () => undefined,
    onDoubt: () => undefined,
    venueNowMs: () => START_MS,
    canWrite: () => true,
    sequence: { reorderMs: 0, heldMax: 10 },
    latenessMs: 0,
  };
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

test("regression: a gap that was opened and split in a batch in doubt made the second writing fail", async () => {
  const { pool } = context.database;
  const symbol = startSymbol(0);
  symbol.onTrade(trade(2, 0), 0, 0);
  symbol.missUntil(20, "restart");
  const [gap] = symbol.gaps;
  if (gap === undefined) throw new Error("a gap was opened");
  const rest = symbol.splitGap(gap, trade(9, 5_000));
  symbol.onUnfillable(gap, "gone");
  const last = symbol.splitGap(rest, trade(15, 8_000));
  symbol.onUnfillable(rest, "gone");
  const page = Array.from({ length: 6 }, (_, i) => trade(15 + i, 8_000 + i));
  symbol.onPage(last, page);
  symbol.onFilled(last, "rest");
  const gaps = async () => {
    const { rows } = await pool.query(
      `SELECT from_id::int AS "from", to_id::int AS "to", state,
         (before_time_ms - $2)::int AS "beforeMs"
       FROM feed_gap WHERE instrument_id = $1 ORDER BY from_id`,
      [instrument.instrumentId, START_MS],
    );
    return rows;
  };
  await write(operations);
  const written = [
    { from: 3, to: 8, state: "unfillable", beforeMs: 5_000 },
    { from: 9, to: 14, state: "unfillable", beforeMs: 8_000 },
    { from: 15, to: 20, state: "filled", beforeMs: null },
  ];
  expect(await gaps()).toEqual(written);
  instrument.savedCursor = null;
  await write(operations);
  expect(await gaps()).toEqual(written);
});

test("a gap of an earlier batch is split once, however often that is written", async () => {
  const { pool } = context.database;
  const symbol = startSymbol(0);
  symbol.missUntil(20, "restart");
  await write(operations);
  operations = [];
  const [gap] = symbol.gaps;
  if (gap === undefined) throw new Error("a gap was opened");
  symbol.splitGap(symbol.splitGap(gap, trade(9, 5_000)), trade(15, 8_000));
  for (let time = 0; time < 2; time++) {
    await write(operations);
    const { rows } = await pool.query(
      `SELECT from_id::int AS "from", to_id::int AS "to" FROM feed_gap
       WHERE instrument_id = $1 ORDER BY from_id`,
      [instrument.instrumentId],
    );
    expect(rows).toEqual([
      { from: 2, to: 8 },
      { from: 9, to: 14 },
      { from: 15, to: 20 },
    ]);
  }
});

test("regression: a gap that was given up before a later trade came never got its end", async () => {
  const { pool } = context.database;
  const symbol = startSymbol(0);
  symbol.missUntil(20, "silent-stream");
  const [gap] = symbol.gaps;
  if (gap === undefined) throw new Error("a gap was opened");
  symbol.onUnfillable(gap, "gone");
  await write(operations);
  operations = [];
  symbol.onTrade(trade(21, 60_000), 0, 0);
  symbol.onTrade(trade(22, 120_000), 0, 0);
  await write(operations);
  const [standing] = await standingGaps(pool, instrument.instrumentId);
  expect(standing).toMatchObject({ state: "unfillable", beforeTimeMs: START_MS + 60_000 });
  const { rows } = await pool.query(
    "SELECT source, before_time_ms IS NOT NULL AS ended FROM feed_gap WHERE instrument_id = $1",
    [instrument.instrumentId],
  );
  expect(rows).toEqual([{ source: "gone", ended: true }]);
});

test("regression: after a long absence and a restart every bar was partial for ever", async () => {
  const { pool } = context.database;
  const before = startSymbol(0);
  before.onTrade(trade(2, 0), 0, 0);
  before.onTrade(trade(20, 50_000), 0, 0);
  before.tick(1_000, false);
  const [gap] = before.gaps;
  if (gap === undefined) throw new Error("a gap was found");
  const rest = before.splitGap(gap, trade(9, 40_000));
  before.onUnfillable(gap, "older than the trades that are kept");
  before.onPage(
    rest,
    Array.from({ length: 11 }, (_, i) => trade(9 + i, 40_000 + i)),
  );
  before.onFilled(rest, "rest");
  await write(operations);
  // Retention takes the trades before and next to the hole.
  await pool.query("DELETE FROM market_trade WHERE instrument_id = $1 AND id < 15", [
    instrument.instrumentId,
  ]);
  operations = [];
  const cursor = instrument.savedCursor;
  if (cursor === null) throw new Error("the cursor is saved");
  const gaps = await standingGaps(pool, instrument.instrumentId);
  const after = new SymbolFeed(
    { id: instrument.instrumentId, market: "spot", symbol: "S" },
    instrument,
    { cursor, gaps, cause: "restart", isNew: false },
    contextOf(),
  );
  for (let i = 0; i <= 120; i++) after.onTrade(trade(21 + i, 60_000 + i * 1_000), 0, 0);
  await write(operations);
  const minutes = await bars(MINUTE_MS);
  expect(minutes.map(({ provenance }) => provenance)).toEqual(["partial", "complete", "complete"]);
  const later = (await bars(1_000)).filter(({ openTimeMs }) => openTimeMs > START_MS + 40_000);
  expect(later.filter(({ provenance }) => provenance === "partial")).toEqual([]);
});

test("regression: a night's bars of a quiet symbol were too many for one transaction", async () => {
  const symbol = startSymbol(0);
  symbol.onTrade(trade(2, 0), 0, 0);
  const ledger = { firstTradeMs: START_MS - 1, lastTradeMs: START_MS, holes: [] };
  for (let second = 0; second < 200_000; second++) {
    const fromMs = START_MS + second * 1_000;
    const seconds = { fromMs, untilMs: fromMs + 1_000, bars: [], again: [], lateIds: new Map() };
    operations.push({ kind: "bars", instrument, seconds, ledger });
  }
  const stored = await write(operations);
  expect(stored.cursors.get(instrument)?.barsUntilMs).toBe(START_MS + 200_000_000);
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

test("regression: a late trade with a wrong time stayed in its bar beside the one that was fetched", async () => {
  const symbol = startSymbol(0);
  symbol.onTrade(trade(2, 0), 0, 0);
  symbol.onTrade(trade(3, 20_500), 0, 0);
  symbol.missUntil(5, "silent-stream");
  // Trade 4 was made at 30 s.
  symbol.onTrade(trade(4, 700), 0, 0);
  symbol.onTrade(trade(6, 60_000), 0, 0);
  symbol.tick(1_000, false);
  await write(operations);
  const seconds = async () =>
    (await bars(1_000)).map(({ openTimeMs, tradeCount }) => [
      (openTimeMs - START_MS) / 1_000,
      tradeCount,
    ]);
  expect(await seconds()).toEqual([
    [0, 2],
    [20, 1],
  ]);
  operations = [];
  const [gap] = symbol.gaps;
  if (gap === undefined) throw new Error("a gap was opened");
  symbol.onPage(gap, [trade(4, 30_000), trade(5, 40_000)]);
  symbol.onFilled(gap, "rest");
  const { moved } = await write(operations);
  const { instrumentId } = instrument;
  expect(moved).toEqual([{ instrumentId, id: 4, fromMs: START_MS + 700, toMs: START_MS + 30_000 }]);
  operations = [];
  for (const one of moved) symbol.onMoved(one);
  symbol.tick(2_000, false);
  await write(operations);
  expect(await seconds()).toEqual([
    [0, 1],
    [20, 1],
    [30, 1],
    [40, 1],
  ]);
});
