import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld } from "#server/world.test-support.ts";
import { createBacktest } from "./backtests.ts";
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
