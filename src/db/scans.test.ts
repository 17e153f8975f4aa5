import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { jobsByIds } from "./jobs.ts";
import { scanTask } from "./scan-results.ts";
import { listedScanPairsOf, scanOf, scanPairsOf } from "./scans.ts";
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

test("a page lists the best of very many pairs, and some of the refused ones", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  await database.pool.query("delete from scan_pair where scan_id = $1", [world.scanId]);
  await database.pool.query(
    `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, p_value, q_value)
     select $1, 1, i, 100, i / 6000.0, (i / 1000) / 6.0 from generate_series(1, 5500) i`,
    [world.scanId],
  );
  await database.pool.query(
    `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, refusal)
     select $1, 2, i, 0, 'no-common-bars' from generate_series(1, 1200) i`,
    [world.scanId],
  );
  const listed = await listedScanPairsOf(database, world.workspaceId, world.scanId);
  const all = await scanPairsOf(database, world.workspaceId, world.scanId);
  expect(all).toHaveLength(6_700);
  expect(listed.slice(0, 5_000)).toEqual(all.slice(0, 5_000));
  expect(listed.slice(5_000).map(({ refusal }) => refusal)).toEqual(
    Array.from({ length: 1_000 }, () => "no-common-bars"),
  );
  await expect(
    listedScanPairsOf(database, world.workspaceId, world.deletedScanId),
  ).rejects.toMatchObject({ code: "not-found" });
});
