import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inSnapshot, inTransaction } from "./transaction.ts";

let subject: TestDatabase;

beforeAll(async () => {
  subject = await createTestDatabase();
  await subject.database.pool.query("CREATE TABLE note (text text)");
});
afterAll(() => subject.drop());

async function notes(): Promise<readonly string[]> {
  const { rows } = await subject.database.pool.query<{ text: string }>("SELECT text FROM note");
  return rows.map(({ text }) => text);
}

test("a transaction whose work fails leaves nothing, and its connection is used again", async () => {
  const { pool } = subject.database;
  const failing = inTransaction(pool, async (client) => {
    await client.query("INSERT INTO note VALUES ('failed')");
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await notes()).toEqual([]);
  expect(pool.totalCount).toBe(1);
});

test("a transaction that is left does not wait for its statement, and counts for nothing", async () => {
  const { pool } = subject.database;
  const controller = new AbortController();
  const order: string[] = [];
  const work = inTransaction(
    pool,
    async (client) => {
      await client.query("INSERT INTO note VALUES ('left')");
      controller.abort(new Error("enough"));
      // Longer than the test may take.
      await client.query("SELECT pg_sleep(600)").catch(() => order.push("statement ended"));
    },
    { signal: controller.signal },
  );
  await expect(work).rejects.toThrow("enough");
  order.push("transaction left");
  await expect.poll(() => order, { timeout: 60_000 }).toHaveLength(2);
  expect(order[0]).toBe("transaction left");
  expect(await notes()).toEqual([]);
  expect(pool.totalCount).toBe(1);
});

test("a transaction that is left before it begins sends nothing", async () => {
  const { pool } = subject.database;
  const left = { signal: AbortSignal.abort(new Error("too late")) };
  const work = async () => expect.unreachable();
  await expect(inTransaction(pool, work, left)).rejects.toThrow("too late");
  await expect(inSnapshot(pool, work, left)).rejects.toThrow("too late");
});

test("a signal that is aborted after the commit changes nothing", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const write = (text: string) =>
    inTransaction(
      subject.database.pool,
      (client) => client.query("INSERT INTO note VALUES ($1)", [text]),
      { signal },
    );
  await write("kept");
  controller.abort();
  expect(await notes()).toEqual(["kept"]);
});
