import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld, SCAN_OPTIONS } from "#server/world.test-support.ts";
import { jobsByIds } from "./jobs.ts";
import { scanPairsOf } from "./scan-pairs.test-support.ts";
import { scanTask } from "./scan-results.ts";
import { createScan, scanOf } from "./scans.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { updateUniverse } from "./universes.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("a scan without pairs yet is empty, and one that is not there is not found", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  await database.pool.query("delete from scan_pair where scan_id = $1", [world.scanId]);
  expect(await scanPairsOf(database, world.workspaceId, world.scanId)).toEqual([]);
  await expect(scanPairsOf(database, world.workspaceId, world.deletedScanId)).rejects.toMatchObject(
    { code: "not-found" },
  );
});

test("regression: editing a universe changed the scans made of it", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const { workspaceId, scanId, universeId } = world;
  const read = async () => ({
    scan: await scanOf(database, workspaceId, scanId),
    task: await scanTask(database.pool, workspaceId, scanId),
    job: [...(await jobsByIds(database, workspaceId, [world.jobId])).values()].map(
      ({ title }) => title,
    ),
  });
  const before = await read();
  await database.pool.query(
    `insert into bar_series (instrument_id, interval_ms, first_open_time_ms, last_open_time_ms,
                             bar_count, missing_count, content_hash)
     select unnest($1::int[]), 60000, 0, 0, 1, 0, ''`,
    [[world.instrumentY, world.instrumentX]],
  );
  await updateUniverse(database, workspaceId, universeId, {
    name: "Other",
    intervalMs: 60_000,
    instrumentIds: [world.instrumentX, world.instrumentY],
  });
  expect(await read()).toEqual(before);
  expect(before.task?.instrumentIds).toEqual([world.instrumentY, world.instrumentX]);
});

test("regression: a scan of five bars got a job, which could test nothing", async () => {
  const { database } = subject;
  const person = await createPerson(database);
  const { universeId, workspaceId } = await createWorld(database, person);
  const { startMs } = SCAN_OPTIONS.formation;
  const start = (bars: number) =>
    createScan(
      database,
      { workspaceId, userId: person.userId },
      { ...SCAN_OPTIONS, universeId, formation: { startMs, endMs: startMs + bars * 3_600_000 } },
    );
  const jobs = async () => {
    const { rows } = await database.pool.query("select id from job where workspace_id = $1", [
      workspaceId,
    ]);
    return rows.length;
  };
  const before = await jobs();
  await expect(start(5)).rejects.toMatchObject({
    code: "invalid-input",
    field: "formation.endMs",
    message: "The window has 5 bars; this test needs at least 30",
  });
  expect(await jobs()).toBe(before);
  await start(30);
  expect(await jobs()).toBe(before + 1);
});
