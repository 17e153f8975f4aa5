import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld, strategyConfig } from "#server/world.test-support.ts";
import { addStrategyVersion, requirePricedPeriods, strategyOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("an edit makes a new version; the same configuration does not", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const add = (entryZScore: number) =>
    addStrategyVersion(database, world.workspaceId, world.strategyId, { ...config, entryZScore });
  expect(await add(config.entryZScore)).toEqual({ versionId: world.strategyVersionId, version: 1 });
  expect(await add(3)).toMatchObject({ version: 2 });
  const { versions } = await strategyOf(database, world.workspaceId, world.strategyId);
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(versions.map(({ config: { entryZScore } }) => entryZScore)).toEqual([3, 2]);
});

test("versions that are added at once are numbered one after the other", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const added = await Promise.all(
    [3, 4, 5].map((entryZScore) =>
      addStrategyVersion(database, world.workspaceId, world.strategyId, { ...config, entryZScore }),
    ),
  );
  expect(added.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
});

test("a version cannot be changed, not even by mistake in SQL", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const update = database.pool.query("update strategy_version set version = 9 where id = $1", [
    world.strategyVersionId,
  ]);
  await expect(update).rejects.toThrow();
});

test("legs are named, and one that is gone is called by its number", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  await database.pool.query("delete from instrument where id = $1", [world.instrumentX]);
  const { versions } = await strategyOf(database, world.workspaceId, world.strategyId);
  expect(versions[0]?.legY).toMatchObject({
    symbol: expect.stringMatching(/^AAA/),
    venue: "upload",
  });
  expect(versions[0]?.legX).toMatchObject({ symbol: `#${world.instrumentX}` });
});

test("regression: a strategy that trades where no bar is could be saved", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const check = (changed: Partial<typeof config>) =>
    requirePricedPeriods(database.pool, world.workspaceId, { ...config, ...changed });
  await expect(check({})).resolves.toBeUndefined();
  const startMs = Date.UTC(2040, 0, 1);
  await expect(check({ trading: { startMs, endMs: startMs + 1 } })).rejects.toMatchObject({
    code: "invalid-input",
    field: "config.trading",
  });
});
