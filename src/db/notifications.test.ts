import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notify, startListener } from "./notifications.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let world: TestDatabase;
beforeAll(async () => {
  world = await createTestDatabase();
});
afterAll(() => world.drop());

/** A handler whose calls can be awaited one by one. */
function calls<T>() {
  const heard: T[] = [];
  let wake: () => void = () => undefined;
  return {
    heard,
    push: (value: T) => {
      heard.push(value);
      wake();
    },
    until: async (count: number) => {
      while (heard.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    },
  };
}

test("a listener hears what is committed, and hears again after its connection was cut", async () => {
  const connects = calls<null>();
  const payloads = calls<string>();
  const errors: unknown[] = [];
  const listener = startListener(
    world.connectionString,
    { pairdesk_watch: payloads.push },
    { onConnect: () => connects.push(null), onError: (error) => errors.push(error) },
  );
  await connects.until(1);
  await notify(world.database.pool, "pairdesk_watch", "one");
  await payloads.until(1);
  await world.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'pairdesk-listener' AND datname = current_database()`,
  );
  await connects.until(2);
  await notify(world.database.pool, "pairdesk_watch", "two");
  await payloads.until(2);
  await listener.stop();
  expect(payloads.heard).toEqual(["one", "two"]);
  expect(errors.length).toBeGreaterThan(0);
});

/** The way to the database, which can fall silent without a word, as a router that forgets a connection does. */
async function startWay(connectionString: string) {
  const to = new URL(connectionString);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(to.port), to.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has a port");
  const from = new URL(connectionString);
  from.host = `127.0.0.1:${address.port}`;
  return {
    connectionString: from.href,
    /** Whoever is connected now is not heard any more, and hears nothing. */
    fallSilent: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("regression: a connection that was lost without a word was listened to for good", async () => {
  const way = await startWay(world.connectionString);
  const connects = calls<null>();
  const payloads = calls<string>();
  const errors: unknown[] = [];
  const listener = startListener(
    way.connectionString,
    { pairdesk_watch: payloads.push },
    { onConnect: () => connects.push(null), onError: (error) => errors.push(error) },
    { heartbeatMs: 1_500, answerMs: 1_000 },
  );
  await connects.until(1);
  way.fallSilent();
  await notify(world.database.pool, "pairdesk_watch", "unheard");
  await connects.until(2);
  await notify(world.database.pool, "pairdesk_watch", "heard");
  await payloads.until(1);
  expect(payloads.heard).toEqual(["heard"]);
  expect(errors.length).toBeGreaterThan(0);
  way.fallSilent();
  await listener.stop();
  way.close();
});
