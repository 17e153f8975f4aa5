import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimLeases } from "#db/feed-leases.ts";
import { insertTrades } from "#db/market-trades.ts";
import { ensurePartition } from "#db/partitions.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { listInstruments } from "#db/venue-instrument.test-support.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import { VenueError } from "../venues/venue-error.ts";
import type { FeedOperation } from "./feed-operation.ts";
import { GapFiller } from "./gap-filler.ts";
import { secondOf } from "./second-bars.ts";
import { SymbolFeed } from "./symbol-feed.ts";
import { until } from "./until.test-support.ts";

const START_MS = Date.UTC(2026, 0, 5, 10);

let context: TestDatabase;
let nextSymbol = 0;

beforeAll(async () => {
  context = await createTestDatabase();
  await ensurePartition(context.database.pool, "market_trade", START_MS);
});
afterAll(() => context.drop());

function trade(id: number, atMs: number): VenueTrade {
  const timeMs = START_MS + atMs;
  const raw = { firstTradeId: id, lastTradeId: id, buyerIsMaker: false };
  return { id, price: "1", quantity: "1", timeMs, ...raw };
}

type Answer = readonly VenueTrade[] | Error;

/** A symbol that has come to id 10, and a filler to which the venue answers in turn; the last answer for ever. */
async function createFiller(...answers: readonly Answer[]) {
  const { pool } = context.database;
  const name = `S${nextSymbol++}`;
  const instrumentId = (await listInstruments(context.database, [name])).get(name) ?? 0;
  const claim = { leaseMs: 600_000, countMax: 1 };
  const [lease] = await claimLeases(pool, randomUUID(), [instrumentId], claim);
  const operations: FeedOperation[] = [];
  const calls: number[] = [];
  const room = { pages: Number.POSITIVE_INFINITY };
  const filler = new GapFiller({
    rest: {
      aggTrades: async (_symbol, range) => {
        const answer = answers[Math.min(calls.length, answers.length - 1)] ?? [];
        calls.push("fromId" in range ? range.fromId : 0);
        if (answer instanceof Error) throw answer;
        return [...answer];
      },
    },
    pool,
    retryMsMin: 0,
    retryMsMax: 0,
    random: () => 0,
    hasRoom: () => room.pages-- > 0,
    keptFromMs: () => START_MS - 1_000,
  });
  const times = { firstTradeTimeMs: START_MS, lastTradeTimeMs: START_MS, barsUntilMs: START_MS };
  const symbol = new SymbolFeed(
    { id: instrumentId, market: "spot", symbol: name },
    { instrumentId, token: lease?.token ?? 0, savedCursor: null, savedPrice: null, isLost: false },
    {
      cursor: { firstId: 1, lastId: 10, lastRawId: 10, ...times },
      gaps: [],
      cause: "restart",
      isNew: true,
    },
    {
      push: (operation) => operations.push(operation),
      onEvent: () => undefined,
      onGap: (of, gap) => filler.add(of, gap),
      onJump: () => undefined,
      onDoubt: () => undefined,
      venueNowMs: () => START_MS,
      canWrite: () => true,
      sequence: { reorderMs: 0, heldMax: 10 },
      latenessMs: 0,
    },
  );
  const endOf = (fromId: number) =>
    operations
      .filter((operation) => operation.kind === "gap-changed")
      .map(({ change }) => change)
      .findLast((change) => change.fromId === fromId && change.state !== "open")?.state;
  return { instrumentId, operations, filler, symbol, endOf, calls, room };
}

async function ended(filler: GapFiller, isEnded: () => boolean): Promise<void> {
  await until(() => {
    filler.tick();
    return isEnded();
  });
  filler.stop();
}

test("regression: after seven bans one empty answer gave a gap up for good", async () => {
  const refused = Array.from({ length: 7 }, () => new VenueError("unavailable", "503"));
  const page = [trade(11, 1), trade(12, 2)];
  const { symbol, filler, endOf, calls } = await createFiller(...refused, [], page);
  symbol.missUntil(12, "silent-stream");
  await ended(filler, () => endOf(11) !== undefined);
  expect(endOf(11)).toBe("filled");
  expect(calls).toHaveLength(9);
});

