import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLiveInstrument, createWatchedPair } from "./alert-world.test-support.ts";
import { wantedInstruments } from "./feed-wanted-instruments.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());

async function createWorkspace(expires: "never" | "soon"): Promise<string> {
  const id = randomUUID();
  await context.database.pool.query(
    `INSERT INTO workspace (id, name, expires_at)
     VALUES ($1, 'Desk', CASE WHEN $2 THEN now() + interval '7 days' END)`,
    [id, expires === "soon"],
  );
  return id;
}

/** A universe of so many new instruments. */
async function createUniverse(workspaceId: string, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < count; i++) ids.push((await createLiveInstrument(context.database)).id);
  await context.database.pool.query(
    `INSERT INTO universe (id, workspace_id, name, interval_ms, instrument_ids)
     VALUES (gen_random_uuid(), $1, 'All', 60000, $2)`,
    [workspaceId, ids],
  );
  return ids;
}

async function wanted(fixed: readonly string[] = []) {
  const limits = { workspaceMax: 4, guestMax: 3 };
  const { pool } = context.database;
  const { followed, beyond } = await wantedInstruments(pool, "simulated", { fixed, limits });
  return { followed: followed.map(({ id }) => id), beyond: beyond.map(({ id }) => id) };
}

test("regression: one workspace could have the feed follow as much as it liked", async () => {
  const workspaceId = await createWorkspace("never");
  const universe = await createUniverse(workspaceId, 5);
  const pair = await createWatchedPair(context.database, workspaceId);
  const legs = [pair.instrumentY, pair.instrumentX];
  expect(await wanted()).toEqual({
    followed: [...universe.slice(0, 2), ...legs],
    beyond: universe.slice(2),
  });
  const guestId = await createWorkspace("soon");
  const ofGuest = await createUniverse(guestId, 4);
  expect(await wanted()).toEqual({
    followed: [...universe.slice(0, 2), ...legs, ...ofGuest.slice(0, 3)],
    beyond: [...universe.slice(2), ...ofGuest.slice(3)],
  });
});

test("what another workspace has within its own, or is fixed, is followed all the same", async () => {
  const before = await wanted();
  const [shared = 0] = before.beyond;
  const { id: fixedId, symbol } = await createLiveInstrument(context.database);
  const workspaceId = await createWorkspace("never");
  await context.database.pool.query(
    `INSERT INTO universe (id, workspace_id, name, interval_ms, instrument_ids)
     VALUES (gen_random_uuid(), $1, 'One', 60000, $2)`,
    [workspaceId, [shared]],
  );
  const after = await wanted([`spot:${symbol}`]);
  expect(after.beyond).toEqual(before.beyond.slice(1));
  expect(new Set(after.followed)).toEqual(new Set([...before.followed, shared, fixedId]));
});
