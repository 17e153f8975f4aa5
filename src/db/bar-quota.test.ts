import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { requireBarRoom } from "./bar-quota.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

/** The two series of a world have 240 bars each. */
async function roomFor(options: { guest: boolean; moreBars: number }): Promise<string> {
  const { database } = subject;
  const { workspaceId } = await createWorld(database, await createPerson(database));
  if (options.guest) {
    await database.pool.query("update workspace set expires_at = now() where id = $1", [
      workspaceId,
    ]);
  }
  const quota = { barsMax: 600, guestBarsMax: 500 };
  const room = requireBarRoom(database.pool, workspaceId, quota, options.moreBars);
  return room.then(
    () => "room",
    (error: unknown) => String(Reflect.get(Object(error), "code")),
  );
}

test.each([
  { guest: false, moreBars: 120, outcome: "room" },
  { guest: false, moreBars: 121, outcome: "too-large" },
  { guest: true, moreBars: 20, outcome: "room" },
  { guest: true, moreBars: 21, outcome: "too-large" },
])("$moreBars more bars, guest $guest: $outcome", async ({ outcome, ...options }) => {
  expect(await roomFor(options)).toBe(outcome);
});
