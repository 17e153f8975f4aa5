import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createPerson,
  createWorld,
  HOUR_MS,
  START_MS,
  type World,
} from "#server/world.test-support.ts";
import { startDueScan } from "./due-scans.ts";
import { deleteScanSchedule, scanSchedulesOf, setScanSchedule } from "./scan-schedules.ts";
import { scanOf } from "./scans.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { deleteUniverse } from "./universes.ts";

const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.parse("2026-11-20T12:00:00Z");
const BARS = 240;
const CADENCE = { kind: "daily", hourUtc: 6 } as const;

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

/** A world whose one schedule is due in the morning after NOW_MS, and no other's is. */
async function worldWithSchedule(): Promise<World & { userId: string }> {
  const { database } = subject;
  await database.pool.query("delete from scan_schedule");
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  await setScanSchedule(database, owner, { ...world, cadence: CADENCE }, NOW_MS);
  return { ...world, userId: owner.userId };
}

async function scheduleOf({ workspaceId }: World) {
  const [schedule] = await scanSchedulesOf(subject.database, workspaceId);
  if (schedule === undefined) throw new Error("there is no schedule");
  return schedule;
}

async function addBars({ instrumentY, instrumentX }: World, count: number): Promise<void> {
  await subject.database.pool.query(
    `update bar_series set last_open_time_ms = last_open_time_ms + $2
      where instrument_id = any($1)`,
    [[instrumentY, instrumentX], count * HOUR_MS],
  );
}

test("a schedule is due at the first time of its cadence and not before", async () => {
  const world = await worldWithSchedule();
  const { nextRunAtMs } = await scheduleOf(world);
  expect(nextRunAtMs).toBe(Date.parse("2026-11-21T06:00:00Z"));
  expect(await startDueScan(subject.database, nextRunAtMs - 1)).toBeNull();
  expect(await startDueScan(subject.database, nextRunAtMs)).toMatchObject({ outcome: "started" });
  expect(await startDueScan(subject.database, nextRunAtMs)).toBeNull();
});

test("the scan is the model's with a window as long that ends with the newest bar", async () => {
  const { database } = subject;
  const world = await worldWithSchedule();
  const model = await scanOf(database, world.workspaceId, world.scanId);
  await addBars(world, 10);
  const due = await startDueScan(database, NOW_MS + DAY_MS);
  const scan = await scanOf(database, world.workspaceId, due?.scanId ?? "");
  const endMs = START_MS + (BARS + 10) * HOUR_MS;
  expect(scan.config).toEqual({
    ...model.config,
    formation: { startMs: endMs - BARS * HOUR_MS, endMs },
  });
  expect(scan.job?.state).toBe("queued");
  expect((await scheduleOf(world)).lastScanId).toBe(scan.id);
});

test("no scan is made of the same bars again", async () => {
  const world = await worldWithSchedule();
  await startDueScan(subject.database, NOW_MS + DAY_MS);
  expect(await startDueScan(subject.database, NOW_MS + 2 * DAY_MS)).toMatchObject({
    outcome: "no-new-bars",
    scanId: null,
  });
  await addBars(world, 1);
  expect(await startDueScan(subject.database, NOW_MS + 3 * DAY_MS)).toMatchObject({
    outcome: "started",
  });
});

test("what was missed while no worker ran is one scan", async () => {
  const world = await worldWithSchedule();
  const late = NOW_MS + 30 * DAY_MS;
  expect(await startDueScan(subject.database, late)).toMatchObject({ outcome: "started" });
  expect(await startDueScan(subject.database, late)).toBeNull();
  expect((await scheduleOf(world)).nextRunAtMs).toBeGreaterThan(late);
});

test("of two workers that look at once, one starts the scan", async () => {
  await worldWithSchedule();
  const { database } = subject;
  const late = NOW_MS + DAY_MS;
  const answers = await Promise.all([startDueScan(database, late), startDueScan(database, late)]);
  expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
});

test("a full queue puts the scan off and keeps the schedule", async () => {
  const world = await worldWithSchedule();
  await subject.database.pool.query(
    `insert into job (id, workspace_id, kind, params)
     select gen_random_uuid(), $1, 'scan', '{}' from generate_series(1, 10)`,
    [world.workspaceId],
  );
  const due = await startDueScan(subject.database, NOW_MS + DAY_MS);
  expect(due).toMatchObject({ outcome: "too-many-jobs", scanId: null });
  expect(await scheduleOf(world)).toMatchObject({ lastOutcome: "too-many-jobs" });
});

test("instruments without common bars are not scanned", async () => {
  const world = await worldWithSchedule();
  await subject.database.pool.query(
    `update bar_series set first_open_time_ms = last_open_time_ms + $2,
            last_open_time_ms = last_open_time_ms + 2 * $2 where instrument_id = $1`,
    [world.instrumentY, BARS * HOUR_MS],
  );
  const due = await startDueScan(subject.database, NOW_MS + DAY_MS);
  expect(due).toMatchObject({ outcome: "no-common-bars", scanId: null });
});

test("the universe of a schedule rests while it is deleted", async () => {
  const world = await worldWithSchedule();
  await deleteUniverse(subject.database, world.workspaceId, world.universeId);
  expect(await startDueScan(subject.database, NOW_MS + DAY_MS)).toBeNull();
  expect(await scanSchedulesOf(subject.database, world.workspaceId)).toEqual([]);
});

test("a schedule is made of a scan of its own universe alone", async () => {
  const { database } = subject;
  const [world, other] = [await worldWithSchedule(), await worldWithSchedule()];
  const input = { universeId: other.universeId, scanId: world.scanId, cadence: CADENCE };
  await expect(setScanSchedule(database, other, input, NOW_MS)).rejects.toMatchObject({
    code: "not-found",
  });
});

test("an ended schedule is gone", async () => {
  const world = await worldWithSchedule();
  await deleteScanSchedule(subject.database, world.workspaceId, world.universeId);
  expect(await scanSchedulesOf(subject.database, world.workspaceId)).toEqual([]);
  await expect(
    deleteScanSchedule(subject.database, world.workspaceId, world.universeId),
  ).rejects.toMatchObject({ code: "not-found" });
});
