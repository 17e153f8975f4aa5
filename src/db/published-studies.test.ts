import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld, publishedStudyConfig } from "#server/world.test-support.ts";
import { publishedStudiesOf, startPublishedStudy } from "./published-studies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("regression: a double click made two studies of the same pairs", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const { instrumentY, instrumentX, workspaceId } = await createWorld(database, owner);
  const before = (await publishedStudiesOf(database, workspaceId)).length;
  const config = publishedStudyConfig(instrumentY, instrumentX);
  const start = () => startPublishedStudy(database, owner, config);
  const [first, second] = await Promise.all([start(), start()]);
  expect(second).toEqual(first);
  expect(await publishedStudiesOf(database, workspaceId)).toHaveLength(before + 1);
  await database.pool.query("update job set state = 'failed' where id = $1", [first.jobId]);
  expect((await start()).studyId).not.toBe(first.studyId);
});