test("a venue that says nothing eight times in a row does not have the trades", async () => {
  const { symbol, filler, endOf, calls } = await createFiller([]);
  symbol.missUntil(12, "silent-stream");
  await ended(filler, () => endOf(11) !== undefined);
  expect(endOf(11)).toBe("unfillable");
  expect(calls).toHaveLength(8);
});

test("a gap that was given up is fetched when it is asked for again", async () => {
  const nothing = Array.from({ length: 8 }, () => []);
  const page = [trade(11, 1), trade(12, 2)];
  const { instrumentId, symbol, filler, endOf, calls } = await createFiller(...nothing, page);
  symbol.missUntil(12, "silent-stream");
  await until(() => {
    filler.tick();
    return endOf(11) === "unfillable";
  });
  const times = { afterTimeMs: START_MS, beforeTimeMs: null };
  const asked = { instrumentId, fromId: 11, toId: 12, ...times, attempts: 0 };
  symbol.askAgain({ ...asked, cause: "silent-stream", state: "open" });
  expect(symbol.gaps).toHaveLength(1);
  await ended(filler, () => endOf(11) === "filled");
  expect(calls).toHaveLength(9);
});

test("a hole at the venue splits the gap, and says when it ends", async () => {
  const { symbol, filler, endOf, operations } = await createFiller([trade(14, 5), trade(15, 6)]);
  symbol.missUntil(15, "silent-stream");
  await ended(filler, () => endOf(14) !== undefined);
  expect([endOf(11), endOf(14)]).toEqual(["unfillable", "filled"]);
  expect(operations).toContainEqual(
    expect.objectContaining({
      kind: "gap-split",
      split: expect.objectContaining({ lastIdOfFirst: 13, restFromMs: START_MS + 5 }),
    }),
  );
});

test.each([
  { name: "time", change: { timeMs: START_MS + 7_500 } },
  { name: "side", change: { buyerIsMaker: true } },
])("regression: a trade stored with a wrong $name was not corrected", async ({ change }) => {
  const said = trade(11, 3_000);
  // Raw ids 12 to 15 are in no trade: the venue is asked for this one and the one before.
  const after = { ...trade(12, 9_000), firstTradeId: 16, lastTradeId: 16 };
  const { symbol, filler, endOf, operations, instrumentId } = await createFiller([said, after]);
  const stored = [{ ...said, ...change }, after];
  await insertTrades(
    context.database.pool,
    stored.map((one) => ({ instrumentId, ...one, backfilled: false })),
  );
  symbol.onTrade({ ...said, ...change }, 0, 0);
  symbol.onTrade(after, 0, 0);
  await ended(filler, () => endOf(12) !== undefined);
  expect(operations).toContainEqual(expect.objectContaining({ kind: "corrected", trade: said }));
  symbol.onTrade({ ...trade(13, 20_000), firstTradeId: 17, lastTradeId: 17 }, 0, 0);
  const again = operations.flatMap((one) => (one.kind === "bars" ? one.seconds.again : []));
  for (const { timeMs } of [said, { ...said, ...change }]) {
    const second = secondOf(timeMs);
    expect(again.some(({ fromMs, toMs }) => fromMs <= second && second < toMs)).toBe(true);
  }
});

test("regression: trades that were only to be looked at went before trades that were missing", async () => {
  const page = [trade(13, 13), trade(14, 14), trade(15, 15)];
  const { symbol, filler, endOf, calls, room } = await createFiller(page);
  room.pages = 0;
  for (const [id, raw] of [
    [11, 12],
    [12, 14],
  ] as const) {
    symbol.onTrade({ ...trade(id, id), firstTradeId: raw, lastTradeId: raw }, 0, 0);
  }
  symbol.missUntil(15, "silent-stream");
  room.pages = 1;
  filler.tick();
  await until(() => endOf(13) === "filled");
  expect(calls).toEqual([13]);
  filler.stop();
});
