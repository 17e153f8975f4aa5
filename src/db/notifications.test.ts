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
