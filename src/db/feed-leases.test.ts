import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimLeases, fencedInstruments, releaseLeases, renewLeases } from "./feed-leases.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";
import { listInstruments } from "./venue-instrument.test-support.ts";

const LONG = { leaseMs: 600_000, countMax: 100 };
const OVER = { leaseMs: 0, countMax: 100 };

let context: TestDatabase;
let nextSymbol = 0;

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());

async function newInstruments(count: number): Promise<number[]> {
  const symbols = Array.from({ length: count }, () => `S${nextSymbol++}`);
  return [...(await listInstruments(context.database, symbols)).values()];
}

test("what is held cannot be taken, and what has run out can, with a larger token", async () => {
  const { pool } = context.database;
  const [first, second] = [randomUUID(), randomUUID()];
  const ids = await newInstruments(3);
  const held = await claimLeases(pool, first, ids, { ...LONG, countMax: 2 });
  expect(held).toHaveLength(2);
  expect(await claimLeases(pool, second, ids, LONG)).toHaveLength(1);
  expect(await renewLeases(pool, first, held, 0)).toHaveLength(2);
  const taken = await claimLeases(pool, second, ids, LONG);
  expect(taken.map(({ token }) => token)).toEqual([2, 2]);
  expect(await renewLeases(pool, first, held, 600_000)).toEqual([]);
  expect(await fencedInstruments(pool, held)).toEqual(new Set());
  expect((await fencedInstruments(pool, taken)).size).toBe(2);
});

test("two who claim the same ones at the same moment get each once", async () => {
  const { pool } = context.database;
  const ids = await newInstruments(40);
  const claims = await Promise.all(
    Array.from({ length: 6 }, () =>
      claimLeases(pool, randomUUID(), ids, { ...LONG, countMax: 40 }),
    ),
  );
  const all = claims.flat().map(({ instrumentId }) => instrumentId);
  expect(all.sort((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
});

test("a lease cannot change hands while a transaction writes under it", async () => {
  const { pool } = context.database;
  const [id = 0] = await newInstruments(1);
  const held = await claimLeases(pool, randomUUID(), [id], OVER);
  const order: string[] = [];
  let claiming: Promise<unknown> = Promise.resolve();
  await inTransaction(pool, async (client) => {
    expect((await fencedInstruments(client, held)).size).toBe(1);
    claiming = claimLeases(pool, randomUUID(), [id], LONG).then(() => order.push("taken"));
    // The other one waits for our row lock: PostgreSQL says so.
    await expect
      .poll(async () => {
        const { rows } = await pool.query("SELECT FROM pg_locks WHERE NOT granted");
        return rows.length;
      })
      .toBeGreaterThan(0);
    order.push("written");
  });
  await claiming;
  expect(order).toEqual(["written", "taken"]);
});

test("it is remembered whether nobody wanted an instrument, and its token grows on", async () => {
  const { pool } = context.database;
  const [holder, next] = [randomUUID(), randomUUID()];
  const [id = 0] = await newInstruments(1);
  const first = await claimLeases(pool, holder, [id], LONG);
  await releaseLeases(pool, holder, first, "unwanted");
  const second = await claimLeases(pool, next, [id], LONG);
  expect(second).toEqual([{ instrumentId: id, token: 2, wasGivenUp: true }]);
  await releaseLeases(pool, next, second, "for-others");
  expect(await claimLeases(pool, holder, [id], LONG)).toEqual([
    { instrumentId: id, token: 3, wasGivenUp: false },
  ]);
});
