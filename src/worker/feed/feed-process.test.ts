// The feed against the simulated exchange at its worst, one fault at a time; each test ends with the truth: what is
// stored is what the exchange knows, bar by bar.
import { afterEach, expect, test, vi } from "vitest";
import type { FeedStatus, GapCause } from "#contracts/feed.ts";
import { listFeedEvents } from "#db/feed-events.ts";
import { askGapAgain, changeGaps, listGaps, openGaps } from "#db/feed-gaps.ts";
import { liveFeedStatuses } from "#db/feed-statuses.ts";
import { tradeDayProofs } from "#db/feed-trade-days.ts";
import { marketRows } from "#db/market-tickers.ts";
import { createSimulator } from "#simulator/simulator.ts";
import type { SimulatorOptions } from "#simulator/simulator-options.ts";
import { simulatorAddresses } from "../venues/venue-addresses.ts";
import { createFeedWorld, type FeedWorld } from "./feed-harness.test-support.ts";
import {
  cursorOf,
  expectTruth,
  type Followed,
  instrumentIdOf,
  recorderOf,
} from "./feed-truth.test-support.ts";
import { until } from "./until.test-support.ts";

const BTC: Followed = { market: "spot", symbol: "BTCUSDT" };
const ETH: Followed = { market: "spot", symbol: "ETHUSDT" };
const BTC_FUTURES: Followed = { market: "usdm", symbol: "BTCUSDT" };
const NOBODY = "00000000-0000-0000-0000-000000000000";

// What is waited for comes in a second; on a machine that does twenty things at once in minutes.
vi.setConfig({ testTimeout: 400_000 });

let world: FeedWorld;

afterEach(() => world.close());

async function createWorld(
  followed: readonly Followed[],
  simulation: SimulatorOptions = {},
): Promise<void> {
  const symbols = followed.map(({ market, symbol }) => `${market}:${symbol}`);
  const tradesPerSecond = { BTCUSDT: 150, ETHUSDT: 150 };
  world = await createFeedWorld(symbols, { tradesPerSecond, ...simulation });
}

