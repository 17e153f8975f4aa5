import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld, type World } from "#server/world.test-support.ts";
import { suggestedPairsOf } from "./suggested-pairs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

type Found = { y: number; x: number; qValue: number | null };

/** A world whose universe has these finished scans, oldest first. */
async function worldWithScans(scans: readonly (readonly Found[])[]): Promise<World> {
  const { pool } = subject.database;
  const world = await createWorld(subject.database, await createPerson(subject.database));
  await pool.query("delete from scan where workspace_id = $1 and id <> $2", [
    world.workspaceId,
    world.scanId,
  ]);
  for (const [index, pairs] of scans.entries()) {
    const id = randomUUID();
    await pool.query(
      `insert into scan (id, workspace_id, universe_id, universe_name, interval_ms, instrument_ids,
                         config, summary, created_at)
       select $1, workspace_id, universe_id, universe_name, interval_ms, instrument_ids, config,
              '{}', now() - interval '1 day' * $3 from scan where id = $2`,
      [id, world.scanId, scans.length - index],
    );
    await pool.query(
      `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, q_value)
       select $1, y, x, 100, q from unnest($2::int[], $3::int[], $4::float8[]) f(y, x, q)`,
      [id, pairs.map(({ y }) => y), pairs.map(({ x }) => x), pairs.map(({ qValue }) => qValue)],
    );
  }
  return world;
}

async function suggestionsOf({ workspaceId }: World) {
  const [suggestions] = await suggestedPairsOf(subject.database, workspaceId);
  if (suggestions === undefined) throw new Error("there are no suggestions");
  return suggestions;
}

test("the best pairs of the latest scan stand with what changed since the one before", async () => {
  const world = await worldWithScans([
    [
      { y: 1, x: 2, qValue: 0.02 },
      { y: 1, x: 3, qValue: 0.01 },
      { y: 2, x: 3, qValue: 0.03 },
      { y: 1, x: 4, qValue: 0.04 },
      { y: 2, x: 4, qValue: 0.8 },
    ],
    [
      { y: 1, x: 2, qValue: 0.01 },
      { y: 1, x: 3, qValue: 0.02 },
      { y: 2, x: 3, qValue: 0.03 },
      { y: 1, x: 4, qValue: 0.2 },
      { y: 2, x: 4, qValue: 0.04 },
    ],
  ]);
  const { pairs, gone, passedCount } = await suggestionsOf(world);
  expect(
    pairs.map(({ instrumentY, instrumentX, change }) => [instrumentY, instrumentX, change]),
  ).toEqual([
    [1, 2, "better"],
    [1, 3, "worse"],
    [2, 3, "same"],
    [2, 4, "new"],
  ]);
  expect(gone).toMatchObject([{ instrumentY: 1, instrumentX: 4, score: 0.2, previousScore: 0.04 }]);
  expect(passedCount).toBe(4);
});

test("a pair that is no longer tested is gone, without a figure of its own", async () => {
  const world = await worldWithScans([[{ y: 1, x: 2, qValue: 0.02 }], []]);
  expect((await suggestionsOf(world)).gone).toMatchObject([{ score: null, previousScore: 0.02 }]);
});

test("a pair is the same pair with its legs changed over", async () => {
  const world = await worldWithScans([
    [{ y: 2, x: 1, qValue: 0.02 }],
    [{ y: 1, x: 2, qValue: 0.01 }],
  ]);
  const { pairs, gone } = await suggestionsOf(world);
  expect(pairs).toMatchObject([{ change: "better", previousScore: 0.02 }]);
  expect(gone).toEqual([]);
});

test("scores too small to tell apart are the same", async () => {
  const world = await worldWithScans([
    [{ y: 1, x: 2, qValue: 1e-7 }],
    [{ y: 1, x: 2, qValue: 1e-9 }],
  ]);
  expect((await suggestionsOf(world)).pairs).toMatchObject([{ change: "same" }]);
});

test("regression: everything was new beside a scan that could test nothing", async () => {
  const found = [{ y: 1, x: 2, qValue: 0.02 }];
  const world = await worldWithScans([found, [], found]);
  await subject.database.pool.query(
    `update scan set summary = '{"testedCount": 0}' where id = (
       select id from scan where workspace_id = $1 and summary = '{}'
        order by created_at desc offset 1 limit 1)`,
    [world.workspaceId],
  );
  expect((await suggestionsOf(world)).pairs).toMatchObject([{ change: "same" }]);
});

test("nothing has changed in a first scan", async () => {
  const world = await worldWithScans([[{ y: 1, x: 2, qValue: 0.02 }]]);
  const { pairs, previousScanId, sameOptions } = await suggestionsOf(world);
  expect(pairs).toMatchObject([{ change: null }]);
  expect(previousScanId).toBeNull();
  expect(sameOptions).toBe(true);
});

test("a pair of a funnel is suggested when it passed it, whatever its q-value", async () => {
  const world = await worldWithScans([
    [
      { y: 1, x: 2, qValue: 0.01 },
      { y: 1, x: 3, qValue: null },
    ],
  ]);
  await subject.database.pool.query(
    `update scan_pair p set p_value = 0.02,
            stage = case when p.instrument_x = 3 then 'passed' else 'hurst' end
       from scan s where s.id = p.scan_id and s.workspace_id = $1`,
    [world.workspaceId],
  );
  expect((await suggestionsOf(world)).pairs).toMatchObject([{ instrumentX: 3, score: 0.02 }]);
});

test("scans without a result are no suggestions, nor are those of others", async () => {
  const world = await worldWithScans([]);
  expect(await suggestedPairsOf(subject.database, world.workspaceId)).toEqual([]);
});
