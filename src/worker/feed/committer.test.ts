import { connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDatabase } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { Committer, type CommitterOptions } from "./committer.ts";
import type { FeedOperation } from "./feed-operation.ts";
import { OperationQueue } from "./operation-queue.ts";
import { until } from "./until.test-support.ts";

let context: TestDatabase;

beforeEach(async () => {
  context = await createTestDatabase();
});
afterEach(() => context.drop());

/** A trade that cannot be written: its time is none. */
const WRONG = {
  kind: "trade",
  instrument: { instrumentId: 1, token: 1, savedCursor: null, savedPrice: null, isLost: false },
  trade: {
    id: 1,
    price: "1",
    quantity: "1",
    firstTradeId: 1,
    lastTradeId: 1,
    timeMs: 8.7e15,
    buyerIsMaker: false,
  },
  backfilled: false,
  isNext: true,
  sentAtMs: null,
} as const satisfies FeedOperation;

function optionsOf(change: Partial<CommitterOptions>): CommitterOptions {
  return {
    flushMs: 1,
    flushTrades: 10,
    catchUpTrades: 10,
    localNowMs: Date.now,
    onLost: () => undefined,
    onMoved: () => undefined,
    onOutage: () => undefined,
    onRefused: () => undefined,
    onPoison: () => undefined,
    ...change,
  };
}

test("regression: what can never be written was called an outage of the database for ever", async () => {
  const queue = new OperationQueue(10);
  queue.push(WRONG);
  const outages: unknown[] = [];
  const refusals: unknown[] = [];
  const poison = Promise.withResolvers<unknown>();
  const committer = new Committer(
    context.database,
    queue,
    optionsOf({
      onOutage: (error) => outages.push(error),
      onRefused: (error) => refusals.push(error),
      onPoison: poison.resolve,
    }),
  );
  expect(await poison.promise).toBeInstanceOf(RangeError);
  expect(refusals).toHaveLength(4);
  expect(outages).toEqual([]);
  expect(committer.isOut).toBe(false);
  await committer.stop(0);
});

/** A way to the database on which, when it is cut, nothing comes through any more and nobody is told. */
async function startCuttableWay(connectionString: string) {
  const url = new URL(connectionString);
  const sockets = new Set<Socket>();
  const upstreamPort = Number(url.port);
  const proxy = createServer((client) => {
    const upstream = connect(upstreamPort, url.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const cutUrl = new URL(connectionString);
  cutUrl.hostname = "127.0.0.1";
  cutUrl.port = String(address.port);
  return {
    connectionString: cutUrl.href,
    /** Those that are connected; who connects anew comes through. */
    cut: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("regression: a database that vanished without a word was waited for until TCP gave up", async () => {
  const way = await startCuttableWay(context.connectionString);
  const database = createDatabase(way.connectionString, { max: 2, queryTimeoutMs: 200 });
  const queue = new OperationQueue(10);
  const outages: unknown[] = [];
  const committer = new Committer(
    database,
    queue,
    optionsOf({ onOutage: (error) => outages.push(error) }),
  );
  const timeMs = Date.UTC(2026, 0, 5);
  queue.push({ ...WRONG, trade: { ...WRONG.trade, timeMs } });
  await until(() => queue.isEmpty);
  way.cut();
  queue.push({ ...WRONG, trade: { ...WRONG.trade, id: 2, timeMs } });
  await until(() => outages.length === 2);
  expect(outages).toEqual([new Error("Query read timeout"), null]);
  expect(queue.isEmpty).toBe(true);
  await committer.stop(0);
  way.close();
  await database.close();
});
