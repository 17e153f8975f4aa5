// The database goes away under a feed: what comes waits in memory, and when there is too much of it reading stops and
// the rest is fetched afterwards.
import { afterEach, beforeEach, expect, test } from "vitest";
import { listFeedEvents } from "#db/feed-events.ts";
import { listGaps } from "#db/feed-gaps.ts";
import { startOutage } from "./database-outage.test-support.ts";
import { createFeedWorld, type FeedWorld } from "./feed-harness.test-support.ts";
import { cursorOf, expectTruth, type Followed, recorderOf } from "./feed-truth.test-support.ts";
import { until } from "./until.test-support.ts";

const BTC: Followed = { market: "spot", symbol: "BTCUSDT" };

let world: FeedWorld;

beforeEach(async () => {
  world = await createFeedWorld(["spot:BTCUSDT"], { tradesPerSecond: { BTCUSDT: 400 } });
});

afterEach(() => world.close());

/** Waits until the exchange has so many trades more, and tells its newest id. */
async function furtherTrades(count: number): Promise<number> {
  const newestId = () =>
    world.simulator.record({ ...BTC, fromMs: world.simulator.nowMs() - 10_000 }).lastId ?? 0;
  const startId = newestId();
  await until(() => newestId() >= startId + count);
  return newestId();
}

function isOfTrades(connection: unknown): boolean {
  return JSON.stringify(connection).includes("btcusdt@aggTrade");
}

async function storedUntil(id: number): Promise<void> {
  await until(async () => ((await cursorOf(world.database, BTC))?.lastId ?? 0) >= id);
  await until(async () => {
    const gaps = await listGaps(world.database.pool, "simulated", { limit: 100 });
    return gaps.every(({ state }) => state === "filled");
  });
}

async function eventKinds(): Promise<Set<string>> {
  const events = await listFeedEvents(world.database.pool, { limit: 500 });
  return new Set(events.map(({ kind }) => kind));
}

test("trades wait in memory while the database is away, and not one is missed", async () => {
  const feed = await world.start();
  await storedUntil(await furtherTrades(200));
  const outage = await startOutage(world.connectionString);
  const lastOfOutage = await furtherTrades(2_000);
  await outage.end();
  await storedUntil(lastOfOutage);
  await until(async () => (await eventKinds()).has("database-back"));
  await feed.stop();
  await expectTruth(world.database, recorderOf(world.simulator), BTC);
  expect(await listGaps(world.database.pool, "simulated", { limit: 10 })).toEqual([]);
});

test("when no more can wait, reading stops, is said to, and what was missed is fetched", async () => {
  const feed = await world.start({ queueMax: 1_000 });
  await storedUntil(await furtherTrades(200));
  const outage = await startOutage(world.connectionString);
  const lastOfOutage = await furtherTrades(2_000);
  // What is read to the end of the outage is what was missed, not what waited.
  expect(world.simulator.connections().filter(isOfTrades)).toEqual([]);
  await outage.end();
  await storedUntil(lastOfOutage);
  await until(async () => (await eventKinds()).has("database-outage-over"));
  await feed.stop();
  await expectTruth(world.database, recorderOf(world.simulator), BTC);
  const gaps = await listGaps(world.database.pool, "simulated", { limit: 10 });
  const outages = gaps.filter(({ cause }) => cause === "database-outage");
  expect(new Set(outages.map(({ source }) => source))).toEqual(new Set(["rest"]));
});

test("a feed that is told to stop during an outage ends, and the next one makes up for it", async () => {
  const feed = await world.start();
  await storedUntil(await furtherTrades(200));
  const outage = await startOutage(world.connectionString);
  await furtherTrades(200);
  await feed.stop();
  await outage.end();
  const next = await world.start();
  await storedUntil(await furtherTrades(200));
  await next.stop();
  await expectTruth(world.database, recorderOf(world.simulator), BTC);
});
