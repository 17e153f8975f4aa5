import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scansOf } from "#db/scans.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { startDueScans, startScanScheduler } from "./scan-scheduler.ts";

const LOG = pino({ level: "silent" });
const FAR_MS = Date.parse("2099-01-01T00:00:00Z");

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("every schedule that is due is started in one look, and none in the next", async () => {
  const { database } = subject;
  await createWorld(database, await createPerson(database));
  await createWorld(database, await createPerson(database));
  expect(await startDueScans(database, FAR_MS, LOG)).toBe(2);
  expect(await startDueScans(database, FAR_MS, LOG)).toBe(0);
});

test("a worker that starts makes good what was due while none ran", async () => {
  const { database } = subject;
  const { workspaceId } = await createWorld(database, await createPerson(database));
  const before = await scansOf(database, workspaceId);
  await database.pool.query(
    "update scan_schedule set next_run_at = now() - interval '3 days' where workspace_id = $1",
    [workspaceId],
  );
  const scheduler = startScanScheduler(database, LOG);
  await expect
    .poll(async () => (await scansOf(database, workspaceId)).length)
    .toBe(before.length + 1);
  await scheduler.stop();
});