/** Waits until trades have come live from now on and are stored. */
async function live(...followed: readonly Followed[]): Promise<void> {
  for (const one of followed) {
    const before = (await cursorOf(world.database, one))?.lastId ?? 0;
    await until(async () => {
      const { rows } = await world.database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM market_trade
         WHERE instrument_id = $1 AND id > $2 AND NOT backfilled`,
        [await instrumentIdOf(world.database, one), before],
      );
      return (rows[0]?.count ?? 0) > 20;
    });
  }
}

/** Waits until everything that the exchange has up to now is stored, and no gap is open. */
async function settled(...followed: readonly Followed[]): Promise<void> {
  for (const one of followed) {
    const fromMs = world.simulator.nowMs() - 60_000;
    const nowId = world.simulator.record({ ...one, fromMs }).lastId ?? 0;
    const instrumentId = await instrumentIdOf(world.database, one);
    await until(async () => {
      if (((await cursorOf(world.database, one))?.lastId ?? 0) < nowId) return false;
      const gaps = await listGaps(world.database.pool, "simulated", { instrumentId, limit: 100 });
      return gaps.every(({ state }) => state === "filled");
    });
  }
}

async function truth(...followed: readonly Followed[]): Promise<void> {
  const recorder = recorderOf(world.simulator);
  for (const one of followed) {
    expect(await expectTruth(world.database, recorder, one)).toBeGreaterThan(0);
  }
}

async function causes(one: Followed): Promise<GapCause[]> {
  const instrumentId = await instrumentIdOf(world.database, one);
  const gaps = await listGaps(world.database.pool, "simulated", { instrumentId, limit: 100 });
  return gaps.map(({ cause }) => cause);
}

async function eventKinds(): Promise<Set<string>> {
  const events = await listFeedEvents(world.database.pool, { limit: 500 });
  return new Set(events.map(({ kind }) => kind));
}

async function statusOf(holder: string): Promise<FeedStatus | undefined> {
  const statuses = await liveFeedStatuses(world.database.pool, 10_000);
  return statuses.find((status) => status.holder === holder);
}

test("spot and futures are stored as the exchange has them, from the first whole minute on", async () => {
  await createWorld([BTC, ETH, BTC_FUTURES]);
  const feed = await world.start();
  await live(BTC, ETH, BTC_FUTURES);
  const status = async () => (await statusOf(feed.holder))?.streams ?? [];
  await until(async () => (await status()).filter(({ state }) => state === "live").length === 3);
  await until(async () => (await statusOf(feed.holder))?.commitLagP99Ms !== null);
  await until(async () => {
    const rows = await marketRows(world.database.pool, NOBODY, "simulated", { limit: 500 });
    return rows.filter(({ lastPrice }) => lastPrice !== null).length === 48;
  });
  const [bitcoin] = await marketRows(world.database.pool, NOBODY, "simulated", {
    search: "btc",
    market: "spot",
    limit: 5,
  });
  expect(bitcoin).toMatchObject({ symbol: "BTCUSDT", baseAsset: "BTC", status: "trading" });
  await settled(BTC, ETH, BTC_FUTURES);
  await feed.stop();
  await truth(BTC, ETH, BTC_FUTURES);
  const proofs = await tradeDayProofs(world.database.pool, "simulated", { limit: 10 });
  expect(proofs.every(({ isComplete, missingCount }) => isComplete && missingCount === 0)).toBe(
    true,
  );
  expect(await causes(BTC)).toEqual([]);
});

test("frames that are dropped, doubled, mixed up or broken cost nothing but a gap that is filled", async () => {
  await createWorld([BTC, ETH]);
  const feed = await world.start();
  await live(BTC, ETH);
  const target = { symbol: "BTCUSDT" };
  const kinds = ["drop", "duplicate", "reorder", "truncate", "malformed", "wrong-types"] as const;
  for (const kind of [...kinds, "unknown-event", "oversized"] as const) {
    world.simulator.inject({ kind, frames: 3, target });
    await live(BTC);
  }
  await settled(BTC, ETH);
  const status = await statusOf(feed.holder);
  await feed.stop();
  await truth(BTC, ETH);
  expect(status?.rejectedFrames).toBeGreaterThanOrEqual(6);
  expect(new Set(await causes(BTC))).toEqual(new Set(["dropped-frames", "bad-frame"]));
  expect(await causes(ETH)).toEqual([]);
  expect(await eventKinds()).toContain("bad-frame");
});

test.each(["1006", "1001", "reset"] as const)(
  "a connection that is cut (%s) is made again",
  async (how) => {
    await createWorld([BTC]);
    const feed = await world.start();
    await live(BTC);
    world.simulator.inject({ kind: "refuse-connections", durationMs: 500 });
    world.simulator.inject({ kind: "close", how });
    await until(async () => (await causes(BTC)).includes("disconnect"));
    await settled(BTC);
    await feed.stop();
    await truth(BTC);
    expect(await eventKinds()).toContain("connection-lost");
  },
);

test("a socket whose other end is gone is found by its silence", async () => {
  await createWorld([BTC]);
  const feed = await world.start();
  await live(BTC);
  world.simulator.inject({ kind: "half-open" });
  await until(async () => (await causes(BTC)).length > 0);
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
});

test("a stream that is acknowledged and delivers nothing is found, replaced, and harms no other", async () => {
  await createWorld([BTC, ETH]);
  const feed = await world.start();
  await live(BTC, ETH);
  const connectionOf = async (symbol: string) =>
    (await statusOf(feed.holder))?.streams.find((stream) => stream.symbol === symbol)?.connection;
  await until(async () => (await connectionOf("BTCUSDT")) !== undefined);
  const before = await connectionOf("BTCUSDT");
  world.simulator.inject({
    kind: "silent",
    target: { symbol: "BTCUSDT", stream: "btcusdt@aggTrade", existingOnly: true },
  });
  await until(async () => (await causes(BTC)).includes("silent-stream"));
  await until(async () => (await connectionOf("BTCUSDT")) !== before);
  expect(await connectionOf("ETHUSDT")).toBe(before);
  await live(BTC, ETH);
  await settled(BTC, ETH);
  await feed.stop();
  await truth(BTC, ETH);
  expect(await causes(ETH)).toEqual([]);
});

test("regression: a connection over which nothing comes any more is replaced by one, not by one for each symbol", async () => {
  const symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "DOGEUSDT"];
  const followed = symbols.map((symbol): Followed => ({ market: "spot", symbol }));
  const tradesPerSecond = Object.fromEntries(symbols.map((symbol) => [symbol, 50]));
  await createWorld(followed, { tradesPerSecond });
  const feed = await world.start();
  await live(...followed);
  const before = Number(world.simulator.counters()["connectionsEver"]);
  world.simulator.inject({ kind: "silent", target: { market: "spot", existingOnly: true } });
  await until(async () => (await eventKinds()).has("silent-stream"));
  await live(...followed);
  await settled(...followed);
  expect(Number(world.simulator.counters()["connectionsEver"])).toBe(before + 1);
  await feed.stop();
  await truth(...followed);
  for (const one of followed)
    expect(new Set(await causes(one))).toEqual(new Set(["silent-stream"]));
});

test("a connection that the venue is about to end is replaced before, and nothing is missed", async () => {
  await createWorld([BTC, ETH]);
  const feed = await world.start();
  await live(BTC, ETH);
  world.simulator.inject({ kind: "server-shutdown", closeAfterMs: 2_000 });
  await until(async () => (await eventKinds()).has("connection-renewed"));
  await live(BTC, ETH);
  await settled(BTC, ETH);
  await feed.stop();
  await truth(BTC, ETH);
  expect([...(await causes(BTC)), ...(await causes(ETH))]).toEqual([]);
  expect(await eventKinds()).not.toContain("connection-lost");
});

test("a connection is renewed when it is old, and nothing is missed", async () => {
  await createWorld([BTC]);
  const feed = await world.start({ connectionLifeMs: 1_500, overlapMs: 300 });
  const connections = () => Number(world.simulator.counters()["connectionsEver"]);
  await live(BTC);
  const before = connections();
  await until(() => connections() >= before + 3);
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
  expect(await causes(BTC)).toEqual([]);
});

test("a ban is waited for: nothing is asked meanwhile, live trades go on, and the gap is filled afterwards", async () => {
  await createWorld([BTC]);
  const feed = await world.start();
  await live(BTC);
  world.simulator.inject({ kind: "rest-ban", banMs: 3_000 });
  world.simulator.inject({ kind: "drop", frames: 20, target: { symbol: "BTCUSDT" } });
  await until(async () => (await causes(BTC)).length > 0);
  await until(async () =>
    Boolean(
      (await statusOf(feed.holder))?.weights.some(({ bannedUntilMs }) => bannedUntilMs !== null),
    ),
  );
  // Calls that were under way together are told of the ban together; after that none is made under it.
  const told = world.simulator.counters()["callsUnderBan"];
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
  expect(world.simulator.counters()).toMatchObject({ bans: 1, callsUnderBan: told });
});

test("a symbol whose lease was taken is given up at once, and what it would have written is refused", async () => {
  await createWorld([BTC]);
  const feed = await world.start({ leaseMs: 600_000 });
  await live(BTC);
  const other = crypto.randomUUID();
  await world.database.pool.query(
    "UPDATE feed_lease SET holder = $1, token = token + 1, expires_at = now() + interval '1 hour'",
    [other],
  );
  const stolenAt = await cursorOf(world.database, BTC);
  await until(async () => (await statusOf(feed.holder))?.streams.length === 0);
  const later = await cursorOf(world.database, BTC);
  expect(later?.lastId).toBe(stolenAt?.lastId);
  await until(async () => (await eventKinds()).has("lease-lost"));
  // When it is free again, it goes on where the trades ended.
  await world.database.pool.query("UPDATE feed_lease SET expires_at = now()");
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
});

test.each([
  { name: "lower", seed: 2, tradesPerSecond: 150 },
  { name: "higher", seed: 1, tradesPerSecond: 400 },
])(
  "regression: an exchange whose ids are of another series ($name) is not mixed into what is stored",
  async ({ seed, tradesPerSecond }) => {
    await createWorld([BTC], { seed: 1 });
    const first = await world.start();
    await live(BTC);
    await settled(BTC);
    await first.stop();
    const before = await cursorOf(world.database, BTC);
    const other = await createSimulator({ seed, tradesPerSecond: { BTCUSDT: tradesPerSecond } });
    try {
      const second = await world.start({ addresses: simulatorAddresses(other.restUrl) });
      const stream = async () => (await statusOf(second.holder))?.streams[0]?.state;
      await until(async () => (await stream()) === "ids-restarted");
      await until(async () => (await eventKinds()).has("ids-restarted"));
      await second.stop();
    } finally {
      await other.close();
    }
    expect(await cursorOf(world.database, BTC)).toMatchObject({ lastId: before?.lastId });
    expect(await causes(BTC)).toEqual([]);
    // The exchange that the trades came from goes on.
    const third = await world.start();
    await live(BTC);
    await settled(BTC);
    await third.stop();
    await truth(BTC);
  },
);

test("two feeds share the symbols, and the one that stays takes those of the one that stops", async () => {
  const followed = [BTC, ETH, BTC_FUTURES, { market: "usdm", symbol: "ETHUSDT" } as const];
  await createWorld(followed);
  const first = await world.start();
  await live(...followed);
  const second = await world.start();
  const countOf = async (holder: string) => (await statusOf(holder))?.streams.length;
  await until(
    async () => (await countOf(first.holder)) === 2 && (await countOf(second.holder)) === 2,
  );
  await live(...followed);
  await first.stop();
  await until(async () => (await countOf(second.holder)) === 4);
  await live(...followed);
  await settled(...followed);
  await second.stop();
  await truth(...followed);
});

test("what nobody watches is left, and what is watched again is made up for", async () => {
  await createWorld([]);
  const feed = await world.start({ wantedMs: 60_000 });
  await until(async () => (await instrumentIdOf(world.database, BTC)) > 0);
  const pool = world.database.pool;
  const streams = async () => (await statusOf(feed.holder))?.streams.length;
  await pool.query(
    `WITH w AS (INSERT INTO workspace (id, name) VALUES (gen_random_uuid(), 'Watcher') RETURNING id)
     INSERT INTO universe (id, workspace_id, name, interval_ms, instrument_ids, updated_at)
     SELECT gen_random_uuid(), id, 'Two', 60000, ARRAY[$1::int], now() FROM w`,
    [await instrumentIdOf(world.database, BTC)],
  );
  await pool.query("NOTIFY pairdesk_watch");
  await live(BTC);
  await pool.query("UPDATE universe SET deleted_at = now()");
  await pool.query("NOTIFY pairdesk_watch");
  await until(async () => (await streams()) === 0);
  const leftAt =
    world.simulator.record({ ...BTC, fromMs: world.simulator.nowMs() - 5_000 }).lastId ?? 0;
  await until(() => (world.simulator.record({ ...BTC, fromId: leftAt }).count ?? 0) > 50);
  await pool.query("UPDATE universe SET deleted_at = NULL");
  await pool.query("NOTIFY pairdesk_watch");
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
  expect(await causes(BTC)).toEqual(["not-watched"]);
});

test("a symbol that stops trading, changes its rules or is delisted is flagged, and the others go on", async () => {
  await createWorld([BTC, ETH]);
  const feed = await world.start();
  await live(BTC, ETH);
  const stateOf = async (symbol: string) =>
    (await statusOf(feed.holder))?.streams.find((stream) => stream.symbol === symbol)?.state;
  world.simulator.setSymbol({ symbol: "BTCUSDT", status: "HALT" });
  await until(async () => (await stateOf("BTCUSDT")) === "halted");
  world.simulator.setSymbol({ symbol: "ETHUSDT", filters: { tickSize: "0.10000000" } });
  await until(async () => (await eventKinds()).has("instrument-rules"));
  world.simulator.setSymbol({ symbol: "BTCUSDT", status: "TRADING" });
  await live(BTC, ETH);
  world.simulator.setSymbol({ symbol: "BTCUSDT", status: "DELISTED" });
  await until(async () => (await stateOf("BTCUSDT")) === undefined);
  await live(ETH);
  await settled(ETH);
  await feed.stop();
  await truth(ETH);
  const [row] = await marketRows(world.database.pool, NOBODY, "simulated", {
    search: "BTCUSDT",
    market: "spot",
    limit: 1,
  });
  expect(row?.status).toBe("delisted");
});

test.each([
  { status: "HALT", said: "trading → halted (the venue says HALT)" },
  { status: "BREAK", said: "trading → halted (the venue says BREAK)" },
  { status: "DELISTED", said: "trading → delisted (the venue lists it no more)" },
] as const)(
  "regression: a symbol in $status was noticed with the next look at all instruments only",
  async ({ status, said }) => {
    await createWorld([BTC, ETH, BTC_FUTURES]);
    const feed = await world.start({ instrumentsMs: 3_600_000 });
    await live(BTC, ETH, BTC_FUTURES);
    const streamOf = async (one: Followed) =>
      (await statusOf(feed.holder))?.streams.find(
        ({ market, symbol }) => market === one.market && symbol === one.symbol,
      )?.state;
    const words = async () =>
      (await listFeedEvents(world.database.pool, { limit: 500 })).map(({ message }) => message);
    const expected = status === "DELISTED" ? undefined : "halted";
    for (const one of [BTC, BTC_FUTURES]) {
      world.simulator.setSymbol({ ...one, status });
      await until(async () => (await streamOf(one)) === expected);
      await until(async () => (await words()).includes(`${one.symbol}: ${said}`));
    }
    if (status === "DELISTED") return;
    // What trades again is not halted any more, however long ago all instruments were looked at.
    for (const one of [BTC, BTC_FUTURES]) {
      world.simulator.setSymbol({ ...one, status: "TRADING" });
      await until(async () => (await streamOf(one)) === "live");
    }
    expect(await streamOf(ETH)).toBe("live");
  },
);

test("a gap that was given up is filled by the feed that hears that somebody asks for it again", async () => {
  await createWorld([BTC]);
  const first = await world.start();
  await live(BTC);
  await settled(BTC);
  await first.stop();
  const { pool } = world.database;
  const lastId = (await cursorOf(world.database, BTC))?.lastId ?? 0;
  const instrumentId = await instrumentIdOf(world.database, BTC);
  const range = { instrumentId, fromId: lastId - 20, toId: lastId - 10 };
  await openGaps(pool, [{ ...range, afterTimeMs: null, beforeTimeMs: null, cause: "restart" }]);
  const told = { beforeTimeMs: null, source: "gone", attempts: 8, lastError: "gone" };
  await changeGaps(pool, [{ ...range, ...told, state: "unfillable" }]);
  // So rarely does it look by itself that what it hears is what makes it look.
  const second = await world.start({ wantedMs: 60_000 });
  await live(BTC);
  const gapNow = async () =>
    (await listGaps(pool, "simulated", { instrumentId, limit: 100 })).find(
      ({ fromId }) => fromId === range.fromId,
    );
  expect(await gapNow()).toMatchObject({ state: "unfillable" });
  await askGapAgain(world.database, (await gapNow())?.id ?? 0);
  await until(async () => (await gapNow())?.state === "filled");
  await settled(BTC);
  await second.stop();
  await truth(BTC);
  expect(await eventKinds()).toContain("gap-asked-again");
});

test("a clock that jumps is followed", async () => {
  await createWorld([BTC]);
  const feed = await world.start();
  await live(BTC);
  world.simulator.setSkew(5_000);
  await until(async () => ((await statusOf(feed.holder))?.clockOffsetsMs.spot ?? 0) > 4_000);
  await live(BTC);
  world.simulator.setSkew(-5_000);
  await until(async () => ((await statusOf(feed.holder))?.clockOffsetsMs.spot ?? 0) < -4_000);
  await live(BTC);
  await settled(BTC);
  await feed.stop();
  await truth(BTC);
});

test("regression: the clock of the first market was told as that of every market", async () => {
  await createWorld([BTC]);
  const futures = await createSimulator();
  futures.setSkew(5_000);
  const { spot } = simulatorAddresses(world.simulator.restUrl);
  const { usdm } = simulatorAddresses(futures.restUrl);
  const feed = await world.start({ addresses: { spot, usdm } });
  const offsets = async () => (await statusOf(feed.holder))?.clockOffsetsMs ?? {};
  await until(async () => ((await offsets()).usdm ?? 0) > 4_000);
  expect(Math.abs((await offsets()).spot ?? Number.NaN)).toBeLessThan(2_500);
  await feed.stop();
  await futures.close();
});
