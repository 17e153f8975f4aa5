import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createPerson,
  createWorld,
  strategyConfig,
  withParameter,
} from "#server/world.test-support.ts";
import { backtestsOf } from "./backtests.ts";
import {
  addStrategyVersion,
  archiveStrategy,
  createStrategy,
  renameStrategy,
  requirePricedPeriods,
  strategyOf,
} from "./strategies.ts";
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
    addStrategyVersion(
      database,
      world.workspaceId,
      world.strategyId,
      withParameter(config, "entryZScore", entryZScore),
    );
  expect(await add(2)).toEqual({ versionId: world.strategyVersionId, version: 1 });
  expect(await add(3)).toMatchObject({ version: 2 });
  const { versions } = await strategyOf(database, world.workspaceId, world.strategyId);
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(versions.map(({ config: { parameters } }) => parameters["entryZScore"])).toEqual([3, 2]);
});

test("versions that are added at once are numbered one after the other", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const added = await Promise.all(
    [2.5, 3, 3.5].map((entryZScore) =>
      addStrategyVersion(
        database,
        world.workspaceId,
        world.strategyId,
        withParameter(config, "entryZScore", entryZScore),
      ),
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
  expect(versions[0]?.books).toMatchObject([
    [
      { symbol: expect.stringMatching(/^AAA/), venue: "upload" },
      { symbol: `#${world.instrumentX}`, venue: "" },
    ],
  ]);
  const [listed] = await backtestsOf(database, world.workspaceId);
  expect(listed?.subject).toMatch(new RegExp(`^AAA.* / #${world.instrumentX}$`));
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

test("a strategy is put out of the way and back, with its tags", async () => {
  const { database } = subject;
  const { workspaceId, strategyId } = await createWorld(database, await createPerson(database));
  const names = { name: "Renamed", notes: "why" };
  await renameStrategy(database, workspaceId, strategyId, { ...names, tags: ["crypto"] });
  await renameStrategy(database, workspaceId, strategyId, names);
  await archiveStrategy(database, workspaceId, strategyId, true);
  await archiveStrategy(database, workspaceId, strategyId, true);
  expect(await strategyOf(database, workspaceId, strategyId)).toMatchObject({
    ...names,
    tags: ["crypto"],
    archived: true,
  });
  await archiveStrategy(database, workspaceId, strategyId, false);
  expect((await strategyOf(database, workspaceId, strategyId)).archived).toBe(false);
});

test.each([
  { name: "the second leg", change: (gone: number) => ({ books: [[1, gone]] }), field: "books.0" },
  {
    name: "the benchmark",
    change: (gone: number) => ({ benchmarkInstrument: gone }),
    field: "benchmarkInstrument",
  },
])("a strategy is refused when $name has no bars of the interval", async ({ change, field }) => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const config = {
    ...strategyConfig(world.instrumentY, world.instrumentX),
    ...change(2_000_000_000),
  };
  await expect(
    createStrategy(database, world.workspaceId, { name: "New", notes: "", config }),
  ).rejects.toMatchObject({ code: "invalid-input", field: expect.stringContaining(field) });
});
