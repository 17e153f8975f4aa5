import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { backtestOf, createBacktest } from "./backtests.ts";
import { deleteStrategy } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("regression: a double click made two backtests of one version", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { strategyVersionId } = await createWorld(database, owner);
  const start = () => createBacktest(database, owner, strategyVersionId);
  const [first, second] = await Promise.all([start(), start()]);
  expect(second).toEqual(first);
  await database.pool.query("update job set state = 'succeeded' where id = $1", [first.jobId]);
  expect((await start()).backtestId).not.toBe(first.backtestId);
});

test("regression: the report of a deleted strategy led to a page that is not there", async () => {
  const { database } = subject;
  const world = await createWorld(database, await createPerson(database));
  const { workspaceId, strategyId, backtestId } = world;
  expect((await backtestOf(database, workspaceId, backtestId)).strategyId).toBe(strategyId);
  await deleteStrategy(database, workspaceId, strategyId);
  expect(await backtestOf(database, workspaceId, backtestId)).toMatchObject({
    strategyName: "Strategy",
    strategyId: null,
  });
});
